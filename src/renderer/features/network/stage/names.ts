import type { Point } from '../model/model.ts';
import type { Size } from './frame.ts';

/** A node as names see it: where it is, and its radius, in px. */
export interface Form extends Point {
  size: number;
}

/** A name that a node should have. */
export interface Wanted extends Form {
  id: string;
  text: string;
  /** Others come first. */
  dimmed: boolean;
  /** It stands over the form of a dimmed node rather than nowhere. */
  needed?: boolean;
  /** In strong letters, clear of the rings around its node, before all others and whatever it costs. */
  strong?: boolean;
  /** How wide in px is what else is said of the node below its name. */
  note?: number;
}

/** A name with its place: the middle of its base line. */
export interface Written extends Point {
  id: string;
  text: string;
  dimmed: boolean;
  strong: boolean;
  /** Where what else is said of the node may stand, when it is named in strong letters: the middle of its upper side. */
  note?: Point;
}

/** A part of the window, in px. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a name may stand, and the box around it. */
interface Spot extends Point {
  box: Box;
}

const longest = 32;
/** Longer ones are not even taken apart into letters. */
const hopeless = 400;

/** A name that is not too long for a picture. Signs of several parts, as flags and families, stay whole. */
export function shortened(label: string): string {
  if (label.length <= longest) return label;
  const signs = [...new Intl.Segmenter().segment(label.slice(0, hopeless))];
  if (signs.length <= longest && label.length <= hopeless) return label;
  const kept = signs.slice(0, longest - 1);
  return `${kept.map(({ segment }) => segment).join('')}…`;
}

/** How far below the middle of a node the base line of its name is. Letters of twice the size have everything twice as far. */
export const below = (size: number, letters: number): number => size + 1.25 * letters;
/** The same of a name in strong letters: below the rings around the node. */
export const belowRings = (size: number, letters: number): number => 1.15 * size + 1.84 * letters;

function spotAt(x: number, y: number, wide: number, letters: number): Spot {
  const half = wide / 2 + 2;
  return { x, y, box: { left: x - half, right: x + half, top: y - letters, bottom: y + letters * 0.3 } };
}

/** Where the name of a node may stand, best first: below it, and, where names matter more than order, also above or beside it. */
function spotsOf({ x, y, size, strong }: Wanted, wide: number, letters: number, anywhere: boolean): Spot[] {
  const down = strong ? belowRings(size, letters) : below(size, letters);
  const first = spotAt(x, y + down, wide, letters);
  if (!anywhere) return [first];
  const radius = strong ? 1.15 * size + letters : size;
  const aside = radius + letters * 0.5 + wide / 2;
  const corner = 0.7 * radius + wide / 2;
  return [
    first,
    spotAt(x, y - radius - letters * 0.6, wide, letters),
    spotAt(x + aside, y + letters * 0.35, wide, letters),
    spotAt(x - aside, y + letters * 0.35, wide, letters),
    spotAt(x + corner, y + down - letters * 0.5, wide, letters),
    spotAt(x - corner, y + down - letters * 0.5, wide, letters),
    spotAt(x + corner, y - radius, wide, letters),
    spotAt(x - corner, y - radius, wide, letters),
  ];
}

const touch = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a line goes through a box: what is left of it between the sides, one after the other. */
function crosses(from: Point, to: Point, { left, right, top, bottom }: Box): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enters, leaves] = [0, 1];
  for (const [way, room] of [
    [-dx, from.x - left],
    [dx, right - from.x],
    [-dy, from.y - top],
    [dy, bottom - from.y],
  ] as const) {
    if (way === 0) {
      if (room < 0) return false;
    } else if (way < 0) enters = Math.max(enters, room / way);
    else leaves = Math.min(leaves, room / way);
    if (enters > leaves) return false;
  }
  return true;
}

/** The names of one frame: none is written over another or cut off by the window. Those that matter are given room first. */
export class Names {
  #size: Size | null = null;
  #taken: Box[] = [];
  #forms: (Box & { id: string; dimmed: boolean })[] = [];
  #lines: (readonly [Point, Point])[] = [];
  #wanted: Wanted[] = [];
  #written: readonly Written[] = [];

