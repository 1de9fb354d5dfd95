import type { Point } from '../model/model.ts';
import type { Box } from './names.ts';

/** A group with its name: the disc that it fills and how wide its name is, in px of the window, y down. */
export interface Titled extends Point {
  radius: number;
  wide: number;
}

/** Height of a name of a group with what parts it from its disc, in px. */
const high = 24;
/** By how much a name may be lifted over another, or let down over its own disc, in px: below that it would seem to be of the next one. */
const shifts = [0, -14, -28, 12, 24, 36, 48];
/** More names would not be read. */
const most = 200;

const boxAt = ({ x, wide }: Titled, top: number): Box => ({
  left: x - wide / 2,
  right: x + wide / 2,
  top,
  bottom: top + high,
});

const touch = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Where the names of groups stand: above their discs or at the top of them, never over one another or under what lies over the picture;
 * null for one that finds no room.
 */
export function titleBoxes(groups: readonly Titled[], covers: readonly Box[]): readonly (Box | null)[] {
  const taken: Box[] = [...covers];
  return groups.map((group, at) => {
    const { y, radius } = group;
    const free = shifts
      .map((shift) => boxAt(group, y - radius - high + shift))
      .find((box) => at < most && !taken.some((other) => touch(other, box)));
    if (free) taken.push(free);
    return free ?? null;
  });
}
