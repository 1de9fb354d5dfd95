import { extent } from '../../../network/layout/places.ts';
import type { Points } from '../../../network/layout/places.ts';
import type { Point } from '../../../network/model/model.ts';
import { titleOr } from '../../../../text/names.ts';
import type { Picture, PictureNode } from './model.ts';
import { itemsOf } from './places.ts';

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const letter = 6.6;
const line = 16;
/** How far beneath the upper edge of a name its letters stand. */
const baseline = 12;
const longest = 26;

const shortened = (title: string): string =>
  title.length > longest ? `${title.slice(0, longest - 1)}…` : title;

/** What stands in the picture for a record. */
export const nameOf = ({ title, type }: PictureNode): string => shortened(titleOr(title, type));

/** The room that the form of a record takes: what differs is drawn larger, and a person is taller than other forms. */
function formOf({ type, mark }: PictureNode, { x, y }: Point): Box {
  const room = mark ? 10 : 5;
  return {
    left: x - room,
    right: x + room,
    top: y - (type === 'student' ? room * 1.9 : room),
    bottom: y + room,
  };
}

/** The places for a name, the best first: beneath, and for what differs above or to one side too, that of the `middle` of the picture first. */
function spotsOf(node: PictureNode, at: Point, middle: number): Box[] {
  const form = formOf(node, at);
  const half = (nameOf(node).length * letter) / 2;
  const box = (x: number, top: number): Box => {
    return { left: x - half, right: x + half, top, bottom: top + line };
  };
  const beneath = box(at.x, form.bottom + (node.mark ? 3 : 2));
  if (!node.found) return [beneath];
  const [right, left] = [form.right + 4 + half, form.left - 4 - half];
  const sides = at.x > middle ? [left, right] : [right, left];
  return [beneath, box(at.x, form.top - line - 2), ...sides.map((x) => box(x, at.y - line / 2))];
}

const isFree = (box: Box, taken: readonly Box[]): boolean =>
  taken.every(
    (one) => one.right <= box.left || one.left >= box.right || one.bottom <= box.top || one.top >= box.bottom,
  );

/**
 * The names that have room, by the id of the record: the middle of the line that each stands on, in px. What is chosen has its name in any
 * case; then comes what is in conflict, what differs, and what is beside.
 */
export function namesWithRoom(picture: Picture, places: Points, chosen: string | null): Map<string, Point> {
  const { nodes } = picture;
  // What is only beside never writes over the signs of links; what differs does where there is no other room.
  const onLinks = itemsOf(picture, places).flatMap(({ kind, at: { x, y } }) =>
    kind !== 'node' ? [{ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }] : [],
  );
  const taken = nodes.flatMap((node): Box[] => {
    const at = places.get(node.id);
    return at ? [formOf(node, at)] : [];
  });
  const rank = ({ id, found, mark }: PictureNode): number =>
    id === chosen ? 0 : !found ? 3 : mark === 'conflict' ? 1 : 2;
  const across = extent(places.values()).x;
  const middle = (across[0] + across[1]) / 2;
  const named = new Map<string, Point>();
  for (const node of nodes.toSorted((a, b) => rank(a) - rank(b))) {
    const at = places.get(node.id);
    if (!at) continue;
    const spots = spotsOf(node, at, middle);
    const all = [...taken, ...onLinks];
    const spot =
      spots.find((one) => isFree(one, all)) ??
      (node.found ? spots.find((one) => isFree(one, taken)) : undefined) ??
      (node.id === chosen ? spots[0] : undefined);
    if (!spot) continue;
    named.set(node.id, { x: (spot.left + spot.right) / 2, y: spot.top + baseline });
    taken.push(spot);
  }
  return named;
}
