import type { Json } from '#shared/domain/json.ts';
import { megabytes, refusal } from '../../kernel/files/refusal.ts';
import type { AttributeKind } from '../../model/interchange/attributes.ts';
import { parseXml } from '../table/xml.ts';
import type { XmlHandler } from '../table/xml.ts';
import { ourName, withOwnIds } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

/** Characters that one attribute or text may have: more than any field of a record holds. */
const longestValue = 4 * 1024 * 1024;

/** Attributes that a file may declare, and values that elements have because they say nothing: a small file must not become a large one. */
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

/** An attribute that the file declares. */
interface Declaration {
  name: string;
  kind: AttributeKind;
  /** Of nodes, of edges, or of both. */
  of: string;
  /** What elements have that say nothing. */
  standard?: string;
}

interface OpenElement {
  place: 'node' | 'edge';
  id: string | null;
  ends: { source: string; target: string } | null;
  attributes: Map<string, Json>;
}

/** What both dialects share: declared attributes, and elements that are open. An element may hold further ones. */
abstract class GraphReader implements XmlHandler {
  readonly nodes: GraphElement[] = [];
  readonly edges: GraphEdge[] = [];
  isOurs = false;
  #standard = 0;
  protected readonly declared = new Map<string, Declaration>();
  protected readonly stack: OpenElement[] = [];
  /** Where text goes that is being read; null where nobody wants it. */
  protected listening: string[] | null = null;

  abstract open(name: string, attributes: Readonly<Record<string, string>>): void;
  abstract close(name: string): void;

  text(value: string): void {
    this.listening?.push(value);
  }

  protected heard(): string {
    const text = this.listening?.join('') ?? '';
    this.listening = null;
    return text;
  }

  protected addDeclaration(id: string, of: string, name: string, type = 'string'): Declaration {
    if (this.declared.size >= mostDeclared) throw tooMany(`more than ${mostDeclared} attributes`);
    const declaration = { name, of, kind: kinds[type.toLowerCase()] ?? 'string' };
    this.declared.set(`${of} ${id}`, declaration);
    return declaration;
  }

  protected begin(place: 'node' | 'edge', given: Readonly<Record<string, string>>): OpenElement {
    const { id = '', source = '', target = '' } = given;
    const ends = place === 'edge' ? { source, target } : null;
    const element = { place, id: id === '' ? null : id, ends, attributes: new Map<string, Json>() };
    this.stack.push(element);
    return element;
  }

  protected set(id: string, text: string): void {
    const element = this.stack.at(-1);
    if (!element) return;
    const declaration = this.declared.get(`${element.place} ${id}`) ?? this.declared.get(`all ${id}`);
    if (declaration) element.attributes.set(declaration.name, text);
  }

  protected end(): void {
    const element = this.stack.pop();
    if (!element) return;
    const { place, id, ends, attributes } = element;
    for (const { name, of, standard } of this.declared.values()) {
      if (standard === undefined || attributes.has(name) || (of !== place && of !== 'all')) continue;
      if (++this.#standard > mostStandard) throw tooMany(`more than ${mostStandard} values by default`);
      attributes.set(name, standard);
    }
    if (ends) this.edges.push({ id, attributes, ...ends });
    else this.nodes.push({ id, attributes });
  }

  graph(format: 'gexf' | 'graphml'): Graph {
    const kindsOf = (place: 'node' | 'edge'): Map<string, AttributeKind> =>
      new Map([
        ...(place === 'edge' ? [['weight', 'double'] as const] : []),
        ...[...this.declared.values()]
          .filter(({ of }) => of === place || of === 'all')
          .map(({ name, kind }) => [name, kind] as const),
      ]);
    const { nodes, edges, isOurs } = this;
    return { format, nodes, edges, isOurs, kinds: { node: kindsOf('node'), edge: kindsOf('edge') } };
  }
}

class GexfReader extends GraphReader {
  #of = 'node';
  #declaration: Declaration | null = null;

  open(name: string, given: Readonly<Record<string, string>>): void {
    const { id = '', title = '', type = '', label, weight, value = '' } = given;
    if (name === 'attributes') this.#of = given.class ?? 'node';
    else if (name === 'attribute') this.#declaration = this.addDeclaration(id, this.#of, title || id, type);
    else if (name === 'default' || name === 'creator') this.listening = [];
    else if (name === 'node' || name === 'edge') {
      const { attributes } = this.begin(name, given);
      if (label !== undefined) attributes.set('label', label);
      if (weight !== undefined && name === 'edge') attributes.set('weight', weight);
    } else if (name === 'attvalue') this.set(given.for ?? id, value);
  }

