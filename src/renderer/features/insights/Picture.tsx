import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Insight, Named } from '#shared/contract/analysis.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Network } from '#shared/contract/network.ts';
import { tableOf } from '#shared/domain/types.ts';
import { useTexts } from '../../i18n/setup.ts';
import { api } from '../../api/client.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { keys } from '../../stores/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { lookOf, usePalette } from '../network/look/appearance.ts';
import type { Look } from '../network/look/appearance.ts';
import { withHighlight } from '../network/look/overlay.ts';
import { readModel } from '../network/model/model.ts';
import type { Model } from '../network/model/model.ts';
import { ReadOnlyNetwork } from '../network/ReadOnlyNetwork.tsx';
import { createNetworkStore, NetworkProvider } from '../network/state.ts';
import { titleText } from './sentences.ts';
import styles from './insights.module.css';

/** Up to so many nodes the whole network is drawn; of a larger one what is around the item, so that its names have room. */
const mostWhole = 16;
const mostAround = 10;
const drawn = ['project', 'team', 'faculty'] as const;

const isNode = ({ type }: Pick<Named, 'type'>): boolean => nodeType.safeParse(type).success;

/** The node that the network is drawn around: the item itself, an end of the link that it is about, or one of several. */
function useCentre({ id, ids, type, records }: Insight): string | undefined {
  const isLink = id !== undefined && type === 'interface';
  const { data: link } = useQuery({
    queryKey: keys.record(id ?? ''),
    queryFn: ({ signal }) => api.entities.find({ id: id ?? '' }, { signal }),
    enabled: isLink,
  });
  const end = link?.payload['from'];
  if (isLink && typeof end === 'string') return end;
  if (id !== undefined && type !== null && isNode({ type })) return id;
  return ids?.[0] ?? records.find(isNode)?.id;
}

function useNetwork(item: Insight) {
  const { data: workspace } = useWorkspace();
  const count = drawn.reduce((sum, type) => sum + (workspace?.counts[tableOf[type]] ?? 0), 0);
  const centre = useCentre(item);
  const isWhole = workspace !== undefined && (count <= mostWhole || centre === undefined);
  const whole = { types: [...drawn], limit: 2000 };
  const around = { id: centre ?? '', depth: 2, limit: mostAround };
  return useQuery<Network>({
    queryKey: isWhole ? keys.network('graph', whole) : keys.network('around', around),
    queryFn: ({ signal }) =>
      isWhole ? api.network.graph(whole, { signal }) : api.network.around(around, { signal }),
    enabled: workspace !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** What the item is about, both ends of a link too, and what causes its value. */
function highlightOf({ id, ids, records }: Insight, { edges }: Model): ReadonlySet<string> {
  const ends = id === undefined ? undefined : edges.get(id);
  const about = [id, ends?.from, ends?.to, ...(ids ?? [])].filter((one) => one !== undefined);
  return new Set([...about, ...records.map((record) => record.id)]);
}

/** The names of neighbours are drawn too. */
function withNeighbours(look: Look, model: Model, { id, ids }: Insight): Look {
  const about = new Set([...(id === undefined ? [] : [id]), ...(ids ?? [])]);
  const named = new Set<string>();
  for (const [edge, { from, to }] of model.edges)
    if (about.has(edge) || about.has(from) || about.has(to)) named.add(from).add(to);
  const { node } = look.styles;
  return {
    ...look,
    styles: {
      ...look.styles,
      node: (one) => (named.has(one) ? { ...node(one), isFaint: false, isPriority: true } : node(one)),
    },
  };
}

/** The network around an item. */
export function Picture({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const { data, error, refetch } = useNetwork(item);
  const palette = usePalette();
  const [store] = useState(createNetworkStore);
  const model = useMemo(() => data && readModel(data), [data]);
  const look = useMemo(() => {
    if (!model) return;
    const plain = lookOf(model, { colour: 'type', size: '' }, palette);
    return withNeighbours(withHighlight(plain, highlightOf(item, model)), model, item);
  }, [model, item, palette]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!model || !look) return <div className={styles.picture} />;
  return (
    <div className={styles.picture}>
      <NetworkProvider value={store}>
        <ReadOnlyNetwork model={model} look={look} label={t('network', { title: titleText(item) })} />
      </NetworkProvider>
    </div>
  );
}
