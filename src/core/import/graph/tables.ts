import { clause } from '#shared/texts/sentence.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { parseAttribute } from '../../model/interchange/attributes.ts';
import { headingsByField } from '../../model/interchange/heading-words.ts';
import { ourUnits, typesBySection, unitsKey } from '../../model/interchange/keys.ts';
import { plainColumn } from '../table/columns/heading-match.ts';
import { findDelimiter, readCsv } from '../table/read/csv.ts';
import { readWorkbook } from '../table/read/sheet-cells.ts';
import { numberRepeated } from '../table/read/table.ts';
import type { Cell } from '../table/cell.ts';
import type { RawSheet } from '../table/read/table.ts';
import { idOf } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';
import { Notices } from '../notices.ts';

/** A graph's table is limited only by the size of its file. */
const noLimits = { rows: Infinity, columns: Infinity, cellLength: Infinity };

/**
 * Reads nodes or edges from a table with Gephi's headings, ignoring case: `Id`, `Label`; `Source`, `Target`. Yields progress. Throws
 * BAD_FILE, reason not_a_graph, with the line.
 */
export function* readTableGraph(
  text: string,
  file: string,
  format: 'csv-nodes' | 'csv-edges',
): Generator<number, Graph, void> {
  const { lines, notices: csvNotices } = yield* readCsv(text, findDelimiter(text), noLimits);
  const notices = new Notices();
  // Short rows are normal: a row ends with its last attribute.
  notices.addAll(csvNotices.filter(({ code }) => code !== 'short_rows'));
  const [head, ...rows] = lines;
  const headings = headingsOf(head?.cells ?? [], format);
  const requiredHeadings = format === 'csv-nodes' ? ['id'] : ['source', 'target'];
  const missingHeadings = requiredHeadings.filter((name) => !headings.includes(name));
  if (missingHeadings.length > 0) {
    const headingNames = format === 'csv-edges' ? 'source, target (from, to)' : requiredHeadings.join(', ');
    throw fileRefusal(
      'not_a_graph',
      { file, why: clause('headings', { needed: headingNames }) },
      { line: 1 },
    );
  }
  const nodes: GraphElement[] = [];
  const edges: GraphEdge[] = [];
  const lineFault = (line: number) =>
    fileRefusal(
      'not_a_graph',
      { file, why: clause('lineLacks', { needed: requiredHeadings.join(', ') }) },
      { line },
    );
  const columns = columnsOf(headings);
  for (const { line, cells } of rows) {
    if (format === 'csv-nodes') {
      const { id, ...attributes } = rowOf(headings, cells);
      if (idOf(id) === null) throw lineFault(line);
      nodes.push({ id: idOf(id), attributes: new Map(Object.entries(attributes)) });
    } else {
      const [source, target] = [idOf(cells[columns.source]), idOf(cells[columns.target])];
      if (source === null || target === null) throw lineFault(line);
      edges.push(new TableEdge(columns, cells, source, target));
    }
    if (line % 500 === 0) yield text.length;
  }
  const kinds = new Map(headings.map((name) => [name, 'any'] as const));
  const isFramesFile = exportFormatOf({ sheets: [], raw: { lines } }) !== null;
  return {
    format,
    nodes,
    edges,
    isFramesFile,
    drawingAttributes: [],
    notices,
    kinds: { node: kinds, edge: kinds },
  };
}

const standardHeadings = ['id', 'label', 'type', 'source', 'target', 'weight'];

const columnsOf = (headings: readonly string[]) => ({
  headings,
  id: headings.indexOf('id'),
  type: headings.indexOf('type'),
  source: headings.indexOf('source'),
  target: headings.indexOf('target'),
});

/** An edge in a row. Attributes are read from the cells on each access: half a million maps would take a third of an import's memory. */
class TableEdge implements GraphEdge {
  readonly #columns: ReturnType<typeof columnsOf>;
  readonly #cells: readonly Cell[];
  readonly source: string;
  readonly target: string;

  constructor(columns: ReturnType<typeof columnsOf>, cells: readonly Cell[], source: string, target: string) {
    this.#columns = columns;
    this.#cells = cells;
    this.source = source;
    this.target = target;
  }

