import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Model } from './model.ts';

interface Steps {
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

export interface Difference {
  nodes: Steps;
  edges: Steps;
}

function stepsOf<T extends object>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isReplaced: (old: T, now: T) => boolean,
): Steps {
  const added: string[] = [];
  const changed: string[] = [];
  const removed = [...before.keys()].filter((id) => !after.has(id));
  for (const [id, now] of after) {
    const old = before.get(id);
    if (!old) added.push(id);
    else if (isReplaced(old, now)) {
      removed.push(id);
      added.push(id);
    } else if (old !== now && !jsonEqual(old as unknown as Json, now as unknown as Json)) changed.push(id);
  }
  return { added, changed, removed };
}

/** The steps from one model to the next. An edge with another end is removed and added, because drawn edges cannot be moved. */
export function networkDifference(before: Model, after: Model): Difference {
  return {
    nodes: stepsOf(before.nodes, after.nodes, () => false),
    edges: stepsOf(before.edges, after.edges, (old, now) => old.from !== now.from || old.to !== now.to),
  };
}

export function isSame({ nodes, edges }: Difference): boolean {
  return [nodes, edges].every(
    ({ added, changed, removed }) => added.length + changed.length + removed.length === 0,
  );
}
