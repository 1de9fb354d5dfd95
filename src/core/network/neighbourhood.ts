import type { InputOf } from '#shared/contract/base.ts';
import { Fault } from '#shared/contract/faults.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { neighbourhood, Network } from '#shared/contract/network.ts';
import { retryOnChange } from '../log/retry-on-change.ts';
import { NetworkColumns } from './columns.ts';
import type { NetworkIndexes, Node } from './columns.ts';
import { checkFields } from './graph.ts';
import type { Link, LinkIndex } from './link-index.ts';
import { referencesAt } from './references.ts';
import type { Reference } from './references.ts';

type AroundRequest = InputOf<typeof neighbourhood>;

const nodeTypes = new Set<string>(nodeType.options);

/** The records at most `depth` steps away, nearest first. Yields often. Throws NOT_FOUND, and INVALID for an unknown field. */
export function* readAround(
  indexes: NetworkIndexes,
  request: AroundRequest,
): Generator<number, Network, void> {
  checkFields(nodeType.options, request.fields);
  for (const _ of indexes.links.readAhead()) yield 0;
  return yield* retryOnChange(indexes.read, () => readSnapshot(indexes, request));
}

function* readSnapshot(indexes: NetworkIndexes, request: AroundRequest): Generator<number, Network, void> {
  const { read: db, names, links } = indexes;
  const { id, depth, limit } = request;
  names.refresh();
  links.refresh();
  const findVisible = (nodeId: string): Node | undefined => {
    const name = names.find(nodeId);
    return name && !name.deleted && nodeTypes.has(name.type) ? (name as Node) : undefined;
  };
  const centre = findVisible(id);
  if (!centre) throw new Fault('NOT_FOUND', { type: 'node', id });

  const visited = new Map<string, Node>([[id, centre]]);
  const references = new Map<string, Reference>();
  let frontier: Node[] = [centre];
  // The last step finds no more nodes, only references of the outermost nodes.
  for (let step = 0; step <= depth && frontier.length > 0; step++) {
    const nextFrontier = new Map<string, Node>();
    const visit = (otherId: string): void => {
      const node =
        step < depth && !visited.has(otherId) && !nextFrontier.has(otherId)
          ? findVisible(otherId)
          : undefined;
      if (node) nextFrontier.set(otherId, node);
    };
    if (step < depth) {
      for (const { id: nodeId } of frontier)
        for (const link of links.linksOf(nodeId)) visit(link.from === nodeId ? link.to : link.from);
    }
    const ids = frontier.map((node) => node.id);
    for (const reference of request.references ? referencesAt(db, ids) : []) {
      references.set(`${reference.id}.${reference.field}`, reference);
      visit(reference.id);
      visit(reference.to);
    }
    frontier = [...nextFrontier.values()].sort((a, b) => links.count(b.id) - links.count(a.id));
    for (const node of frontier) visited.set(node.id, node);
    yield visited.size;
  }

  const nodes = [...visited.values()].slice(0, limit);
  const columns = new NetworkColumns(nodes);
  yield* columns.addLinks(linksFromNodes(nodes, links));
  columns.addReferences(references.values());
  return yield* columns.finish(indexes, request, visited.size);
}

function* linksFromNodes(nodes: readonly Node[], links: LinkIndex): Generator<Link, void, void> {
  for (const { id } of nodes) yield* links.linksFrom(id);
}
