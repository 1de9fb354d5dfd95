import { itemsOfNode } from './bearer-model.ts';
import type { ItemsByNode } from './bearer-model.ts';
import { nodeKind } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/** The number of members of a team without listed members and size. */
export const defaultSize = 5;

/** The people at each node: the listed members of a team, else its size, else `defaultSize`; 1 for other records. Those who have left rely on nothing. */
export function peopleOf(
  { kinds, sizes }: Organisation,
  members: ItemsByNode,
  /** The members that teams had in an earlier organisation; 0 for the present ones. */
  earlierMembers?: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(kinds, (kind, node) => {
    if (kind === nodeKind.left) return 0;
    if (kind !== nodeKind.team) return 1;
    const listed = earlierMembers?.[node] || itemsOfNode(members, node).length;
    if (listed > 0) return listed;
    const size = sizes[node] as number;
    return size >= 1 ? size : defaultSize;
  });
}
