import { clause } from '#shared/texts/sentence.ts';
import type { Json } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import type { AttributeKind } from '../../model/interchange/attributes.ts';
import { Notices } from '../notices.ts';
import type { XmlHandler } from '../../kernel/files/xml.ts';
import { addAttribute } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

/** Limits of declared attributes and of defaults: a small file must not become a large one. */
const mostDeclared = 2000;
const mostStandard = 5_000_000;

const kinds: Readonly<Record<string, AttributeKind>> = {
  int: 'long',
  integer: 'long',
  long: 'long',
  short: 'long',
  byte: 'long',
  float: 'double',
  double: 'double',
  boolean: 'boolean',
};

export type XmlAttributes = Readonly<Record<string, string>>;

export interface Declaration {
  name: string;
  kind: AttributeKind;
  /** Of nodes, of edges, or of both. */
  of: string;
  /** The default. */
  standard?: string;
}

export interface OpenElement {
  place: 'node' | 'edge';
  id: string | null;
  ends: { source: string; target: string; directed: boolean | null } | null;
  parent: string | undefined;
  attributes: Map<string, Json>;
  ownValues: Set<Declaration>;
  isDrawn: boolean;
}

/** What both dialects share: declared attributes, and open elements, which may be nested. */
export abstract class GraphReader implements XmlHandler {
  readonly nodes: GraphElement[] = [];
  readonly edges: GraphEdge[] = [];
  readonly notices = new Notices();
  isOurs = false;
  #standard = 0;
  protected readonly declared = new Map<string, Declaration>();
  protected readonly stack: OpenElement[] = [];
  /** Receives the text being read; null if it is ignored. */
  protected listening: string[] | null = null;
  /** Attributes of an element that are built in. */
  protected abstract readonly structural: ReadonlySet<string>;

  abstract open(name: string, attributes: XmlAttributes): void;
  abstract close(name: string): void;

  text(value: string): void {
    this.listening?.push(value);
  }

  protected heard(): string {
    const text = this.listening?.join('') ?? '';
    this.listening = null;
    return text;
  }

  /** Declares an attribute; an equal title gets a number. */
  protected addDeclaration(id: string, of: string, title: string, type = 'string'): Declaration {
    if (this.declared.size >= mostDeclared) throw tooMany('attributes', mostDeclared);
    const taken = new Set(
      [...this.declared.values()].flatMap((one) =>
        one.of === of || one.of === 'all' || of === 'all' ? [one.name] : [],
      ),
    );
    let name = title;
    for (let count = 2; taken.has(name); count += 1) name = `${title} (${count})`;
    const declaration = { name, of, kind: kinds[type.toLowerCase()] ?? 'string' };
    this.declared.set(`${of} ${id}`, declaration);
    return declaration;
  }

  protected begin(place: 'node' | 'edge', given: XmlAttributes, directed: boolean | null): OpenElement {
    const { id = '', source = '', target = '' } = given;
    const around = this.stack.at(-1);
    const element: OpenElement = {
      place,
      id: id === '' ? null : id,
      ends: place === 'edge' ? { source, target, directed } : null,
      parent: place === 'node' && around?.place === 'node' ? (around.id ?? undefined) : undefined,
      attributes: new Map(),
      ownValues: new Set(),
      isDrawn: false,
    };
    for (const [name, value] of Object.entries(given))
      if (!this.structural.has(name) && value !== '') element.attributes.set(name, value);
    this.stack.push(element);
    return element;
  }

  /** The declaration of an open element's attribute; an undeclared one has its id as the name. */
  protected declarationOf(element: OpenElement, id: string): Declaration {
    const { place } = element;
    const known = this.declared.get(`${place} ${id}`) ?? this.declared.get(`all ${id}`);
    if (known) return known;
    const declaration = this.addDeclaration(id, place, id);
    declaration.kind = 'any';
    return declaration;
  }

  protected set(id: string, text: string): void {
    const element = this.stack.at(-1);
    if (!element || id === '') return;
    const declaration = this.declarationOf(element, id);
    element.ownValues.add(declaration);
    addAttribute(element.attributes, declaration.name, text);
  }

  protected end(): void {
    const element = this.stack.pop();
    if (!element) return;
    const { place, id, ends, attributes, parent, ownValues, isDrawn } = element;
    for (const declaration of this.declared.values()) {
      const { name, of, standard } = declaration;
      if (standard === undefined || ownValues.has(declaration) || (of !== place && of !== 'all')) continue;
      if (++this.#standard > mostStandard) throw tooMany('defaults', mostStandard);
      if (!attributes.has(name)) attributes.set(name, standard);
    }
    if (isDrawn) this.notices.add('drawing_left_out');
    if (ends) this.edges.push({ id, attributes, ...ends });
    else this.nodes.push({ id, attributes, parent });
  }

  graph(format: 'gexf' | 'graphml'): Graph {
    const kindsOf = (place: 'node' | 'edge'): Map<string, AttributeKind> =>
      new Map([
        ...(place === 'edge' ? [['weight', 'double'] as const] : []),
        ...[...this.declared.values()]
          .filter(({ of }) => of === place || of === 'all')
          .map(({ name, kind }) => [name, kind] as const),
      ]);
    const { nodes, edges, isOurs, notices } = this;
    const node = kindsOf('node');
    const isDrawn = gephiDrawing.every((name) => node.has(name));
    const drawing = isDrawn ? [...gephiDrawing, 'size'] : [];
    return { format, nodes, edges, isOurs, drawing, notices, kinds: { node, edge: kindsOf('edge') } };
  }
}

/** Gephi's drawing data in GraphML. */
const gephiDrawing = ['r', 'g', 'b', 'x', 'y'];

const tooMany = (what: 'attributes' | 'defaults', count: number) =>
  fileRefusal('too_large', { why: clause(what, { count }) });
