import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering';
import type { Point } from '../model/model.ts';
import { below, shortened } from './names.ts';
import type { Names, Written } from './names.ts';

/** Colours of what is drawn beside nodes and edges. */
export interface Ink {
  text: string;
  /** Names of what is dimmed. */
  faint: string;
  ground: string;
  accent: string;
}

/** What sigma hands over of a node. */
interface Drawn extends Point {
  size: number;
  key?: unknown;
  label?: unknown;
  dimmed?: unknown;
  /** Its name is written in strong letters, with its ring. */
  named?: unknown;
  needed?: unknown;
  note?: unknown;
}

/** A text larger than usual (an export at twice the size) has everything around it larger too. */
const usual = 12;

/** Letters of a weight, as a canvas takes them. */
const font = (weight: number, letters: number, family: string): string => `${weight} ${letters}px ${family}`;

function write(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y }: Point,
  colour: string,
  ground: string,
  letters: number,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  context.lineWidth = (3 / usual) * letters;
  // A rim in the colour of the ground parts a name from the lines behind it.
  context.strokeStyle = ground;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** Has names written as soon as all of a frame are known; see naming.ts. */
export function askFor(names: Names, isCrowded: () => boolean): NodeLabelDrawingFunction {
  return (_context, data) => {
    const { key, label, x, y, size, dimmed, named, needed, note } = data as Drawn;
    const strong = named === true;
    // Among many it is written with its ring: what is under the pointer changes without a new frame.
    if (typeof key !== 'string' || typeof label !== 'string' || (strong && isCrowded())) return;
    names.want({
      id: key,
      text: label,
      x,
      y,
      size,
      dimmed: dimmed === true,
      needed: needed === true,
      strong,
      note: typeof note === 'number' ? note : 0,
    });
  };
}

interface Letters {
  labelSize: number;
  labelFont: string;
}

/** Gives the names of a frame their places, and writes them. */
export function writeNames(
  context: CanvasRenderingContext2D,
  names: Names,
  { faint, text, ground }: Ink,
  { labelSize, labelFont }: Letters,
  all: boolean,
): readonly Written[] {
  const letters = (strong: boolean): void => {
    context.font = font(strong ? 600 : 400, labelSize, labelFont);
  };
  const wide = (one: string, strong: boolean): number => {
    letters(strong);
    return context.measureText(one).width;
  };
  const written = names.place(wide, labelSize, all);
  // Those that matter most over the others.
  for (const name of [...written].reverse()) {
    letters(name.strong);
    write(context, name.text, name, name.dimmed ? faint : text, ground, labelSize);
  }
  return written;
}

/** Lines to what a node is joined with, over everything, where the rest is too much to be dimmed. */
function drawRays(
  context: CanvasRenderingContext2D,
  from: Point,
  ends: readonly Point[],
  colour: string,
  scale: number,
): void {
  context.beginPath();
  for (const { x, y } of ends) {
    context.moveTo(from.x, from.y);
    context.lineTo(x, y);
  }
  context.lineWidth = 1.2 * scale;
  context.strokeStyle = colour;
  context.stroke();
  context.beginPath();
  for (const { x, y } of ends) {
    context.moveTo(x + 3 * scale, y);
    context.arc(x, y, 3 * scale, 0, Math.PI * 2);
  }
  context.fillStyle = colour;
  context.fill();
}

/** Where a name in strong letters stands among many: over the one in plain letters, in a window of this width all of it. */
export function strongSpot(
  { x, y, size }: Point & { size: number },
  { wide, letters, width }: { wide: number; letters: number; width: number },
): Point {
  const half = wide / 2 + 2;
  return {
    x: width > 2 * half ? Math.min(Math.max(x, half), width - half) : x,
    y: y + below(size, letters),
  };
}

/** What a node has when it is selected or under the pointer. */
export interface Emphatic {
  /** Whether its name is written here, in strong letters. */
  isNamed: (id: string) => boolean;
  /** Where lines go from it, in px; none where what it is joined with is shown by dimming the rest. */
  rays: (id: string) => readonly Point[];
  /** The width of the window. */
  width: () => number;
}

/** A node that is selected or under the pointer: a ring that lets what stands near it be seen, and perhaps its name. */
export function drawHover(ink: () => Ink, { isNamed, rays, width }: Emphatic): NodeHoverDrawingFunction {
  return (context, data, { labelSize, labelFont }) => {
    const scale = labelSize / usual;
    const { key, label } = data as Drawn;
    if (typeof key !== 'string') return;
    drawRays(context, data, rays(key), ink().accent, scale);
    context.beginPath();
    context.arc(data.x, data.y, data.size * 1.15 + 5 * scale, 0, Math.PI * 2);
    context.lineWidth = 2 * scale;
    context.strokeStyle = ink().accent;
    context.stroke();
    if (typeof label !== 'string' || !isNamed(key)) return;
    context.font = font(600, labelSize, labelFont);
    const text = shortened(label);
    const wide = context.measureText(text).width;
    const at = strongSpot(data, { wide, letters: labelSize, width: width() });
    write(context, text, at, ink().text, ink().ground, labelSize);
  };
}
