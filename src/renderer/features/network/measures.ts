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
export const maxDamageRecords = 1000;

export interface MeasureState {
  network: NetworkMeasures | undefined;
  /** By record id: the share of the knowledge people rely on that is lost if the record leaves, in per cent. */
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

export function useMeasures({ colour, size, bridges }: NetworkView): MeasureState {
  const measures = [colour, size].filter(isMeasure);
  const needsDamage = measures.includes('damage');
  const needsNetwork = bridges || measures.some((measure) => measure !== 'damage');
  const { query: networkQuery, ...networkRun } = useNetworkMeasures(needsNetwork);
  const { query: damageQuery, ...damageRun } = useStream<Answer>({
    queryKey: queryKeys.insights({ measures: 'damage' }),
    stream: (options) =>
      api.analysis.insights({ question: 'leavers', quick: true, limit: maxDamageRecords }, options),
    enabled: needsDamage,
  });
  const items = damageQuery.data?.items;
  const damageById = useMemo(
    () => items && new Map(items.flatMap(({ id, value }) => (id === undefined ? [] : [[id, value * 100]]))),
    [items],
  );
  const activeQueries = [...(needsNetwork ? [networkQuery] : []), ...(needsDamage ? [damageQuery] : [])];
  return {
    network: needsNetwork ? networkQuery.data : undefined,
    damage: needsDamage ? damageById : undefined,
    error: activeQueries.find(({ error }) => error)?.error ?? null,
    pending: activeQueries.some(({ isFetching, isPending }) => isFetching && isPending)
      ? {
          progress: (networkQuery.isFetching ? networkRun : damageRun).progress,
          cancel: () => {
            networkRun.cancel();
            damageRun.cancel();
          },
        }
      : null,
    retry: () => {
      for (const query of activeQueries) void query.refetch();
    },
  };
}

interface EstimatedMeasure {
  measure: Measure;
  /** The number of nodes that the estimate is computed from. */
  sources: number;
  /** The 95 % interval relative to the largest value. */
  error: number;
}

export function estimatesOf(
  network: NetworkMeasures | undefined,
  fields: readonly string[],
): EstimatedMeasure[] {
  if (!network) return [];
  const { error, sources, weighted_sources: weightedSources, nodes } = network;
  const estimates = {
    betweenness: { sources, error: error.betweenness },
    closeness: { sources, error: error.closeness },
    weighted_betweenness: { sources: weightedSources, error: error.weighted_betweenness },
  };
  return [...new Set(fields)].flatMap((measure) => {
    if (measure !== 'betweenness' && measure !== 'closeness' && measure !== 'weighted_betweenness') return [];
    return estimates[measure].sources < nodes.length ? [{ measure, ...estimates[measure] }] : [];
  });
}

export function withMeasures(
  model: Model,
  { network, damage }: Pick<MeasureState, 'network' | 'damage'>,
): Model {
  if (!network && !damage) return model;
  const valuesById = new Map<string, Record<string, Json>>();
  for (const { id, community, ...measureValues } of network?.nodes ?? [])
    valuesById.set(id, { ...measureValues, community: String(community + 1) });
  for (const [id, value] of damage ?? []) valuesById.set(id, { ...valuesById.get(id), damage: value });
  const nodes = [...model.nodes].map(
    ([id, node]) => [id, { ...node, values: { ...node.values, ...valuesById.get(id) } }] as const,
  );
  return { ...model, nodes: new Map(nodes) };
}

/** Ids of the links whose removal splits the network. */
export function bridgesOf({ edges }: Model, network: NetworkMeasures): ReadonlySet<string> {
  const pairs = new Set(network.bridges.flatMap(([idA, idB]) => [`${idA} ${idB}`, `${idB} ${idA}`]));
  return new Set(
    [...edges.values()]
      .filter(({ kind, from, to }) => kind === 'interface' && pairs.has(`${from} ${to}`))
      .map(({ id }) => id),
  );
}
