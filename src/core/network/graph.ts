import type { z } from 'zod';
import type { graph, Network, NodeType } from '#shared/contract/network.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { fieldExpression, usesNames, whereExpression } from '../model/filters.ts';
import type { NameIndex } from '../model/name-index.ts';
import { retryOnChange } from '../log/snapshot-read.ts';
import { Columns, expressionFor } from './columns.ts';
import type { Indexes, Node } from './columns.ts';
import type { LinkIndex } from './link-index.ts';
import { referencesOf } from './references.ts';

type GraphRequest = z.output<(typeof graph)['~orpc']['inputSchema'] & z.ZodType>;

/** The nodes that match their filters, and their links. Yields often. Throws INVALID for an unknown field. */
export function* readGraph(indexes: Indexes, request: GraphRequest): Generator<number, Network, void> {
  const types = new Set(request.types);
  checkFields([...types], request.fields);
  for (const _ of indexes.links.readAhead()) yield 0;
  return yield* retryOnChange(indexes.read, () => read(indexes, types, request));
}

function* read(
  indexes: Indexes,
  types: ReadonlySet<NodeType>,
  given: GraphRequest,
): Generator<number, Network, void> {
  const { read: db, names, links } = indexes;
  const { limit } = given;
  names.refresh();
  links.refresh();
  yield 0;
  const filters = new Map(given.filters.map((one) => [one.type, one.filters]));
  const whole = new Set([...types].filter((type) => (filters.get(type) ?? []).length === 0));
  const narrowed = [...types].filter((type) => !whole.has(type));
  const matching = [
    ...(names.live(whole) as Node[]),
    ...narrowed.flatMap((type) => nodesOf(db, names, type, filters.get(type) ?? [])),
  ];
  if (given.most) {
    const links = yield* countLinks(matching, indexes.links);
    const { most } = given;
    if (matching.length > most.nodes || links > most.links) {
      const none = yield* new Columns([]).finish(indexes, given, matching.length);
      return { ...none, too_large: { nodes: matching.length, links } };
    }
  }
  const nodes = matching.length <= limit ? matching : mostLinked(matching, links, limit);
  const columns = new Columns(nodes);
  yield nodes.length;
  yield* columns.addLinks(links.all());
  for (const references of given.references ? referencesOf(db, types) : []) {
    columns.addReferences(references);
    yield references.length;
  }
  return yield* columns.finish(indexes, given, matching.length);
}

function* countLinks(nodes: readonly Node[], links: LinkIndex): Generator<number, number, void> {
  const ids = new Set(nodes.map(({ id }) => id));
  let [count, looked] = [0, 0];
  for (const { from, to } of links.all()) {
    if (ids.has(from) && ids.has(to)) count += 1;
    looked += 1;
    if (looked % 5000 === 0) yield looked;
  }
  return count;
}

/** Throws INVALID for a field that none of the types has. */
export function checkFields(types: readonly NodeType[], fields: readonly string[]): void {
  for (const field of fields) {
    const known = types.some((type) => expressionFor(type, field) !== null);
    if (!known) fieldExpression(types[0] as NodeType, field);
  }
}

function nodesOf(db: Connection, names: NameIndex, type: NodeType, filters: readonly Filter[]): Node[] {
  const where = whereExpression(type, { filters, search: '', deleted: 'without' }, () => null);
  if (usesNames(where.sql)) names.refresh();
  const query = `SELECT r.id FROM ${tableOf[type]} r WHERE ${where.sql}`;
  return db.column<string>(query, where.parameters).flatMap((id) => names.find(id) ?? []) as Node[];
}

function mostLinked(nodes: readonly Node[], links: LinkIndex, limit: number): Node[] {
  const order = nodes.map((_, place) => place);
  order.sort((a, b) => links.count((nodes[b] as Node).id) - links.count((nodes[a] as Node).id) || a - b);
  return order
    .slice(0, limit)
    .sort((a, b) => a - b)
    .map((place) => nodes[place] as Node);
}
