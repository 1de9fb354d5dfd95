import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Insight, Named } from '#shared/contract/analysis.ts';
import { nodeType } from '#shared/contract/network.ts';
import { useTexts } from '../../i18n/setup.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { lookOf, usePalette } from '../network/look/appearance.ts';
import type { Look } from '../network/look/appearance.ts';
import { withHighlight } from '../network/look/overlay.ts';
import { readModel } from '../network/model/model.ts';
import type { Model, NetNode, Point } from '../network/model/model.ts';
import { ReadOnlyNetwork } from '../network/ReadOnlyNetwork.tsx';
import { createNetworkStore, NetworkProvider } from '../network/state.ts';
import { titleText } from './sentences.ts';
import styles from './insights.module.css';

/** The most drawn neighbours, most linked first, so that their names fit. */
const mostNeighbours = 10;
/** Semi-axes of the ellipse of neighbours, and the distance of two central records. */
const [wide, high, apart] = [900, 210, 480] as const;

/** The records of an item and those linked to them, with positions: the item in the middle, the others on an ellipse. */
export function surroundingsOf({ nodes, edges, titles }: Model, about: readonly string[]): Model {
  const middle = about.filter((id) => nodes.has(id));
  const places = new Map<string, Point>(
    middle.map((id, at) => [id, { x: (at - (middle.length - 1) / 2) * apart, y: 0 }]),
  );
  // The positions of each neighbour's linked records.
  const sides = new Map<string, number[]>();
  for (const { from, to } of edges.values())
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const place = places.get(one);
      if (place && !places.has(other)) sides.set(other, [...(sides.get(other) ?? []), place.x]);
    }
  const linksOf = (id: string): number => nodes.get(id)?.links ?? 0;
  const sideOf = (id: string): number => {
    const all = sides.get(id) ?? [];
    return all.reduce((sum, x) => sum + x, 0) / all.length;
  };
  const neighbours = [...sides.keys()]
    .toSorted((a, b) => linksOf(b) - linksOf(a) || (a < b ? -1 : 1))
    .slice(0, mostNeighbours)
    .toSorted((a, b) => sideOf(a) - sideOf(b));
  const columns = Math.ceil(neighbours.length / 2);
  for (const [at, id] of neighbours.entries()) {
    const share = (2 * (Math.floor(at / 2) + 0.5)) / columns - 1;
    const y = high * Math.sqrt(1 - share * share);
    places.set(id, { x: wide * share, y: at % 2 === 0 ? y : -y });
  }
  const shown = new Map(
    [...places].flatMap(([id, saved]): [string, NetNode][] => {
      const node = nodes.get(id);
      return node ? [[id, { ...node, saved }]] : [];
    }),
  );
  const joined = [...edges].filter(([, { from, to }]) => shown.has(from) && shown.has(to));
  return { nodes: shown, edges: new Map(joined), titles, matched: shown.size };
}

/** Records read around each one; only some are drawn. */
const mostRead = 200;

const isNode = ({ type }: Pick<Named, 'type'>): boolean => nodeType.safeParse(type).success;

/** The records of an item: itself, both ends of a link, or several; empty until known. */
function useAbout({ id, ids, type, records }: Insight): readonly string[] {
  const isLink = id !== undefined && type === 'interface';
  const { data: link } = useQuery({
    queryKey: keys.record(id ?? ''),
    queryFn: ({ signal }) => api.entities.find({ id: id ?? '' }, { signal }),
    enabled: isLink,
  });
  if (isLink) return [link?.payload['from'], link?.payload['to']].filter((end) => typeof end === 'string');
  if (id !== undefined && type !== null && isNode({ type })) return [id];
  const first = records.find(isNode);
  return ids ?? (first ? [first.id] : []);
}

/** The surroundings of the records. */
function useModel(about: readonly string[]) {
  const found = useQueries({
    queries: about.map((id) => {
      const input = { id, depth: 1, limit: mostRead };
      return {
        queryKey: keys.network('around', input),
        queryFn: ({ signal }: { signal: AbortSignal }) => api.network.around(input, { signal }),
        placeholderData: keepPreviousData,
      };
    }),
    combine: (results) => ({
      networks: results.every(({ data }) => data) ? results.flatMap(({ data }) => data ?? []) : [],
      error: results.find(({ error }) => error)?.error ?? null,
      refetch: () => void Promise.all(results.map(({ refetch }) => refetch())),
    }),
  });
  const { networks } = found;
  const ids = about.join(' ');
  const model = useMemo(() => {
    if (networks.length === 0) return;
    return surroundingsOf(joinModels(networks.map((one) => readModel(one))), ids.split(' '));
  }, [networks, ids]);
  return { ...found, model };
}

const joinModels = (models: readonly Model[]): Model => ({
  nodes: new Map(models.flatMap(({ nodes }) => [...nodes])),
  edges: new Map(models.flatMap(({ edges }) => [...edges])),
  titles: new Map(models.flatMap(({ titles }) => [...titles])),
  matched: 0,
});

/** The item's records, both ends for a link, and the records behind its value. */
function highlightOf({ id, ids, records }: Insight, { edges }: Model): ReadonlySet<string> {
  const ends = id === undefined ? undefined : edges.get(id);
  const about = [id, ends?.from, ends?.to, ...(ids ?? [])].filter((one) => one !== undefined);
  return new Set([...about, ...records.map((record) => record.id)]);
}

/** All labels are drawn, because there are few. */
function withNames(look: Look): Look {
  const { node } = look.styles;
  return {
    ...look,
    styles: { ...look.styles, node: (id) => ({ ...node(id), isFaint: false, isPriority: true }) },
  };
}

/** The network around an item. */
export function Picture({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const { model, error, refetch } = useModel(useAbout(item));
  const palette = usePalette();
  const [store] = useState(createNetworkStore);
  const look = useMemo(() => {
    if (!model) return;
    const plain = lookOf(model, { colour: 'type', size: '' }, palette);
    return withNames(withHighlight(plain, highlightOf(item, model)));
  }, [model, item, palette]);
  if (error) return <ErrorState error={error} onRetry={refetch} />;
  if (!model || !look) return <div className={styles.picture} />;
  return (
    <div className={styles.picture}>
      <NetworkProvider value={store}>
        <ReadOnlyNetwork model={model} look={look} label={t('network', { title: titleText(item) })} />
      </NetworkProvider>
    </div>
  );
}
