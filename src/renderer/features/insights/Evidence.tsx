import { Button } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { useState, useMemo } from 'react';
import type { Insight, Intervention, Named } from '#shared/contract/analysis.ts';
import { matrixOf } from '#shared/address/view.ts';
import type { InsightsView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate, useView } from '../../stores/address.ts';
import { TitleLink, LinkButton } from '../../ui/LinkButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import type { Pending as PendingState } from '../../stores/useStream.ts';
import { liveValue, mostLive, subjectOf, useLiveAnswer } from './useAnswer.ts';
import { useMayChange } from '../../stores/profile.ts';
import { inPlay, isLive } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';
import { tryChanges } from '../play/NewSandbox.tsx';
import { makeStep } from '../play/step.ts';
import { PlanButton, Planned, samePlan, usePlanned } from './PlanRepair.tsx';
import { repairChanges } from './repair.ts';
import { costText, effectText, percentText, repairText, titleText } from './sentences.ts';
import styles from './insights.module.css';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { nodeType } from '#shared/contract/network.ts';
import { queryFor } from '../../stores/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { lookOf, usePalette } from '../network/look/appearance.ts';
import type { Look } from '../network/look/appearance.ts';
import { withHighlight } from '../network/look/overlay.ts';
import { readModel } from '../network/model/model.ts';
import type { Model, NetNode, Point } from '../network/model/model.ts';
import { ReadOnlyNetwork } from '../network/ReadOnlyNetwork.tsx';
import { createNetworkStore, NetworkProvider } from '../network/state.ts';

/** A repair is tried in a sandbox, where the question is asked again. */
async function tryRepair(one: Intervention, view: InsightsView): Promise<void> {
  tryChanges(repairText(one), await repairChanges(one), view);
}

/** In a sandbox, a repair is a further step. */
async function addRepair(one: Intervention, view: InsightsView): Promise<void> {
  await makeStep(await repairChanges(one), repairText(one));
  navigate(view, { replace: true });
}

interface RepairsProps {
  item: Insight;
  pending: PendingState | null;
}

export function Pending({ pending, label }: { pending: PendingState; label: string }) {
  const { t } = useTexts('common');
  return (
    <div className={`stack center gap-12 small ${styles.pending}`}>
      <span className="dim">{label}</span>
      <ProgressLine progress={pending.progress} label={label} />
      <Button size="xs" variant="default" onClick={pending.cancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}

/** In a sandbox: the value in live, and here. `isDeleted`: no longer listed here. */
function AgainstLive({ item, isDeleted }: { item: Insight; isDeleted: boolean }) {
  const { t } = useTexts('insights');
  const { data } = useLiveAnswer(useView() as InsightsView);
  if (!inPlay() || item.because.code.startsWith('set')) return null;
  const value = data && liveValue(data, item);
  const live = value === null ? t('against.unranked', { count: mostLive }) : percentText(value ?? 0);
  return (
    <section>
      <h2 className="small mb-4">{t('against.title')}</h2>
      <p className="num">
        {value === undefined
          ? t('against.reading')
          : isDeleted
            ? t('against.gone', { live, title: titleText(item) })
            : t('against.values', { live, here: percentText(item.value) })}
      </p>
    </section>
  );
}

function Repairs({ item, pending }: RepairsProps) {
  const { t } = useTexts('insights');
  // The repaired item stays shown, whatever its new rank.
  const view: InsightsView = { ...(useView() as InsightsView), item: subjectOf(item) };
  const mayChange = useMayChange();
  const { question } = view;
  const planned = usePlanned(question, item);
  const way = !mayChange ? null : inPlay() ? 'add' : isLive() ? 'try' : null;
  return (
    <section>
      <h2 className="small mb-4">{t('insights:repairs')}</h2>
      {pending && <Pending pending={pending} label={t('insights:computing')} />}
      {!pending && item.interventions.length === 0 && <p className="dim">{t('insights:noRepair')}</p>}
      <ul className={`repair-list stack gap-2-12 ${styles.repairs}`}>
        {item.interventions.map((one, at) => {
          const same = samePlan(planned, item, one);
          return (
            <li key={at}>
              <span>
                {repairText(one)}{' '}
                <span className="flex wrap gap-2-12 tiny dim">
                  {costText(one)}
                  {same && <Planned record={same} />}
                </span>
              </span>
              <strong className="num">{effectText(item, one.value)}</strong>
              <span className={`flex wrap gap-4 ${styles.ways}`}>
                {way === 'try' && (
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => void tryRepair(one, view).catch(reportError)}
                  >
                    {t('insights:tryInPlay')}
                  </Button>
                )}
                {way === 'add' && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('whatif:addNamed', { what: repairText(one) })}
                    onClick={() => void addRepair(one, view).catch(reportError)}
                  >
                    {t('whatif:addAsStep')}
                  </Button>
                )}
                {way === 'try' && !same && <PlanButton question={question} item={item} one={one} />}
              </span>
            </li>
          );
        })}
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
    <section>
      <h2 className="small mb-4">{t('records')}</h2>
      <p className="flex wrap gap-2-12">
        {named.map(({ id, type, title }) => (
          <TitleLink key={id} {...{ id, type, title }} />
        ))}
        {hidden > 0 && item.records.length > named.length && (
          <LinkButton className="dim" onClick={() => setAll(true)}>
            {t('more', { count: hidden })}
          </LinkButton>
        )}
      </p>
    </section>
  );
}

