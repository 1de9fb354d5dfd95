import type { InputOf } from '#shared/contract/base.ts';
import type { graph, Network, NodeType } from '#shared/contract/network.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { fieldExpression, usesNameIndex, whereExpression } from '../model/filters.ts';
import type { NameIndex } from '../model/name-index.ts';
import { retryOnChange } from '../log/retry-on-change.ts';
import { NetworkColumns, expressionFor } from './columns.ts';
import type { NetworkIndexes, Node } from './columns.ts';
import type { LinkIndex } from './link-index.ts';
import { referencesOf } from './references.ts';

const linksPerYield = 5000;

type GraphRequest = InputOf<typeof graph>;

/** The nodes that match their filters, and their links. Yields often. Throws INVALID for an unknown field. */
export function* readGraph(indexes: NetworkIndexes, request: GraphRequest): Generator<number, Network, void> {
  const types = new Set(request.types);
  checkFields([...types], request.fields);
  for (const _ of indexes.links.readAhead()) yield 0;
  return yield* retryOnChange(indexes.read, () => readSnapshot(indexes, types, request));
}

function* readSnapshot(
  indexes: NetworkIndexes,
  types: ReadonlySet<NodeType>,
  request: GraphRequest,
): Generator<number, Network, void> {
  const { read: db, names, links } = indexes;
  const { limit } = request;
  names.refresh();
  links.refresh();
  yield 0;
  const filtersByType = new Map(request.filters.map((entry) => [entry.type, entry.filters]));
  const unfilteredTypes = new Set([...types].filter((type) => (filtersByType.get(type) ?? []).length === 0));
  const filteredTypes = [...types].filter((type) => !unfilteredTypes.has(type));
  const matches = [
    ...(names.visibleNames(unfilteredTypes) as Node[]),
    ...filteredTypes.flatMap((type) => findNodes(db, names, type, filtersByType.get(type) ?? [])),
  ];
  if (request.most) {
    const linkCount = yield* countLinks(matches, indexes.links);
    const { most } = request;
    if (matches.length > most.nodes || linkCount > most.links) {
      const emptyNetwork = yield* new NetworkColumns([]).finish(indexes, request, matches.length);
      return { ...emptyNetwork, too_large: { nodes: matches.length, links: linkCount } };
    }
  }
  const nodes = matches.length <= limit ? matches : pickMostLinked(matches, links, limit);
  const columns = new NetworkColumns(nodes);
  yield nodes.length;
  yield* columns.addLinks(links.all());
  for (const references of request.references ? referencesOf(db, types) : []) {
    columns.addReferences(references);
    yield references.length;
  }
  return yield* columns.finish(indexes, request, matches.length);
}

function* countLinks(nodes: readonly Node[], links: LinkIndex): Generator<number, number, void> {
  const ids = new Set(nodes.map(({ id }) => id));
  let [count, visited] = [0, 0];
  for (const { from, to } of links.all()) {
    if (ids.has(from) && ids.has(to)) count += 1;
    visited += 1;
    if (visited % linksPerYield === 0) yield visited;
  }
  return count;
}

/** Throws INVALID for a field that none of the types has. */
export function checkFields(types: readonly NodeType[], fields: readonly string[]): void {
  for (const field of fields) {
    const isKnown = types.some((type) => expressionFor(type, field) !== null);
    if (!isKnown) fieldExpression(types[0] as NodeType, field);
  }
}

function findNodes(db: Connection, names: NameIndex, type: NodeType, filters: readonly Filter[]): Node[] {
  const where = whereExpression(type, { filters, search: '', deleted: 'without' }, () => null);
  if (usesNameIndex(where.sql)) names.refresh();
  const query = `SELECT r.id FROM ${tableOf[type]} r WHERE ${where.sql}`;
  return db.column<string>(query, where.parameters).flatMap((id) => names.find(id) ?? []) as Node[];
}

function pickMostLinked(nodes: readonly Node[], links: LinkIndex, limit: number): Node[] {
  const order = nodes.map((_, index) => index);
  order.sort((a, b) => links.count((nodes[b] as Node).id) - links.count((nodes[a] as Node).id) || a - b);
  return order
    .slice(0, limit)
    .sort((a, b) => a - b)
    .map((index) => nodes[index] as Node);
}
