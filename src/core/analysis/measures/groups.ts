import type { NetworkGroups } from '#shared/contract/network.ts';
import { inTurns } from '../../kernel/progress.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { runInWorkerOrHere } from '../../kernel/workers/worker-pool.ts';
import type { Services } from '../../model/services.ts';
import { readGroups } from '../../network/groups.ts';
import type { GroupsRequest } from '../../network/groups.ts';
import { linkIndex } from '../../network/link-index.ts';
import type { Graph } from '../graph/graph.ts';
import { leiden } from '../graph/leiden.ts';
import { seededRandom } from '../graph/random.ts';
import { linkedGraph } from './network-model.ts';
import { readOrganisation } from '../read-organisation.ts';

/** The default seed of `analysis.network`, so that colours and groups agree. */
const seed = 1;

export const communityTask = defineTask<Graph, Uint32Array>('communities', (graph) =>
  leiden(graph, { random: seededRandom(seed) }),
);

class CommunityCache {
  hash = '';
  byId: ReadonlyMap<string, string> = new Map();
}
const createCache = (): CommunityCache => new CommunityCache();

/** The network collapsed into groups. Communities are those of all links, whatever is shown. Throws CANCELLED. */
export async function measureGroups(
  services: Services,
  request: GroupsRequest,
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal },
): Promise<NetworkGroups> {
  const { clock } = services.source;
  onProgress({ kind: 'progress', step: 'reading', done: 0, total: null });
  const communities = request.by === 'community' ? await findCommunities(services, signal) : null;
  const indexes = { read: services.read, names: services.names, links: linkIndex(services) };
  return inTurns(readGroups(indexes, request, communities), { clock, signal });
}

async function findCommunities(
  services: Services,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { log, source, singletons } = services;
  const named = await inTurns(readOrganisation(services), { clock: source.clock, signal });
  const cache = singletons.get(createCache);
  if (cache.hash === named.head.hash) return cache.byId;
  const { graph, counts, nodes } = linkedGraph(named);
  const found = await runInWorkerOrHere(
    communityTask,
    { ...graph, weights: counts },
    { signal, log, onProgress: () => {} },
  );
  cache.byId = new Map(nodes.map(({ id }, at) => [id, String(found[at])]));
  cache.hash = named.head.hash;
  return cache.byId;
}