  /** A new frame begins. */
  begin(): void {
    this.#size = null;
    this.#taken = [];
    this.#forms = [];
    this.#lines = [];
    this.#wanted = [];
    this.#written = [];
  }

  /** A node should have its name, where there is room for it. */
  want(name: Wanted): void {
    if (name.text !== '') this.#wanted.push(name);
  }

  /** Whether any name is wanted in this frame. */
  get isAsked(): boolean {
    return this.#wanted.length > 0;
  }

  /** Where names were written. */
  get written(): readonly Written[] {
    return this.#written;
  }

  /** Names stay within a window of this size. */
  within(size: Size): void {
    this.#size = size;
  }

  /** Keeps names off the form of a node: they may stand elsewhere than below theirs then. */
  spare(id: string, { x, y, size }: Form, dimmed = false): void {
    this.#forms.push({ id, dimmed, left: x - size, right: x + size, top: y - size, bottom: y + size });
  }

  /** Names had better not stand on this line. */
  avoid(from: Point, to: Point): void {
    this.#lines.push([from, to]);
  }

  /** Nothing is written here: something else lies over it. */
  block(box: Box): void {
    this.#taken.push(box);
  }

  /** Keeps room free for a name in strong letters, `wide` px, whoever comes before it. */
  reserve(at: Point, wide: number, letters: number): void {
    this.#taken.push(spotAt(at.x, at.y, wide, letters).box);
  }

  /**
   * Gives the names their places: strong ones first, those that are not dimmed and of larger nodes before others. `wide` measures a text
   * in letters that are `letters` px high. With `all` each name that finds room only over a node stands there.
   */
  place(wide: (text: string, strong: boolean) => number, letters: number, all: boolean): readonly Written[] {
    const anywhere = this.#forms.length > 0;
    const rank = ({ dimmed, strong = false }: Wanted): number => Number(dimmed) - Number(strong);
    const order = this.#wanted.toSorted(
      (a, b) => rank(a) - rank(b) || b.size - a.size || (a.id < b.id ? -1 : 1),
    );
    this.#written = order.flatMap((name) => {
      const text = shortened(name.text);
      const strong = name.strong === true;
      const spots = spotsOf(name, wide(text, strong), letters, anywhere);
      const spot = this.#choose(name, spots, all) ?? (strong ? spots[0] : undefined);
      if (!spot) return [];
      this.#taken.push(spot.box);
      const written = { id: name.id, text, x: spot.x, y: spot.y, dimmed: name.dimmed, strong };
      if (!strong) return [written];
      // Below the name, unless that is not below the node.
      const isBelow = spot.y > name.y + name.size;
      const down = isBelow ? spot.y + letters * 0.4 : name.y + 1.15 * name.size + letters * 0.7;
      const note = { x: isBelow ? spot.x : name.x, y: down };
      if (name.note) this.#taken.push(spotAt(note.x, note.y + 1.3 * letters, name.note, letters).box);
      return [{ ...written, note }];
    });
    return this.#written;
  }

  /** The first spot that is on no form and no line; else on no form; else on none that is bright; else, with `all`, on any. */
  #choose({ id, needed, strong }: Wanted, spots: readonly Spot[], all: boolean): Spot | undefined {
    let [clear, bright, free]: (Spot | undefined)[] = [];
    for (const spot of spots) {
      const { box } = spot;
      if (!this.#holds(box) || this.#taken.some((other) => touch(other, box))) continue;
      free ??= spot;
      const under = this.#forms.filter((form) => touch(form, box));
      if (under.every((form) => form.dimmed || form.id === id)) bright ??= spot;
      if (under.length > 0) continue;
      clear ??= spot;
      if (!this.#lines.some(([from, to]) => crosses(from, to, box))) return spot;
    }
    return clear ?? (needed || strong ? bright : undefined) ?? (all ? free : undefined);
  }

  #holds({ left, right, top, bottom }: Box): boolean {
    const size = this.#size;
    return size === null || (left >= 0 && top >= 0 && right <= size.width && bottom <= size.height);
  }
}
