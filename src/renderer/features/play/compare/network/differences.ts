import { compareNames } from '#shared/domain/sort-key.ts';
import type { ChangeKind, ComparedNetwork } from '#shared/contract/compare-network.ts';
import { displayTitle, typeName } from '../../../../text/names.ts';
import { changeKinds } from '../../../network/look/marks.ts';
import type { Model } from '../../../network/model/model.ts';

/** A differing record or link of the network, as the list names it. */
export interface NetworkDifference {
  id: string;
  change: ChangeKind;
  title: string;
  type: string;
}

export const changesOf = ({ changes }: ComparedNetwork): ReadonlyMap<string, ChangeKind> =>
  new Map(Object.entries(changes));

/** The changes as drawn: links of a removed record count as removed, because they are hidden with it. */
export function drawnChanges(
  model: Model,
  changes: ReadonlyMap<string, ChangeKind>,
): ReadonlyMap<string, ChangeKind> {
  const result = new Map(changes);
  for (const [id, { from, to }] of model.edges) {
    if (!result.has(id) && [from, to].some((end) => changes.get(end) === 'removed'))
      result.set(id, 'removed');
  }
  return result;
}

/** The differing records and links, by kind and title. References are left out: they count as changes of their record. */
export function differencesOf(model: Model, changes: ReadonlyMap<string, ChangeKind>): NetworkDifference[] {
  const titleOf = (id: string): string => {
    const node = model.nodes.get(id);
    return node ? displayTitle(node.title, node.type) : id;
  };
  const differences = [...changes].flatMap(([id, change]): NetworkDifference[] => {
    const node = model.nodes.get(id);
    if (node) return [{ id, change, title: titleOf(id), type: typeName(node.type) }];
    const edge = model.edges.get(id);
    if (edge?.kind !== 'interface') return [];
    return [
      { id, change, title: `${titleOf(edge.from)} → ${titleOf(edge.to)}`, type: typeName('interface') },
    ];
  });
  const rank = ({ change }: NetworkDifference): number =>
    change === 'conflict' ? -1 : changeKinds.indexOf(change);
  return differences.toSorted((a, b) => rank(a) - rank(b) || compareNames(a.title, b.title));
}
