import { clause } from '#shared/texts/sentence.ts';
import type { Json } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import type { AttributeKind } from '../../model/interchange/attributes.ts';
import { Notices } from '../notices.ts';
import type { XmlHandler } from '../../kernel/files/xml.ts';
import { addAttribute } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

/** Limits of declared attributes and of default values: a small file must not become a large graph. */
const maxDeclarations = 2000;
const maxDefaults = 5_000_000;

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
  defaultValue?: string;
}

export interface OpenElement {
  kind: 'node' | 'edge';
  id: string | null;
  ends: { source: string; target: string; directed: boolean | null } | null;
  parent: string | undefined;
  attributes: Map<string, Json>;
  givenValues: Set<Declaration>;
  hasDrawing: boolean;
  isNote?: boolean;
  isFolder?: boolean;
  isMutual?: boolean;
  /** Whether the drawing of an edge has an arrow at each end. */
  arrows?: Arrows;
}

export interface Arrows {
  source: boolean;
  target: boolean;
}

type ReadEdge = GraphEdge & { arrows?: Arrows | undefined };

/** The common part of the readers of GEXF and GraphML: declared attributes, and open elements, which can be nested. */
export abstract class GraphReader implements XmlHandler {
  readonly nodes: GraphElement[] = [];
  readonly edges: ReadEdge[] = [];
  readonly notices = new Notices();
  isFramesFile = false;
  #defaultCount = 0;
  protected readonly declarations = new Map<string, Declaration>();
  protected readonly stack: OpenElement[] = [];
  /** Collects the text that is being read; null if the text is ignored. */
  protected textParts: string[] | null = null;
  /** Attributes of an element that are built into the format. */
  protected abstract readonly builtInAttributes: ReadonlySet<string>;

  abstract open(name: string, attributes: XmlAttributes): void;
  abstract close(name: string): void;

  text(value: string): void {
    this.textParts?.push(value);
  }

  protected takeText(): string {
    const text = this.textParts?.join('') ?? '';
    this.textParts = null;
    return text;
  }

  /** Declares an attribute; an equal title gets a number. */
  protected addDeclaration(id: string, of: string, title: string, type = 'string'): Declaration {
    if (this.declarations.size >= maxDeclarations) throw tooManyFault('attributes', maxDeclarations);
    const usedNames = new Set(
      [...this.declarations.values()].flatMap((one) =>
        one.of === of || one.of === 'all' || of === 'all' ? [one.name] : [],
      ),
    );
    let name = title;
    for (let count = 2; usedNames.has(name); count += 1) name = `${title} (${count})`;
    const declaration = { name, of, kind: kinds[type.toLowerCase()] ?? 'string' };
    this.declarations.set(`${of} ${id}`, declaration);
    return declaration;
  }

  protected beginElement(
    kind: 'node' | 'edge',
    xmlAttributes: XmlAttributes,
    directed: boolean | null,
  ): OpenElement {
    const { id = '', source = '', target = '' } = xmlAttributes;
    const container = this.stack.at(-1);
    const element: OpenElement = {
      kind,
      id: id === '' ? null : id,
      ends: kind === 'edge' ? { source, target, directed } : null,
      parent: kind === 'node' && container?.kind === 'node' ? (container.id ?? undefined) : undefined,
      attributes: new Map(),
      givenValues: new Set(),
      hasDrawing: false,
    };
    for (const [name, value] of Object.entries(xmlAttributes))
      if (!this.builtInAttributes.has(name) && value !== '') element.attributes.set(name, value);
    this.stack.push(element);
    return element;
  }

  /** The declaration of an open element's attribute; an undeclared one has its id as the name. */
  protected declarationOf(element: OpenElement, id: string): Declaration {
    const { kind } = element;
    const declared = this.declarations.get(`${kind} ${id}`) ?? this.declarations.get(`all ${id}`);
    if (declared) return declared;
    const declaration = this.addDeclaration(id, kind, id);
    declaration.kind = 'any';
    return declaration;
  }

  protected addValue(id: string, text: string): void {
    const element = this.stack.at(-1);
    if (!element || id === '') return;
    const declaration = this.declarationOf(element, id);
    element.givenValues.add(declaration);
    addAttribute(element.attributes, declaration.name, text);
  }

  protected endElement(): void {
    const element = this.stack.pop();
    if (!element) return;
    const { kind, id, ends, attributes, parent, givenValues, hasDrawing, isMutual, isNote, isFolder } =
      element;
    for (const declaration of this.declarations.values()) {
      const { name, of, defaultValue } = declaration;
      if (defaultValue === undefined || givenValues.has(declaration) || (of !== kind && of !== 'all'))
        continue;
      if (++this.#defaultCount > maxDefaults) throw tooManyFault('defaults', maxDefaults);
      if (!attributes.has(name)) attributes.set(name, defaultValue);
    }
    if (hasDrawing) this.notices.add('drawing_left_out');
    if (ends)
      this.edges.push({
        id,
        attributes,
        ...ends,
        ...(isMutual && { isMutual }),
        ...(element.arrows && { arrows: element.arrows }),
      });
    else
      this.nodes.push({ id, attributes, parent, ...(isNote && { isNote }), ...(isFolder && { isFolder }) });
  }

  graph(format: 'gexf' | 'graphml'): Graph {
    const kindsOf = (elementKind: 'node' | 'edge'): Map<string, AttributeKind> =>
      new Map([
        ...(elementKind === 'edge' ? [['weight', 'double'] as const] : []),
        ...[...this.declarations.values()]
          .filter(({ of }) => of === elementKind || of === 'all')
          .map(({ name, kind }) => [name, kind] as const),
      ]);
    const { nodes, isFramesFile, notices } = this;
    const edges = isFramesFile ? this.edges : withArrows(this.edges);
    const node = kindsOf('node');
    const hasDrawing = gephiDrawing.every((name) => node.has(name));
    return {
      format,
      nodes,
      edges,
      isFramesFile,
      drawingAttributes: hasDrawing ? [...gephiDrawing, 'size'] : [],
      notices,
      kinds: { node, edge: kindsOf('edge') },
    };
  }
}

/**
 * Edges in the direction of their drawn arrows: one arrow at the source turns an edge round, two make it mutual. Without arrows it is
 * undirected if other edges of the drawing have some.
 */
function withArrows(edges: readonly ReadEdge[]): GraphEdge[] {
  const hasArrows = edges.some(({ arrows }) => arrows && (arrows.source || arrows.target));
  return edges.map(({ arrows, ...edge }): GraphEdge => {
    if (!arrows || !hasArrows) return edge;
    if (arrows.source && arrows.target) return { ...edge, directed: true, isMutual: true };
    if (arrows.source) return { ...edge, source: edge.target, target: edge.source, directed: true };
    return { ...edge, directed: arrows.target };
  });
}

/** Gephi's drawing data in GraphML. */
const gephiDrawing = ['r', 'g', 'b', 'x', 'y'];

const tooManyFault = (what: 'attributes' | 'defaults', count: number) =>
  fileRefusal('too_large', { why: clause(what, { count }) });
