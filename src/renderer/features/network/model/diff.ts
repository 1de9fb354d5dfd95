import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Model } from './model.ts';

/** What must be done to a drawn network so that it shows another model. Ids. */
export interface Difference {
  nodes: { added: readonly string[]; changed: readonly string[]; removed: readonly string[] };
  edges: { added: readonly string[]; changed: readonly string[]; removed: readonly string[] };
}

function parts<T extends object>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>) {
  const added: string[] = [];
  const changed: string[] = [];
  for (const [id, item] of after) {
    const old = before.get(id);
    if (!old) added.push(id);
    else if (old !== item && !jsonEqual(old as unknown as Json, item as unknown as Json)) changed.push(id);
  }
  return { added, changed, removed: [...before.keys()].filter((id) => !after.has(id)) };
}

/**
 * The steps from one model to the next. An edge whose ends are others than before is told as removed and added, because a drawn edge
 * cannot be moved.
 */
export function difference(before: Model, after: Model): Difference {
  const nodes = parts(before.nodes, after.nodes);
  const edges = parts(before.edges, after.edges);
  const moved = edges.changed.filter((id) => {
    const [old, now] = [before.edges.get(id), after.edges.get(id)];
    return old?.from !== now?.from || old?.to !== now?.to;
  });
  if (moved.length === 0) return { nodes, edges };
  const gone = new Set(moved);
  return {
    nodes,
    edges: {
      added: [...edges.added, ...moved],
      changed: edges.changed.filter((id) => !gone.has(id)),
      removed: [...edges.removed, ...moved],
    },
  };
}

/** Nothing differs. */
export function isSame({ nodes, edges }: Difference): boolean {
  return [nodes, edges].every(
    ({ added, changed, removed }) => added.length + changed.length + removed.length === 0,
  );
}
