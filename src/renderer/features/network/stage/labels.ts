import type { Point } from '../model/model.ts';

/** A part of the window, in px. */
export interface PixelBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A node to label: its position and radius in px. */
export interface LabelRequest extends Point {
  id: string;
  text: string;
  size: number;
  dimmed: boolean;
  isPriority?: boolean;
}

/** A label, positioned by the middle of its baseline. */
export interface Label extends Point {
  id: string;
  text: string;
  dimmed: boolean;
}

export interface Surroundings {
  width: number;
  height: number;
  reservedBoxes: readonly PixelBox[];
  /** Shapes of nodes; empty if there are too many to check. */
  shapes: ReadonlyMap<string, PixelBox>;
}

/** Font height in px. */
export const labelSize = 12;
const maxLabelLength = 32;
/** Longer texts are cut before they are split into characters. */
const maxSplitLength = 400;

/** A label of limited length. Composed characters such as flags stay whole. */
export function shortenLabel(label: string): string {
  if (label.length <= maxLabelLength) return label;
  const characters = [...new Intl.Segmenter().segment(label.slice(0, maxSplitLength))];
  if (characters.length <= maxLabelLength && label.length <= maxSplitLength) return label;
  return `${characters
    .slice(0, maxLabelLength - 1)
    .map(({ segment }) => segment)
    .join('')}…`;
}

/** Distance of the label's baseline below the centre of a node; `belowRing` for bold labels below the selection ring. */
export const labelBaseline = (size: number): number => size + 1.25 * labelSize;
export const belowRing = (size: number): number => 1.15 * size + 1.84 * labelSize;

export function textBox(x: number, y: number, width: number): PixelBox {
  const halfWidth = width / 2 + 2;
  return { left: x - halfWidth, right: x + halfWidth, top: y - labelSize, bottom: y + labelSize * 0.3 };
}

export const boxesOverlap = (a: PixelBox, b: PixelBox): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Possible label positions, best first. */
function labelPositions({ x, y, size }: LabelRequest, width: number): Point[] {
  const offsetX = size + labelSize * 0.5 + width / 2;
  return [
    { x, y: y + labelBaseline(size) },
    { x, y: y - size - labelSize * 0.6 },
    { x: x + offsetX, y: y + labelSize * 0.35 },
    { x: x - offsetX, y: y + labelSize * 0.35 },
  ];
}

/**
 * Places labels without overlapping each other, shapes, other text or the window's edge: priority nodes first and dimmed ones last, larger
 * before smaller ones, then by id. Labels without room are left out.
 */
export function layoutLabels(
  requests: readonly LabelRequest[],
  { width, height, reservedBoxes, shapes }: Surroundings,
  measure: (text: string) => number,
): Label[] {
  const rank = ({ dimmed, isPriority }: LabelRequest): number => (dimmed ? 2 : isPriority ? 0 : 1);
  const sortedRequests = requests
    .filter(({ text }) => text !== '')
    .toSorted((a, b) => rank(a) - rank(b) || b.size - a.size || (a.id < b.id ? -1 : 1));
  const occupied = [...reservedBoxes];
  const obstacles = [...shapes];
  const isFree = (id: string, box: PixelBox): boolean =>
    box.left >= 0 &&
    box.top >= 0 &&
    box.right <= width &&
    box.bottom <= height &&
    !occupied.some((other) => boxesOverlap(other, box)) &&
    !obstacles.some(([other, shape]) => other !== id && boxesOverlap(shape, box));
  return sortedRequests.flatMap((request) => {
    const { id, dimmed } = request;
    const text = shortenLabel(request.text);
    const textWidth = measure(text);
    const positions = labelPositions(request, textWidth).slice(0, shapes.size > 0 ? undefined : 1);
    const position = positions.find(({ x, y }) => isFree(id, textBox(x, y, textWidth)));
    if (!position) return [];
    occupied.push(textBox(position.x, position.y, textWidth));
    return [{ id, text, dimmed, ...position }];
  });
}
