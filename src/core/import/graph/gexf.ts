import { ourName } from './graph.ts';
import { GraphReader } from './xml-reader.ts';
import type { Declaration, OpenElement, XmlAttributes } from './xml-reader.ts';

/** The time span of a value in the file's notation; '' is an open start, an open end is after all others. */
interface Lifetime {
  start: string;
  end: string | null;
}

const lifetimeOf = (given: XmlAttributes): Lifetime | null => {
  const start = given.start ?? given.startopen ?? given.timestamp;
  const end = given.end ?? given.endopen ?? given.timestamp;
  return start === undefined && end === undefined ? null : { start: start ?? '', end: end ?? null };
};

/** Compares times: numbers by value, dates as texts. */
function compareTimes(one: string, other: string): number {
  const figures = [Number(one), Number(other)] as const;
  if (one !== '' && other !== '' && figures.every(Number.isFinite)) return figures[0] - figures[1];
  return one < other ? -1 : Number(one > other);
}

/** Whether a value is later: by end, then by start. Static values come first. */
function isLater(one: Lifetime | null, other: Lifetime | null): boolean {
  if (!one || !other) return one !== null;
  if (one.end !== other.end)
    return one.end === null || (other.end !== null && compareTimes(one.end, other.end) > 0);
  return compareTimes(one.start, other.start) >= 0;
}

const visible = new Set(['color', 'position', 'size', 'thickness', 'shape']);
const known = new Set(['attvalues', 'spells', 'nodes', 'edges', 'parents']);

/** Reads GEXF 1.1 to 1.3. Takes the latest of values over time; lifetimes become attributes. */
export class GexfReader extends GraphReader {
  protected readonly structural = new Set(['id', 'source', 'target', 'pid', 'for', 'type']);
  #of = 'node';
  #directed: boolean | null = null;
  #declaration: Declaration | null = null;
  readonly #times = new WeakMap<OpenElement, Map<Declaration, Lifetime | null>>();

  open(name: string, given: XmlAttributes): void {
    const { id = '', title = '', type = '', value = '' } = given;
    const element = this.stack.at(-1);
    if (name === 'graph') this.#directed = directionOf(given.defaultedgetype);
    else if (name === 'attributes') this.#of = given.class ?? 'node';
    else if (name === 'attribute') this.#declaration = this.addDeclaration(id, this.#of, title || id, type);
    else if (name === 'default' || name === 'creator') this.listening = [];
    else if (name === 'node') {
      const begun = this.begin('node', given, null);
      if (given.pid) begun.parent = given.pid;
    } else if (name === 'edge') this.#beginEdge(given);
    else if (!element) return;
    else if (name === 'attvalue') this.#value(element, given.for ?? id, value, lifetimeOf(given));
    else if (name === 'spell') this.#spell(element, given);
    else if (name === 'parent') this.#parent(element, given.for ?? '');
    else if (visible.has(name)) element.isDrawn = true;
    else if (!known.has(name))
      this.notices.add('element_left_out', { where: { attribute: name }, params: { name } });
  }

  #beginEdge(given: XmlAttributes): void {
    const { type } = given;
    const direction = directionOf(type);
    const { attributes } = this.begin('edge', given, direction ?? this.#directed);
    // Types of older versions and other programs.
    if (type && (direction === null || type === 'mutual')) attributes.set('type', type);
  }

  #value(element: OpenElement, id: string, value: string, lifetime: Lifetime | null): void {
    const declaration = this.declarationOf(element, id);
    const times = this.#times.get(element) ?? new Map<Declaration, Lifetime | null>();
    this.#times.set(element, times);
    const before = times.get(declaration);
    if (before === undefined) {
      this.set(id, value);
      times.set(declaration, lifetime);
      return;
    }
    const { name } = declaration;
    const of = element.place === 'node' ? 'nodes' : 'edges';
    this.notices.add('values_over_time', { where: { attribute: name, of } });
    if (!isLater(lifetime, before)) return;
    element.attributes.set(name, value);
    times.set(declaration, lifetime);
  }

  /** Lifetimes as one text: "2021-09-01/2023-06-30; 2024-01-01/". */
  #spell({ attributes }: OpenElement, given: XmlAttributes): void {
    const lifetime = lifetimeOf(given);
    if (!lifetime) return;
    const before = attributes.get('spells');
    const text = `${lifetime.start}/${lifetime.end ?? ''}`;
    attributes.set('spells', typeof before === 'string' ? `${before}; ${text}` : text);
  }

  #parent(element: OpenElement, id: string): void {
    if (id === '' || id === element.parent) return;
    if (element.parent === undefined) element.parent = id;
    else this.notices.add('element_left_out', { where: { attribute: 'parent' }, params: { name: 'parent' } });
  }

  close(name: string): void {
    if (name === 'creator') this.isOurs = this.heard() === ourName;
    else if (name === 'default' && this.#declaration) this.#declaration.standard = this.heard();
    else if (name === 'attribute') this.#declaration = null;
    else if (name === 'node' || name === 'edge') this.end();
  }
}

const directionOf = (type: string | undefined): boolean | null =>
  type === 'directed' || type === 'mutual' ? true : type === 'undirected' ? false : null;
