import type { Point } from '../model/model.ts';

/** A number from 0 up to 1 that hangs on the text alone: the same picture at every start, on every machine. */
export function unit(text: string, salt = 0): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt + 1, 0x9e3779b1);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** About the distance of two nodes that stand side by side, in units of the layout. */
export const spacing = 100;

/** Windows are wider than high: forces work on x as if it were this much smaller. */
export const stretch = 1.4;

/** Where a node begins among `count`: anywhere on a disc that gives each its room. */
export function startOf(id: string, count: number): Point {
  const radius = spacing * 0.6 * Math.sqrt(Math.max(1, count)) * Math.sqrt(unit(id, 1));
  const angle = unit(id, 2) * 2 * Math.PI;
  return { x: stretch * radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

/** A place beside another, in a direction of the node's own. */
export function beside(id: string, { x, y }: Point): Point {
  const angle = unit(id, 3) * 2 * Math.PI;
  return { x: x + spacing * 0.8 * Math.cos(angle), y: y + spacing * 0.8 * Math.sin(angle) };
}
