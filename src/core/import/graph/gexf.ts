import { framesCreator } from './graph.ts';
import { GraphReader } from './xml-reader.ts';
import type { Declaration, OpenElement, XmlAttributes } from './xml-reader.ts';

/** The time span of a value in the file's notation. An open start is ''; an open end is null. */
interface Lifetime {
  start: string;
  end: string | null;
}

const lifetimeOf = (xmlAttributes: XmlAttributes): Lifetime | null => {
  const start = xmlAttributes.start ?? xmlAttributes.startopen ?? xmlAttributes.timestamp;
  const end = xmlAttributes.end ?? xmlAttributes.endopen ?? xmlAttributes.timestamp;
  return start === undefined && end === undefined ? null : { start: start ?? '', end: end ?? null };
};

/** Compares times: numbers by value, dates as texts. */
function compareTimes(one: string, other: string): number {
  const numbers = [Number(one), Number(other)] as const;
  if (one !== '' && other !== '' && numbers.every(Number.isFinite)) return numbers[0] - numbers[1];
  return one < other ? -1 : Number(one > other);
}

/** Whether the first value is later: by end, then by start. A value without a time is the earliest. */
function isLater(one: Lifetime | null, other: Lifetime | null): boolean {
  if (!one || !other) return one !== null;
  if (one.end !== other.end)
    return one.end === null || (other.end !== null && compareTimes(one.end, other.end) > 0);
  return compareTimes(one.start, other.start) >= 0;
}

const drawingElements = new Set(['color', 'position', 'size', 'thickness', 'shape']);
const knownElements = new Set(['attvalues', 'spells', 'nodes', 'edges', 'parents']);

/** Reads GEXF 1.1 to 1.3. Of values over time it takes the latest; lifetimes become attributes. */
export class GexfReader extends GraphReader {
  protected readonly builtInAttributes = new Set(['id', 'source', 'target', 'pid', 'for', 'type']);
  #elementKind = 'node';
  #defaultDirection: boolean | null = null;
  #isMutualByDefault = false;
  #declaration: Declaration | null = null;
  readonly #times = new WeakMap<OpenElement, Map<Declaration, Lifetime | null>>();

  open(name: string, xmlAttributes: XmlAttributes): void {
    const { id = '', title = '', type = '', value = '' } = xmlAttributes;
    const element = this.stack.at(-1);
    if (name === 'graph') {
      this.#defaultDirection = directionOf(xmlAttributes.defaultedgetype);
      this.#isMutualByDefault = xmlAttributes.defaultedgetype === 'mutual';
    } else if (name === 'attributes') this.#elementKind = xmlAttributes.class ?? 'node';
    else if (name === 'attribute')
      this.#declaration = this.addDeclaration(id, this.#elementKind, title || id, type);
    else if (name === 'default' || name === 'creator') this.textParts = [];
    else if (name === 'node') {
      const node = this.beginElement('node', xmlAttributes, null);
      if (xmlAttributes.pid) node.parent = xmlAttributes.pid;
    } else if (name === 'edge') this.#beginEdge(xmlAttributes);
    else if (!element) return;
    else if (name === 'attvalue')
      this.#setValue(element, xmlAttributes.for ?? id, value, lifetimeOf(xmlAttributes));
    else if (name === 'spell') this.#addSpell(element, xmlAttributes);
    else if (name === 'parent') this.#addParent(element, xmlAttributes.for ?? '');
    else if (drawingElements.has(name)) element.hasDrawing = true;
    else if (!knownElements.has(name))
      this.notices.add('element_left_out', { where: { attribute: name }, params: { name } });
  }

  #beginEdge(xmlAttributes: XmlAttributes): void {
    const { type } = xmlAttributes;
    const direction = directionOf(type);
    const element = this.beginElement('edge', xmlAttributes, direction ?? this.#defaultDirection);
    element.isMutual = type === 'mutual' || (direction === null && this.#isMutualByDefault);
    // Keeps types of older versions and other programs.
    if (type && direction === null) element.attributes.set('type', type);
  }

  #setValue(element: OpenElement, id: string, value: string, lifetime: Lifetime | null): void {
    const declaration = this.declarationOf(element, id);
    const times = this.#times.get(element) ?? new Map<Declaration, Lifetime | null>();
    this.#times.set(element, times);
    const previous = times.get(declaration);
    if (previous === undefined) {
      this.addValue(id, value);
      times.set(declaration, lifetime);
      return;
    }
    const { name } = declaration;
    const of = element.kind === 'node' ? 'nodes' : 'edges';
    this.notices.add('values_over_time', { where: { attribute: name, of } });
    if (!isLater(lifetime, previous)) return;
    element.attributes.set(name, value);
    times.set(declaration, lifetime);
  }

  /** Lifetimes as one text: "2021-09-01/2023-06-30; 2024-01-01/". */
  #addSpell({ attributes }: OpenElement, xmlAttributes: XmlAttributes): void {
    const lifetime = lifetimeOf(xmlAttributes);
    if (!lifetime) return;
    const previous = attributes.get('spells');
    const text = `${lifetime.start}/${lifetime.end ?? ''}`;
    attributes.set('spells', typeof previous === 'string' ? `${previous}; ${text}` : text);
  }

  #addParent(element: OpenElement, id: string): void {
    if (id === '' || id === element.parent) return;
    if (element.parent === undefined) element.parent = id;
    else this.notices.add('element_left_out', { where: { attribute: 'parent' }, params: { name: 'parent' } });
  }

  close(name: string): void {
    if (name === 'creator') this.isFramesFile = this.takeText() === framesCreator;
    else if (name === 'default' && this.#declaration) this.#declaration.defaultValue = this.takeText();
    else if (name === 'attribute') this.#declaration = null;
    else if (name === 'node' || name === 'edge') this.endElement();
  }
}

function directionOf(type: string | undefined): boolean | null {
  if (type === 'directed' || type === 'mutual') return true;
  return type === 'undirected' ? false : null;
}