  close(name: string): void {
    if (name === 'creator') this.isOurs = this.heard() === ourName;
    else if (name === 'default' && this.#declaration) this.#declaration.standard = this.heard();
    else if (name === 'attribute') this.#declaration = null;
    else if (name === 'node' || name === 'edge') this.end();
  }
}

class GraphmlReader extends GraphReader {
  #declaration: Declaration | null = null;
  #key = '';
  #isLabel = false;

  open(name: string, given: Readonly<Record<string, string>>): void {
    const { id = '', key = '' } = given;
    if (name === 'key') {
      const title = given['attr.name'];
      // What has no name is the drawing of yEd.
      if (title !== undefined)
        this.#declaration = this.addDeclaration(id, given.for ?? 'all', title, given['attr.type']);
    } else if (name === 'node' || name === 'edge') this.begin(name, given);
    else if (name === 'data') {
      this.#key = key;
      this.listening = [];
    } else if (name === 'default' || name === 'desc') this.listening = [];
    // yEd keeps what it shows within its drawing.
    else if (name === 'NodeLabel' || name === 'EdgeLabel') {
      this.#isLabel = true;
      this.listening = [];
    } else if (!this.#isLabel) this.listening = null;
  }

  close(name: string): void {
    if (name === 'desc' && this.stack.length === 0) this.isOurs ||= this.heard() === ourName;
    else if (name === 'default' && this.#declaration) this.#declaration.standard = this.heard();
    else if (name === 'key') this.#declaration = null;
    else if (name === 'node' || name === 'edge') this.end();
    else if (name === 'data' && this.listening) this.set(this.#key, this.heard());
    else if (name === 'NodeLabel' || name === 'EdgeLabel') {
      this.#isLabel = false;
      const label = this.heard().trim();
      const attributes = this.stack.at(-1)?.attributes;
      if (label !== '' && attributes && !attributes.has('label')) attributes.set('label', label);
    }
  }
}

/** Which of the two a text is, by its first element; null for neither. */
export function xmlFormat(text: string): 'gexf' | 'graphml' | null {
  const [, name = ''] = /<(?:\w+:)?(gexf|graphml)[\s/>]/.exec(text.slice(0, 64 * 1024)) ?? [];
  return name === 'gexf' || name === 'graphml' ? name : null;
}

/**
 * Reads a graph of GEXF (1.1 to 1.3) or GraphML. Of dynamic values the last counts; how a node is drawn is passed over. Yields how far it
 * is. Throws BAD_FILE, reason not_xml, truncated or too_large, with the line: no document type is read, and no entity but the five of XML.
 */
export function* readXmlGraph(
  text: string,
  file: string,
  format: 'gexf' | 'graphml',
): Generator<number, Graph, void> {
  const reader = format === 'gexf' ? new GexfReader() : new GraphmlReader();
  let root: string | null = null;
  const guarded: XmlHandler = {
    open(name, attributes) {
      root ??= name;
      if (root !== format) throw notGraph(file);
      reader.open(name, attributes);
    },
    close: (name) => reader.close(name),
    text: (value) => reader.text(value),
    longest: longestValue,
    refuse: (fault, line) => refused(file, fault, line),
  };
  yield* parseXml(text, file, guarded);
  return withOwnIds(reader.graph(format));
}

const tooMany = (what: string) => refusal('too_large', `The graph has ${what}; no more can be read.`);

export const notGraph = (file: string) =>
  refusal(
    'not_a_graph',
    `${file} holds no graph that FRAMES knows: GEXF, GraphML, Cytoscape or node-link JSON.`,
  );

function refused(file: string, fault: 'not_well_formed' | 'cut_off' | 'doctype' | 'too_long', line: number) {
  switch (fault) {
    case 'cut_off':
      return refusal('truncated', `${file} ends too early, in line ${line}. It looks cut off.`, { line });
    case 'doctype':
      return refusal(
        'not_xml',
        `${file} has a document type (line ${line}), which is not read. Take it out.`,
        { line },
      );
    case 'too_long':
      return refusal(
        'too_large',
        `${file} has a value of more than ${megabytes(longestValue)} up to line ${line}.`,
        { line },
      );
    case 'not_well_formed':
      return refusal('not_xml', `${file} is not well-formed XML, in line ${line}.`, { line });
  }
}
