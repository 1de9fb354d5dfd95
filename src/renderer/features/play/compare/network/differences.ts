import { compareNames } from '#shared/domain/sort-key.ts';
import type { ChangeKind, ComparedNetwork } from '#shared/contract/compare-network.ts';
import { titleOr, typeName } from '../../../../text/names.ts';
import { changeKinds } from '../../../network/look/overlay.ts';
import type { Model } from '../../../network/model/model.ts';

/** A record or link of the network that differs, as the list beside it names it. */
export interface NetworkDifference {
  id: string;
  change: ChangeKind;
  title: string;
  type: string;
}

export const changesOf = ({ changes }: ComparedNetwork): ReadonlyMap<string, ChangeKind> =>
  new Map(Object.entries(changes));

/** The changes as they are drawn: what leads to a record that is deleted there is hidden with it. */
export function drawnChanges(
  model: Model,
  changes: ReadonlyMap<string, ChangeKind>,
): ReadonlyMap<string, ChangeKind> {
  const drawn = new Map(changes);
  for (const [id, { from, to }] of model.edges) {
    if (!drawn.has(id) && [from, to].some((end) => changes.get(end) === 'removed')) drawn.set(id, 'removed');
  }
  return drawn;
}

/** What differs, by kind of change and title. References are part of what differs about their record. */
export function differencesOf(model: Model, changes: ReadonlyMap<string, ChangeKind>): NetworkDifference[] {
  const title = (id: string): string => {
    const node = model.nodes.get(id);
    return node ? titleOr(node.title, node.type) : id;
  };
  const found = [...changes].flatMap(([id, change]): NetworkDifference[] => {
    const node = model.nodes.get(id);
    if (node) return [{ id, change, title: title(id), type: typeName(node.type) }];
    const edge = model.edges.get(id);
    if (edge?.kind !== 'interface') return [];
    return [{ id, change, title: `${title(edge.from)} → ${title(edge.to)}`, type: typeName('interface') }];
  });
  const rank = ({ change }: NetworkDifference): number =>
    change === 'conflict' ? -1 : changeKinds.indexOf(change);
  return found.toSorted((a, b) => rank(a) - rank(b) || compareNames(a.title, b.title));
}
