import { itemsOfNode } from './bearer-model.ts';
import type { ItemsByNode } from './bearer-model.ts';
import { nodeKind } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/** The number of members of a team without listed members and size. */
export const defaultSize = 5;

/** The number of people at each node: the listed members of a team, else its size, else `defaultSize`; 1 for other records. */
const peopleOf = ({ kinds, sizes }: Organisation, members: ItemsByNode): Float64Array =>
  Float64Array.from(kinds, (kind, node) => {
    if (kind !== nodeKind.team) return 1;
    const listed = itemsOfNode(members, node).length;
    if (listed > 0) return listed;
    const size = sizes[node] as number;
    return size >= 1 ? size : defaultSize;
  });

/** What each node relies on, in people: its people times its importance. Those who have left rely on nothing. */
export function demandOf(
  organisation: Organisation,
  members: ItemsByNode,
  /** The members that teams had in an earlier organisation; 0 for the present ones. */
  earlierMembers?: ArrayLike<number>,
): Float64Array {
  const { importance, kinds } = organisation;
  return peopleOf(organisation, members).map((count, node) =>
    kinds[node] === nodeKind.left ? 0 : (earlierMembers?.[node] || count) * (importance[node] as number),
  );
}
