import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Model } from './model.ts';

interface ChangedIds {
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

export interface Difference {
  nodes: ChangedIds;
  edges: ChangedIds;
}

function changesOf<T extends object>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isReplaced: (old: T, current: T) => boolean,
): ChangedIds {
  const added: string[] = [];
  const changed: string[] = [];
  const removed = [...before.keys()].filter((id) => !after.has(id));
  for (const [id, current] of after) {
    const old = before.get(id);
    if (!old) added.push(id);
    else if (isReplaced(old, current)) {
      removed.push(id);
      added.push(id);
    } else if (old !== current && !jsonEqual(old as unknown as Json, current as unknown as Json))
      changed.push(id);
  }
  return { added, changed, removed };
}

/** The changes from one model to the next. An edge whose ends changed is removed and added, because drawn edges cannot be moved. */
export function networkDifference(before: Model, after: Model): Difference {
  return {
    nodes: changesOf(before.nodes, after.nodes, () => false),
    edges: changesOf(
      before.edges,
      after.edges,
      (old, current) => old.from !== current.from || old.to !== current.to,
    ),
  };
}

export function isEmptyDifference({ nodes, edges }: Difference): boolean {
  return [nodes, edges].every(
    ({ added, changed, removed }) => added.length + changed.length + removed.length === 0,
  );
}
