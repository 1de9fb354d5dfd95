import { useMemo } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import type { Answer, NetworkMeasures } from '#shared/contract/analysis.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../api/client.ts';
import { queryKeys } from '../../stores/queries.ts';
import { useStream } from '../../stores/useStream.ts';
import type { Pending } from '../../stores/useStream.ts';
import { isMeasure } from './look/fields.ts';
import type { Measure } from './look/fields.ts';
import type { Model } from './model/model.ts';

/** Losses are computed for at most this many records, worst first. */
export const mostDamage = 1000;

export interface Measured {
  network: NetworkMeasures | undefined;
  /** By record id: the share lost by its departure, in per cent. */
  damage: ReadonlyMap<string, number> | undefined;
  error: unknown;
  pending: Pending | null;
  retry: () => void;
}

/** The measures of network science, computed on first use and cached until records change. */
export function useNetworkMeasures(isNeeded = true) {
  return useStream<NetworkMeasures>({
    queryKey: queryKeys.insights({ measures: 'network' }),
    stream: (options) => api.analysis.network({}, options),
    enabled: isNeeded,
  });
}

export function useMeasures({ colour, size, bridges }: NetworkView): Measured {
  const chosen = [colour, size].filter(isMeasure);
  const wantsDamage = chosen.includes('damage');
  const wantsNetwork = bridges || chosen.some((measure) => measure !== 'damage');
  const { query: network, ...ofNetwork } = useNetworkMeasures(wantsNetwork);
  const { query: damage, ...ofDamage } = useStream<Answer>({
    queryKey: queryKeys.insights({ measures: 'damage' }),
    stream: (options) =>
      api.analysis.insights({ question: 'leavers', quick: true, limit: mostDamage }, options),
    enabled: wantsDamage,
  });
  const items = damage.data?.items;
  const byId = useMemo(
    () => items && new Map(items.flatMap(({ id, value }) => (id === undefined ? [] : [[id, value * 100]]))),
    [items],
  );
  const running = [...(wantsNetwork ? [network] : []), ...(wantsDamage ? [damage] : [])];
  return {
    network: wantsNetwork ? network.data : undefined,
    damage: wantsDamage ? byId : undefined,
    error: running.find(({ error }) => error)?.error ?? null,
    pending: running.some(({ isFetching, isPending }) => isFetching && isPending)
      ? {
          progress: (network.isFetching ? ofNetwork : ofDamage).progress,
          cancel: () => {
            ofNetwork.cancel();
            ofDamage.cancel();
          },
        }
      : null,
    retry: () => {
      for (const one of running) void one.refetch();
    },
  };
}

interface EstimatedMeasure {
  measure: Measure;
  sources: number;
  /** The 95 % interval relative to the largest value. */
  error: number;
}

export function estimatesOf(
  network: NetworkMeasures | undefined,
  chosen: readonly string[],
): EstimatedMeasure[] {
  if (!network) return [];
  const { error, sources, weighted_sources: few, nodes } = network;
  const known = {
    betweenness: { sources, error: error.betweenness },
    closeness: { sources, error: error.closeness },
    weighted_betweenness: { sources: few, error: error.weighted_betweenness },
  };
  return [...new Set(chosen)].flatMap((measure) => {
    if (measure !== 'betweenness' && measure !== 'closeness' && measure !== 'weighted_betweenness') return [];
    return known[measure].sources < nodes.length ? [{ measure, ...known[measure] }] : [];
  });
}

export function withMeasures(model: Model, { network, damage }: Pick<Measured, 'network' | 'damage'>): Model {
  if (!network && !damage) return model;
  const found = new Map<string, Record<string, Json>>();
  for (const { id, community, ...rest } of network?.nodes ?? [])
    found.set(id, { ...rest, community: String(community + 1) });
  for (const [id, value] of damage ?? []) found.set(id, { ...found.get(id), damage: value });
  const nodes = [...model.nodes].map(
    ([id, node]) => [id, { ...node, values: { ...node.values, ...found.get(id) } }] as const,
  );
  return { ...model, nodes: new Map(nodes) };
}

/** Ids of the links whose removal splits the network. */
export function bridgesOf({ edges }: Model, network: NetworkMeasures): ReadonlySet<string> {
  const pairs = new Set(network.bridges.flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]));
  return new Set(
    [...edges.values()]
      .filter(({ kind, from, to }) => kind === 'interface' && pairs.has(`${from} ${to}`))
      .map(({ id }) => id),
  );
}
