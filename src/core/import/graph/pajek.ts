import { clause } from '#shared/texts/sentence.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { exactNumberIn } from '../../model/interchange/exact-number.ts';
import type { Graph } from './graph.ts';
import { JsonReader } from './json-reader.ts';

const linesPerYield = 500;

/** Limit of nodes that a file declares, since a node needs no line of its own. */
const maxVertices = 1_000_000;

/** Parts of a line: words, quoted texts, and times in brackets. */
const splitWords = (line: string): string[] => line.match(/"[^"]*"|\[[^\]]*\]|\S+/g) ?? [];

const unquote = (word: string): string => (word.startsWith('"') ? word.slice(1, -1) : word);

/** Reads a Pajek network: vertices, arcs and edges, also as lists. Yields progress. Throws BAD_FILE, reason not_a_graph, with the line. */
export function* readPajek(text: string, file: string): Generator<number, Graph, void> {
  const network = new PajekReader(file);
  let lineNumber = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    lineNumber += 1;
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('%')) continue;
    if (trimmed.startsWith('*')) network.startSection(trimmed.slice(1).trim(), lineNumber);
    else network.readLine(splitWords(trimmed), lineNumber);
    if (lineNumber % linesPerYield === 0) yield lineNumber;
  }
  return network.graph();
}

type Section = 'vertices' | 'arcs' | 'edges' | 'arcslist' | 'edgeslist';

class PajekReader {
  readonly #file: string;
  readonly #reader = new JsonReader('pajek');
  readonly #nodes = new Map<string, JsonObject>();
  #section: Section | null = null;
  #sectionName = '';
  #relation: string | null = null;
  #drawnCount = 0;

  constructor(file: string) {
    this.#file = file;
  }

  startSection(head: string, line: number): void {
    const [name = '', ...rest] = splitWords(head);
    const lowerName = name.toLowerCase();
    this.#section = null;
    this.#sectionName = name;
    if (lowerName === 'network') return this.#readNetworkName(rest);
    if (lowerName === 'vertices') return this.#declareVertices(Number(rest[0] ?? 0), line);
    const sections = ['arcs', 'edges', 'arcslist', 'edgeslist'] as const;
    this.#section = sections.find((one) => one === lowerName) ?? null;
    // Several relations: *Arcs :2 "reports to"
    this.#relation = rest[0]?.startsWith(':') ? unquote(rest[1] ?? rest[0]) : null;
    if (!this.#section)
      this.#reader.notices.add('element_left_out', {
        count: 0,
        where: { attribute: name },
        params: { name },
      });
  }

  #readNetworkName(rest: readonly string[]): void {
    if (rest.length > 0) this.#reader.reportGraphData({ Network: rest.join(' ') });
  }

  #declareVertices(count: number, line: number): void {
    if (!Number.isInteger(count) || count < 0 || count > maxVertices || this.#nodes.size > 0)
      throw this.#fault(line);
    this.#section = 'vertices';
    for (let number = 1; number <= count; number += 1) this.#nodes.set(String(number), {});
  }

  readLine(parts: readonly string[], lineNumber: number): void {
    const [first = '', second = '', ...rest] = parts;
    if (this.#section === null) {
      const name = this.#sectionName;
      this.#reader.notices.add('element_left_out', { where: { attribute: name }, params: { name } });
    } else if (this.#section === 'vertices') {
      if (!this.#nodes.has(first)) throw this.#fault(lineNumber);
      this.#nodes.set(first, this.#vertexOf(second, rest));
    } else if (this.#section === 'arcs' || this.#section === 'edges')
      this.#addEdge([first, second], rest, lineNumber);
    else for (const target of parts.slice(1)) this.#addEdge([first, target], [], lineNumber);
  }

  #vertexOf(label: string, rest: readonly string[]): JsonObject {
    const times = rest.find((word) => word.startsWith('['));
    if (rest.some((word) => word !== times)) this.#drawnCount += 1;
    return { label: unquote(label), ...(times === undefined ? {} : { interval: times }) };
  }

  #addEdge([source, target]: readonly [string, string], rest: readonly string[], line: number): void {
    // A negative number marks an arc that is only drawn differently.
    const ends = { source: source.replace(/^-/, ''), target: target.replace(/^-/, '') };
    if (!this.#nodes.has(ends.source) || !this.#nodes.has(ends.target)) throw this.#fault(line);
    const [weightText] = rest;
    const attributes: Record<string, Json> = {};
    if (weightText !== undefined && Number.isFinite(Number(weightText)))
      attributes.weight = exactNumberIn(weightText) ?? weightText;
    // The word `l` precedes the label.
    const label = rest[rest.indexOf('l') + 1];
    if (rest.includes('l') && label?.startsWith('"')) attributes.label = unquote(label);
    const times = rest.find((word) => word.startsWith('['));
    if (times !== undefined) attributes.interval = times;
    if (this.#relation !== null) attributes.relation = this.#relation;
    const isArc = this.#section === 'arcs' || this.#section === 'arcslist';
    this.#reader.addEdge({ ...attributes, ...ends }, ['edges', this.#reader.edges.length], isArc);
  }

  #fault(line: number) {
    return fileRefusal('not_a_graph', { file: this.#file, why: clause('notPajek') }, { line });
  }

  graph(): Graph {
    for (const [id, attributes] of this.#nodes) this.#reader.addNode(id, attributes);
    if (this.#drawnCount > 0) this.#reader.notices.add('drawing_left_out', { count: this.#drawnCount });
    return this.#reader.graph();
  }
}
