import { visibleCondition } from '../kernel/db/schema.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Drawing, Network, NodeType } from '#shared/contract/network.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { fieldExpression } from '../model/filters.ts';
import { displayExpression } from '../model/custom-fields.ts';
import type { NameIndex } from '../model/name-index.ts';
import type { IndexedName } from '../model/name-search.ts';
import type { Link, LinkIndex } from './link-index.ts';
import { pagesOf, itemPages } from './pages.ts';
import { readPositions } from './positions.ts';
import type { Reference } from './references.ts';

/** Up to this many records of a type are read by id; with more, the whole type is read. */
const maxByIds = 5000;
const linksPerYield = 1000;

export type Node = IndexedName & { type: NodeType };

export interface NetworkIndexes {
  read: Connection;
  names: NameIndex;
  links: LinkIndex;
}

type EdgeDetails = Pick<Link, 'bond' | 'loss' | 'description'>;
const noDetails: EdgeDetails = { bond: null, loss: null, description: null };

/** The network of the nodes, column by column, with the edges that join two of them. */
export class NetworkColumns {
  readonly #nodes: readonly Node[];
  readonly #indexById = new Map<string, number>();
  readonly #edges: Network['edges'] = {
    id: [],
    from: [],
    to: [],
    kind: [],
    bond: [],
    loss: [],
    description: [],
  };

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
    for (const [index, { id }] of nodes.entries()) this.#indexById.set(id, index);
  }

  *addLinks(links: Iterable<Link>): Generator<number, void, void> {
    let visited = 0;
    for (const link of links) {
      this.#addEdge(link, 'interface', link);
      visited += 1;
      if (visited % linksPerYield === 0) yield visited;
    }
  }

  addReferences(references: Iterable<Reference>): void {
    for (const { id, field, to } of references)
      this.#addEdge({ id: `${id}.${field}`, from: id, to }, 'reference', noDetails);
  }

  #addEdge(
    { id, from, to }: Pick<Link, 'id' | 'from' | 'to'>,
    kind: 'interface' | 'reference',
    { bond, loss, description }: EdgeDetails,
  ): void {
    const [start, end] = [this.#indexById.get(from), this.#indexById.get(to)];
    if (start === undefined || end === undefined) return;
    const edges = this.#edges;
    edges.id.push(id);
    edges.from.push(start);
    edges.to.push(end);
    edges.kind.push(kind);
    edges.bond.push(bond);
    edges.loss.push(loss);
    edges.description.push(description);
  }

  /** The network with positions and the requested fields. Yields after each step. Throws INVALID for an unknown field. */
  *finish(
    { read: db, links, names }: NetworkIndexes,
    { fields, drawing = 'network' }: { fields: readonly string[]; drawing?: Drawing },
    matchedCount: number,
  ): Generator<number, Network, void> {
    const nodes = this.#nodes;
    const makeNulls = (): null[] => Array.from({ length: nodes.length }, () => null);
    const [x, y]: (number | null)[][] = [makeNulls(), makeNulls()];
    for (const positions of readPositions(db, nodes, drawing)) {
      for (const { node, x: nodeX, y: nodeY } of positions) {
        const index = this.#indexById.get(node);
        if (index === undefined) continue;
        (x as number[])[index] = nodeX;
        (y as number[])[index] = nodeY;
      }
      yield positions.length;
    }
    const values = yield* this.#readValues(db, fields);
    return {
      nodes: {
        id: nodes.map(({ id }) => id),
        type: nodes.map(({ type }) => type),
        title: nodes.map(({ title }) => title),
        university: nodes.map(({ university_id }) => university_id),
        links: nodes.map(({ id }) => links.count(id)),
        x: x as (number | null)[],
        y: y as (number | null)[],
        values,
      },
      edges: this.#edges,
      titles: this.#titles(names, values),
      matched: matchedCount,
    };
  }

  #titles(names: NameIndex, values: Readonly<Record<string, readonly Json[]>>): Record<string, string> {
    const referencedIds = new Set<Json>(this.#nodes.map(({ university_id }) => university_id));
    for (const [field, column] of Object.entries(values)) {
      if (nodeType.options.some((type) => fieldOf(type, field)?.kind === 'reference'))
        for (const value of column) referencedIds.add(value);
    }
    return Object.fromEntries(
      [...referencedIds].flatMap((id) => {
        const title = typeof id === 'string' ? names.title(id) : null;
        return title === null ? [] : [[id as string, title]];
      }),
    );
  }

  *#readValues(db: Connection, fields: readonly string[]): Generator<number, Record<string, Json[]>, void> {
    const values = new Map(
      fields.map((field) => [field, Array.from<Json>({ length: this.#nodes.length }).fill(null)]),
    );
    const types = new Set(this.#nodes.map(({ type }) => type));
    for (const type of types) {
      const typeFields = fields.flatMap((field) => {
        const expression = expressionFor(type, field);
        return expression === null
          ? []
          : [{ field, expression, isBoolean: fieldOf(type, field)?.kind === 'boolean' }];
      });
      if (typeFields.length === 0) continue;
      const expressions = typeFields.map(({ expression }) => expression);
      for (const rows of this.#readRows(db, type, expressions)) {
        for (const row of rows) {
          const index = this.#indexById.get(row[0] as string);
          if (index === undefined) continue;
          for (const [columnIndex, { field, isBoolean }] of typeFields.entries()) {
            const value = row[columnIndex + 1] as Json;
            (values.get(field) as Json[])[index] = isBoolean && value !== null ? value === 1 : value;
          }
        }
        yield rows.length;
      }
    }
    return Object.fromEntries(values);
  }

  /** Ids and values, in pages: of all visible records of the type, or only of the nodes if these are few. */
  *#readRows(
    db: Connection,
    type: NodeType,
    expressions: readonly string[],
  ): Generator<readonly unknown[][], void, void> {
    const ids = this.#nodes.filter((node) => node.type === type).map(({ id }) => id);
    const select = `r.id, ${expressions.join(', ')}`;
    if (ids.length >= maxByIds) {
      yield* pagesOf(db, { select, table: tableOf[type], condition: visibleCondition('r') });
      return;
    }
    const statement = db.raw
      .prepare(`SELECT ${select} FROM ${tableOf[type]} r WHERE r.id IN (SELECT value FROM json_each(?))`)
      .raw(true);
    for (const part of itemPages(ids)) yield statement.all(JSON.stringify(part)) as unknown[][];
  }
}

/** The SQL of a field; null if the type does not have it. */
export function expressionFor(type: NodeType, field: string): string | null {
  try {
    return displayExpression(type, field) ?? fieldExpression(type, field);
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}
