import type { Point } from '../model/model.ts';
import type { Size } from './frame.ts';

/** How far what floats stays from the sides of the window; from the top, where buttons stand, further. All in px. */
const margin = { side: 12, top: 54 };
/** How near it may come to a node: not to its form, and if that goes not to its name. */
const near = { form: 22, name: 44 };

const between = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(Math.max(least, most), value));

/**
 * Where something of a size floats over the picture (its left top corner, in px): at the sides or in the middle, wherever it hides none
 * of some nodes, and there the nearest to the last of them; in a corner where that cannot be.
 */
export function roomFor(nodes: readonly Point[], size: Size, window: Size): Point {
  const last = nodes.at(-1) ?? { x: window.width / 2, y: 0 };
  const right = window.width - size.width - margin.side;
  const low = window.height - size.height - margin.side;
  const across = [between((window.width - size.width) / 2, margin.side, right), right, margin.side];
  const down = [margin.top, between(last.y - size.height / 2, margin.top, low), low];
  const spots = down.flatMap((y) =>
    across.map((x) => ({ x: Math.max(margin.side, x), y: Math.max(margin.top, y) })),
  );
  const isWithin = (node: Point, { x, y }: Point, room: number): boolean =>
    node.x > x - room &&
    node.x < x + size.width + room &&
    node.y > y - room &&
    node.y < y + size.height + room;
  // To lie over one is worse than to come near both.
  const hidden = (spot: Point): number =>
    nodes.reduce(
      (sum, node) => sum + (isWithin(node, spot, near.form) ? 3 : isWithin(node, spot, near.name) ? 1 : 0),
      0,
    );
  const away = ({ x, y }: Point): number =>
    Math.hypot(x + size.width / 2 - last.x, y + size.height / 2 - last.y);
  const best = spots.reduce((one, other) => {
    const fewer = hidden(other) - hidden(one);
    return fewer < 0 || (fewer === 0 && away(other) < away(one)) ? other : one;
  });
  // Where nothing leaves both to be seen, the picture can go aside the furthest from a corner.
  const corner = { x: across[1] ?? margin.side, y: last.y > window.height / 2 ? margin.top : low };
  return nodes.some((node) => isWithin(node, best, near.form))
    ? { x: Math.max(margin.side, corner.x), y: Math.max(margin.top, corner.y) }
    : best;
}
