import type { z } from 'zod';
import { Fault } from '#shared/contract/faults.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { around, Network } from '#shared/contract/network.ts';
import { retryOnChange } from '../log/snapshot-read.ts';
import { Columns } from './columns.ts';
import type { Indexes, Node } from './columns.ts';
import { checkFields } from './graph.ts';
import type { Link, LinkIndex } from './link-index.ts';
import { referencesAt } from './references.ts';
import type { Reference } from './references.ts';

type AroundRequest = z.output<(typeof around)['~orpc']['inputSchema'] & z.ZodType>;

const types = new Set<string>(nodeType.options);

/** The records at most `depth` steps away, nearest first. Yields often. Throws NOT_FOUND, and INVALID for an unknown field. */
export function* readAround(indexes: Indexes, request: AroundRequest): Generator<number, Network, void> {
  checkFields(nodeType.options, request.fields);
  for (const _ of indexes.links.readAhead()) yield 0;
  return yield* retryOnChange(indexes.read, () => read(indexes, request));
}

function* read(indexes: Indexes, given: AroundRequest): Generator<number, Network, void> {
  const { read: db, names, links } = indexes;
  const { id, depth, limit } = given;
  names.refresh();
  links.refresh();
  const live = (one: string): Node | undefined => {
    const found = names.find(one);
    return found && !found.deleted && types.has(found.type) ? (found as Node) : undefined;
  };
  const centre = live(id);
  if (!centre) throw new Fault('NOT_FOUND', { type: 'node', id });

  const found = new Map<string, Node>([[id, centre]]);
  const references = new Map<string, Reference>();
  let frontier: Node[] = [centre];
  // The last step finds no more nodes, only references of the outermost ones.
  for (let step = 0; step <= depth && frontier.length > 0; step++) {
    const next = new Map<string, Node>();
    const meet = (other: string): void => {
      const node = step < depth && !found.has(other) && !next.has(other) ? live(other) : undefined;
      if (node) next.set(other, node);
    };
    if (step < depth) {
      for (const { id: here } of frontier)
        for (const link of links.of(here)) meet(link.from === here ? link.to : link.from);
    }
    const ids = frontier.map((node) => node.id);
    for (const reference of given.references ? referencesAt(db, ids) : []) {
      references.set(`${reference.id}.${reference.field}`, reference);
      meet(reference.id);
      meet(reference.to);
    }
    frontier = [...next.values()].sort((a, b) => links.count(b.id) - links.count(a.id));
    for (const node of frontier) found.set(node.id, node);
    yield found.size;
  }

  const nodes = [...found.values()].slice(0, limit);
  const columns = new Columns(nodes);
  yield* columns.addLinks(beginningAt(nodes, links));
  columns.addReferences(references.values());
  return yield* columns.finish(indexes, given, found.size);
}

function* beginningAt(nodes: readonly Node[], links: LinkIndex): Generator<Link, void, void> {
  for (const { id } of nodes) yield* links.from(id);
}