function Areas({ areas }: { areas: readonly string[] }) {
  const { t } = useTexts('insights');
  return (
    <section>
      <p className="flex wrap gap-2-12">
        {areas.map((area) => (
          <Button
            key={area}
            size="xs"
            variant="default"
            leftSection={<IconGridDots size={16} stroke={1.6} />}
            onClick={() => navigate(matrixOf({ content: 'expertise', area }))}
          >
            {areas.length === 1 ? t('inMatrix') : t('areaInMatrix', { area })}
          </Button>
        ))}
      </p>
    </section>
  );
}

interface Props {
  item: Insight;
  /** The progress of confidence and interventions; null when done. */
  pending: PendingState | null;
  /** The item is from live, because it is no longer listed here. */
  isDeleted: boolean;
}

export function Evidence({ item, pending, isDeleted }: Props) {
  return (
    <div className="column shrink shrink-y">
      <Picture item={item} />
      <div className={`shrink-y scroll-y small line-above ${styles.below}`}>
        {item.areas && <Areas areas={item.areas} />}
        <AgainstLive item={item} isDeleted={isDeleted} />
        {!isDeleted && <Repairs item={item} pending={pending} />}
        <Records item={item} />
      </div>
    </div>
  );
}

/** The most drawn neighbours, most linked first, so that their names fit. */
const mostNeighbours = 10;
/** Semi-axes of the ellipse of neighbours, and the distance of two central records. */
const [wide, high, spacing] = [900, 210, 480] as const;

/** The records of an item and those linked to them, with positions: the item in the middle, the others on an ellipse. */
export function surroundingsOf({ nodes, edges, titles }: Model, about: readonly string[]): Model {
  const middle = about.filter((id) => nodes.has(id));
  const places = new Map<string, Point>(
    middle.map((id, at) => [id, { x: (at - (middle.length - 1) / 2) * spacing, y: 0 }]),
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
    ...queryFor('entities.find', { id: id ?? '' }),
    enabled: isLink,
  });
  if (isLink) return [link?.payload['from'], link?.payload['to']].filter((end) => typeof end === 'string');
  if (id !== undefined && type !== null && isNode({ type })) return [id];
  const first = records.find(isNode);
  return ids ?? (first ? [first.id] : []);
}

function useModel(about: readonly string[]) {
  const found = useQueries({
    queries: about.map((id) => {
      const input = { id, depth: 1, limit: mostRead };
      return {
        ...queryFor('network.around', input),
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

function Picture({ item }: { item: Insight }) {
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
