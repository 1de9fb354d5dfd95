import type { NetworkGroups } from '#shared/contract/network.ts';
import { runYielding } from '../../kernel/progress.ts';
import type { RequestPace } from '../../kernel/progress.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { runWithFallback } from '../../kernel/workers/worker-pool.ts';
import type { Services } from '../../model/services.ts';
import { readGroups } from '../../network/groups.ts';
import type { GroupsRequest } from '../../network/groups.ts';
import { linkIndex } from '../../network/link-index.ts';
import type { Graph } from '../graph/graph.ts';
import { leiden } from '../graph/leiden.ts';
import { seededRandom } from '../graph/random.ts';
import { buildLinkedGraph } from './network-model.ts';
import { readOrganisation } from '../read-organisation.ts';

/** The default seed of `analysis.network`, so that colours and groups agree. */
const communitySeed = 1;

export const communityTask = defineTask<Graph, Uint32Array>('communities', (graph) =>
  leiden(graph, seededRandom(communitySeed)),
);

class CommunityCache {
  hash = '';
  communityById: ReadonlyMap<string, string> = new Map();
}
const createCache = (): CommunityCache => new CommunityCache();

/** The network collapsed into groups. Communities are computed from all links, whichever are shown. Throws CANCELLED. */
export async function measureGroups(
  services: Services,
  request: GroupsRequest,
  { onProgress, signal }: RequestPace,
): Promise<NetworkGroups> {
  const { clock } = services.source;
  onProgress({ kind: 'progress', step: 'reading', done: 0, total: null });
  const communities = request.by === 'community' ? await findCommunities(services, signal) : null;
  const indexes = { read: services.read, names: services.names, links: linkIndex(services) };
  return runYielding(readGroups(indexes, request, communities), { clock, signal });
}

async function findCommunities(
  services: Services,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { log, source, singletons } = services;
  const organisation = await runYielding(readOrganisation(services), { clock: source.clock, signal });
  const cache = singletons.get(createCache);
  if (cache.hash === organisation.head.hash) return cache.communityById;
  const { graph, counts, nodes } = buildLinkedGraph(organisation);
  const countedGraph = { ...graph, weights: counts };
  const communities = await runWithFallback(communityTask, countedGraph, { signal, log });
  cache.communityById = new Map(nodes.map(({ id }, index) => [id, String(communities[index])]));
  cache.hash = organisation.head.hash;
  return cache.communityById;
}
