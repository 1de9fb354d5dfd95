import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Answer, Insight, Intervention, Named } from '#shared/contract/analysis.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Network } from '#shared/contract/network.ts';
import { insightsOf, recordIn } from '#shared/address/view.ts';
import type { InsightsView } from '#shared/address/view.ts';
import { tableOf } from '#shared/domain/types.ts';
import { useTexts } from '../../i18n/setup.ts';
import { api } from '../../api/client.ts';
import { go, useView } from '../../stores/address.ts';
import { useMayChange, useWorkspace } from '../../stores/profile.ts';
import { keys } from '../../stores/queries.ts';
import { isLive } from '../../stores/target.ts';
import { titleOr } from '../../text/names.ts';
import { report } from '../../ui/notices.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { lookOf, usePalette } from '../network/look/appearance.ts';
import { withHighlight } from '../network/look/overlay.ts';
import { readModel } from '../network/model/model.ts';
import { ReadOnlyNetwork } from '../network/ReadOnlyNetwork.tsx';
import { createNetworkStore, NetworkProvider } from '../network/state.ts';
import { tryChanges } from '../play/NewSandbox.tsx';
import { repairChanges } from './repair.ts';
import { amountText, costText, repairText } from './sentences.ts';
import styles from './insights.module.css';

/** Up to so many nodes the whole network is drawn; of a larger one what is around the item. */
const mostWhole = 400;
const drawn = ['project', 'team', 'faculty'] as const;

const isNode = ({ type }: Named): boolean => nodeType.safeParse(type).success;

/** The node that the network is drawn around: the item itself, or one that it is about. */
function centreOf({ id, ids, type, records }: Insight): string | undefined {
  if (id !== undefined && type !== null && nodeType.safeParse(type).success) return id;
  return ids?.[0] ?? records.find(isNode)?.id;
}

function useNetwork(item: Insight) {
  const { data: workspace } = useWorkspace();
  const count = drawn.reduce((sum, type) => sum + (workspace?.counts[tableOf[type]] ?? 0), 0);
  const centre = centreOf(item);
  const isWhole = workspace !== undefined && (count <= mostWhole || centre === undefined);
  const whole = { types: [...drawn], limit: 2000 };
  const around = { id: centre ?? '', depth: 2, limit: 300 };
  return useQuery<Network>({
    queryKey: isWhole ? keys.network('graph', whole) : keys.network('around', around),
    queryFn: ({ signal }) =>
      isWhole ? api.network.graph(whole, { signal }) : api.network.around(around, { signal }),
    enabled: workspace !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** What the item is about, and what causes its value: nodes, links, and the links of a node that is one of them. */
function highlightOf({ id, ids, records }: Insight): ReadonlySet<string> {
  return new Set([...(id === undefined ? [] : [id]), ...(ids ?? []), ...records.map((record) => record.id)]);
}

function Picture({ item, title }: { item: Insight; title: string }) {
  const { t } = useTexts('insights');
  const { data, error, refetch } = useNetwork(item);
  const palette = usePalette();
  const [store] = useState(createNetworkStore);
  const model = useMemo(() => data && readModel(data), [data]);
  const look = useMemo(
    () => model && withHighlight(lookOf(model, { colour: 'type', size: '' }, palette), highlightOf(item)),
    [model, item, palette],
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!model || !look) return <div className={styles.picture} />;
  return (
    <div className={styles.picture}>
      <NetworkProvider value={store}>
        <ReadOnlyNetwork model={model} look={look} label={t('network', { title })} />
      </NetworkProvider>
    </div>
  );
}

/** A repair is made in a sandbox, in which the question is asked again. */
async function tryRepair(one: Intervention, view: InsightsView): Promise<void> {
  tryChanges(repairText(one), await repairChanges(one), view);
}

function Repairs({ answer, item }: { answer: Answer; item: Insight }) {
  const { t } = useTexts('insights');
  const { university } = useView() as InsightsView;
  const mayTry = useMayChange() && isLive();
  return (
    <section>
      <h2>{t('repairs')}</h2>
      {item.interventions.length === 0 && <p className="dim">{t('noRepair')}</p>}
      <ul className="repair-list">
        {item.interventions.map((one, at) => (
          <li key={at}>
            <span>{repairText(one)}</span>
            <span className="dim">{costText(one)}</span>
            <strong className="num">
              {t('fromTo', { before: amountText(answer, item.value), after: amountText(answer, one.value) })}
            </strong>
            {mayTry && (
              <Button
                size="xs"
                variant="default"
                onClick={() => void tryRepair(one, insightsOf(answer.question, university)).catch(report)}
              >
                {t('tryInPlay')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const mostNamed = 6;

function Records({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const [all, setAll] = useState(false);
  const named = all ? item.records : item.records.slice(0, mostNamed);
  const hidden = item.record_count - named.length;
  return (
    <section className={styles.records}>
      <h2>{t('records')}</h2>
      <p>
        {named.map(({ id, type, title }) => (
          <button key={id} type="button" className="link-button" onClick={() => go(recordIn(type, id))}>
            {titleOr(title, type)}
          </button>
        ))}
        {hidden > 0 && item.records.length > named.length && (
          <button type="button" className="link-button dim" onClick={() => setAll(true)}>
            {t('more', { count: hidden })}
          </button>
        )}
      </p>
    </section>
  );
}

/** The evidence for one item: the network, the records, and what can be done. */
export function Evidence({ answer, item, isPending }: { answer: Answer; item: Insight; isPending: boolean }) {
  return (
    <div className={styles.evidence}>
      <Picture item={item} title={item.title} />
      <div className={styles.below}>
        {!isPending && <Repairs answer={answer} item={item} />}
        <Records item={item} />
      </div>
    </div>
  );
}