  get id(): string | null {
    return idOf(this.#cells[this.#columns.id]);
  }

  /** In Gephi's column Type. */
  get #kind(): string {
    const type = this.#cells[this.#columns.type];
    return typeof type === 'string' ? type.trim().toLowerCase() : '';
  }

  get directed(): boolean | null {
    const kind = this.#kind;
    return ['directed', 'undirected', 'mutual'].includes(kind) ? kind !== 'undirected' : null;
  }

  get isMutual(): boolean {
    return this.#kind === 'mutual';
  }

  get attributes(): ReadonlyMap<string, Json> {
    const attributes = new Map(Object.entries(rowOf(this.#columns.headings, this.#cells)));
    for (const name of ['id', 'source', 'target']) attributes.delete(name);
    if (this.directed !== null) attributes.delete('type');
    return attributes;
  }
}

/** Other names of edges' ends. */
/** Headings of the ends. A single letter can be a node, because edge lists often have no headings. */
const endHeadings: Readonly<Record<'from' | 'to', readonly string[]>> = {
  from: [...(headingsByField['from'] ?? []), 'vertex 1', 'node1', 'src'].filter(({ length }) => length > 1),
  to: [...(headingsByField['to'] ?? []), 'vertex 2', 'node2', 'dst'].filter(({ length }) => length > 1),
};

/** The headings of a table, with unique names and one name for each end. */
function headingsOf(cells: readonly Cell[], format: 'csv-nodes' | 'csv-edges'): string[] {
  const headings = numberRepeated(cells.map(headingOf));
  if (format === 'csv-nodes' || (headings.includes('source') && headings.includes('target'))) return headings;
  const plain = headings.map(plainColumn);
  const source = plain.findIndex((name) => endHeadings.from.includes(name));
  const target = plain.findIndex((name, index) => index !== source && endHeadings.to.includes(name));
  if (source < 0 || target < 0) return headings;
  return headings.map((name, index) => (index === source ? 'source' : index === target ? 'target' : name));
}

function headingOf(cell: Cell): string {
  const text = String(cell ?? '');
  const lower = text.trim().toLowerCase();
  return standardHeadings.includes(lower) ? lower : text;
}

function rowOf(headings: readonly string[], cells: readonly Cell[]): JsonObject {
  const filledCells = headings.flatMap((name, column): [string, Json][] => {
    const cell = cells[column] ?? null;
    return name === '' || cell === null ? [] : [[name, cell]];
  });
  return Object.fromEntries(filledCells);
}

/** The format, if a table is an export of FRAMES, so that it can be read completely; null for other tables. */
export function exportFormatOf({
  sheets,
  raw,
}: {
  sheets: readonly string[];
  raw: Pick<RawSheet, 'lines'>;
}): 'xlsx' | 'csv-nodes' | 'csv-edges' | null {
  const head = (raw.lines[0]?.cells ?? []).slice(0, 3).join(',');
  if (sheets.length > 0)
    return head.startsWith('id') && sheets.every((name) => typesBySection.has(name)) ? 'xlsx' : null;
  if (head === 'id,label,type') return 'csv-nodes';
  return head === 'source,target,id' ? 'csv-edges' : null;
}

/**
 * The document of a workbook with one sheet for each type, named by table, with columns named by field. Yields progress. Throws BAD_FILE
 * for a damaged workbook, or one of another kind (nothing_to_import).
 */
export function* readWorkbookDocument(bytes: Buffer, file: string): Generator<number, JsonObject, void> {
  const { sheets, textOf, cellsIn } = yield* readWorkbook(bytes, file);
  const lists: [string, Json[]][] = [];
  for (const [index, name] of sheets.entries()) {
    const type = typesBySection.get(name);
    if (!type || !isEntityType(type)) continue;
    const { lines } = yield* cellsIn(textOf(index));
    const [head, ...rows] = lines;
    const headings = (head?.cells ?? []).map((cell) => String(cell ?? ''));
    const records = rows.map(({ cells }) =>
      Object.fromEntries(
        Object.entries(rowOf(headings, cells)).flatMap(([field, cell]): [string, Json][] => {
          const value =
            typeof cell === 'string' && field !== 'id' ? parseAttribute(cell, 'any', type, field) : cell;
          return value === undefined ? [] : [[field, value]];
        }),
      ),
    );
    lists.push([name, records]);
  }
  return { [unitsKey]: ourUnits, ...Object.fromEntries(lists) };
}
