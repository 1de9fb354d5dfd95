import { Button } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { useState, useMemo } from 'react';
import type { Insight, Intervention, NamedRecord } from '#shared/contract/analysis.ts';
import { matrixOf } from '#shared/address/view.ts';
import type { InsightsView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate, useView } from '../../stores/address.ts';
import { TitleLink, LinkButton } from '../../ui/LinkButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import type { Pending as PendingState } from '../../stores/useStream.ts';
import { isRecordSet, liveValue, maxRankedItems, subjectOf, useLiveAnswer } from './useAnswer.ts';
import { useCanChange } from '../../stores/profile.ts';
import { inSandbox, isLive, pageTarget } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';
import { openFormForChanges } from '../play/NewSandbox.tsx';
import { applyStep, storeItem } from '../play/kept-changes.ts';
import {
  PlanButton,
  PlannedLink,
  findPlannedRepair,
  otherPlannedRepairs,
  usePlannedRepairs,
} from './PlanRepair.tsx';
import { repairChanges } from './repair-changes.ts';
import { effectText, percentText, titleText } from './sentences.ts';
import { costText, triedText, repairText } from './repair-sentences.ts';
import styles from './insights.module.css';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { nodeType } from '#shared/contract/network.ts';
import { queryFor } from '../../stores/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { AreaPicture } from '../records/code/AreaPicture.tsx';
import { lookOf, usePalette } from '../network/look/appearance.ts';
import type { Look } from '../network/look/appearance.ts';
import { withHighlight } from '../network/look/marks.ts';
import { readModel } from '../network/model/model.ts';
import type { Model, NetNode, Point } from '../network/model/model.ts';
import { ReadOnlyNetwork } from '../network/ReadOnlyNetwork.tsx';
import { createNetworkStore, NetworkProvider } from '../network/state.ts';
import { RowButton } from '../../ui/RowButton.tsx';

/** Asks for a new sandbox with the changes of a repair; the sandbox opens at the same question. */
async function tryRepair(repair: Intervention, view: InsightsView): Promise<void> {
  openFormForChanges(repairText(repair), await repairChanges(repair), view);
}

/** Adds the changes of a repair to the open sandbox as a step. */
async function addRepair(repair: Intervention, view: InsightsView): Promise<void> {
  await applyStep(await repairChanges(repair), repairText(repair));
  storeItem(pageTarget(), view);
  navigate(view, { replace: true });
}

/** Whether a sandbox can show a repair; code changes in its repository. */
const changesRecords = ({ changes }: Intervention): boolean => changes.some((step) => step.do !== 'author');

interface RepairsProps {
  item: Insight;
  pending: PendingState | null;
}

export function PendingProgress({ pending, label }: { pending: PendingState; label: string }) {
  const { t } = useTexts('common');
  return (
    <div className={`stack center gap-12 small ${styles.pending}`}>
      <span className="dim">{label}</span>
      <ProgressLine progress={pending.progress} label={label} />
      <Button size="xs" onClick={pending.cancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}

interface ComparisonProps {
  view: InsightsView;
  item: Insight;
  /** The sandbox no longer lists the item. */
  isUnlisted: boolean;
}

/** The value of an item in live next to that in the open sandbox. */
export function ComparedValues({ view, item, isUnlisted }: ComparisonProps) {
  const { t } = useTexts('insights');
  const { data } = useLiveAnswer(view);
  const value = data && liveValue(data, item);
  const liveText =
    value === null ? t('against.unranked', { count: maxRankedItems }) : percentText(value ?? 0);
  return (
    <p className="num">
      {value === undefined
        ? t('against.reading')
        : isUnlisted
          ? t('against.gone', { live: liveText, title: titleText(item) })
          : t('against.values', { live: liveText, here: percentText(item.value) })}
    </p>
  );
}

function LiveComparison(props: ComparisonProps) {
  const { t } = useTexts('insights');
  if (!inSandbox() || isRecordSet(props.item)) return null;
  return (
    <section>
      <h2 className="small mb-4">{t('against.title')}</h2>
      <ComparedValues {...props} />
    </section>
  );
}

function Repairs({ item, pending }: RepairsProps) {
  const { t } = useTexts('insights');
  // Names the item in the address, so that it is shown whatever its rank after the repair.
  const view: InsightsView = { ...(useView() as InsightsView), item: subjectOf(item) };
  const canChange = useCanChange();
  const { question } = view;
  const plannedRepairs = usePlannedRepairs(question, item);
  const action = !canChange ? null : inSandbox() ? 'add' : isLive() ? 'try' : null;
  return (
    <section>
      <h2 className="small mb-4">{t('insights:repairs')}</h2>
      {pending && <PendingProgress pending={pending} label={t('insights:computing')} />}
      {item.alike > 1 && item.because.code !== 'member' && item.interventions.length > 0 && (
        <p className="dim">{t('alike.repairs')}</p>
      )}
      {!pending && item.interventions.length === 0 && (
        <p className="dim">{t(item.because.code.startsWith('needed_') ? 'noRepairOfGap' : 'noRepair')}</p>
      )}
      {otherPlannedRepairs(plannedRepairs, item).map((record) => (
        <p key={record.id} className="flex wrap gap-2-12 tiny">
          <span>{record.title}</span>
          <PlannedLink record={record} />
        </p>
      ))}
      <ul className={`repair-list stack gap-2-12 ${styles.repairs}`}>
        {item.interventions.map((repair, index) => {
          const plannedRepair = findPlannedRepair(plannedRepairs, item, repair);
          return (
            <li key={index}>
              <span>
                {repairText(repair)}{' '}
                <span className="flex wrap gap-2-12 tiny dim">
                  {[costText(repair), triedText(repair)].filter((part) => part !== null).join(' · ')}
                  {plannedRepair && <PlannedLink record={plannedRepair} />}
                </span>
                <span className="tiny dim breaks">{repair.params['links'] ?? repair.params['files']}</span>
              </span>
              <strong className="num">{effectText(item, repair.value)}</strong>
              <span className={`flex wrap gap-4 ${styles.ways}`}>
                {action === 'try' && changesRecords(repair) && (
                  <Button size="xs" onClick={() => void tryRepair(repair, view).catch(reportError)}>
                    {t('insights:tryInPlay')}
                  </Button>
                )}
                {action === 'add' && changesRecords(repair) && (
                  <RowButton
                    label={t('whatif:addAsStep')}
                    named={t('whatif:addNamed', { what: repairText(repair) })}
                    onClick={() => void addRepair(repair, view).catch(reportError)}
                  />
                )}
                {action === 'try' && !plannedRepair && (
                  <PlanButton question={question} item={item} repair={repair} />
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const maxShownRecords = 6;

function Records({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const [isExpanded, setExpanded] = useState(false);
  const shownRecords = isExpanded ? item.records : item.records.slice(0, maxShownRecords);
  const hiddenCount = item.record_count - shownRecords.length;
  return (
    <section>
      <h2 className="small mb-4">{t('records')}</h2>
      <p className="flex wrap gap-2-12">
        {shownRecords.map(({ id, type, title }) => (
          <TitleLink key={id} {...{ id, type, title }} />
        ))}
        {hiddenCount > 0 && item.records.length > shownRecords.length && (
          <LinkButton className="dim" onClick={() => setExpanded(true)}>
            {t('more', { count: hiddenCount })}
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
  /** The progress of confidence and interventions; null while they are not being computed. */
  pending: PendingState | null;
  /** True if the item is from live, because the sandbox no longer lists it. */
  isUnlisted: boolean;
}

export function ItemDetails({ item, pending, isUnlisted }: Props) {
  const view = useView() as InsightsView;
  return (
    <div className="column shrink shrink-y">
      {item.because.code === 'code_area' ? <CodePicture item={item} /> : <Picture item={item} />}
      <div className={`shrink-y scroll-y small line-above ${styles.below}`}>
        {item.areas && <Areas areas={item.areas} />}
        <LiveComparison view={view} item={item} isUnlisted={isUnlisted} />
        {!isUnlisted && <Repairs item={item} pending={pending} />}
        <Records item={item} />
      </div>
    </div>
  );
}

/** The maximum number of drawn neighbours, those with the most links first. More labels would not fit. */
const maxNeighbours = 10;
/** Semi-axes of the ellipse of neighbours, and the distance between central records. */
const [radiusX, radiusY, spacing] = [900, 210, 480] as const;

/** An item's records in the middle and their neighbours on an ellipse, with positions. */
export function surroundingsOf({ nodes, edges, titles }: Model, itemIds: readonly string[]): Model {
  const centres = itemIds.filter((id) => nodes.has(id));
  const positions = new Map<string, Point>(
    centres.map((id, index) => [id, { x: (index - (centres.length - 1) / 2) * spacing, y: 0 }]),
  );
  // For each neighbour, the x coordinates of the central records that it is linked to.
  const linkedXs = new Map<string, number[]>();
  for (const { from, to } of edges.values())
    for (const [centre, neighbour] of [
      [from, to],
      [to, from],
    ] as const) {
      const position = positions.get(centre);
      if (position && !positions.has(neighbour))
        linkedXs.set(neighbour, [...(linkedXs.get(neighbour) ?? []), position.x]);
    }
  const linksOf = (id: string): number => nodes.get(id)?.links ?? 0;
  const meanX = (id: string): number => {
    const xs = linkedXs.get(id) ?? [];
    return xs.reduce((sum, x) => sum + x, 0) / xs.length;
  };
  const neighbours = [...linkedXs.keys()]
    .toSorted((a, b) => linksOf(b) - linksOf(a) || (a < b ? -1 : 1))
    .slice(0, maxNeighbours)
    .toSorted((a, b) => meanX(a) - meanX(b));
  const columnCount = Math.ceil(neighbours.length / 2);
  for (const [index, id] of neighbours.entries()) {
    const unitX = (2 * (Math.floor(index / 2) + 0.5)) / columnCount - 1;
    const y = radiusY * Math.sqrt(1 - unitX * unitX);
    positions.set(id, { x: radiusX * unitX, y: index % 2 === 0 ? y : -y });
  }
  const drawnNodes = new Map(
    [...positions].flatMap(([id, position]): [string, NetNode][] => {
      const node = nodes.get(id);
      return node ? [[id, { ...node, saved: position }]] : [];
    }),
  );
  const drawnEdges = [...edges].filter(([, { from, to }]) => drawnNodes.has(from) && drawnNodes.has(to));
  return { nodes: drawnNodes, edges: new Map(drawnEdges), titles, matched: drawnNodes.size };
}

/** The maximum number of records read around each central record; only `maxNeighbours` are drawn. */
const maxReadRecords = 200;

const isNode = ({ type }: Pick<NamedRecord, 'type'>): boolean => nodeType.safeParse(type).success;

/** The maximum number of interchangeable records that are drawn. */
const maxCentres = 6;

/** The nodes of an item: both ends of a link, itself, its `ids` or the first record behind it; empty until the link is loaded. */
function useItemIds({ id, ids, type, records }: Insight): readonly string[] {
  const isLink = type === 'interface';
  const { data: link } = useQuery({
    ...queryFor('entities.find', { id: id ?? ids?.[0] ?? '' }),
    enabled: isLink,
  });
  if (isLink) return [link?.payload['from'], link?.payload['to']].filter((end) => typeof end === 'string');
  if (id !== undefined && type !== null && isNode({ type })) return [id];
  const firstNode = records.find(isNode);
  return ids?.slice(0, maxCentres) ?? (firstNode ? [firstNode.id] : []);
}

function useSurroundings(itemIds: readonly string[]) {
  const result = useQueries({
    queries: itemIds.map((id) => {
      const input = { id, depth: 1, limit: maxReadRecords };
      return {
        ...queryFor('network.neighbourhood', input),
        placeholderData: keepPreviousData,
      };
    }),
    combine: (results) => ({
      networks: results.every(({ data }) => data) ? results.flatMap(({ data }) => data ?? []) : [],
      error: results.find(({ error }) => error)?.error ?? null,
      refetch: () => void Promise.all(results.map(({ refetch }) => refetch())),
    }),
  });
  const { networks } = result;
  const idKey = itemIds.join(' ');
  const model = useMemo(() => {
    if (networks.length === 0) return;
    return surroundingsOf(joinModels(networks.map((network) => readModel(network))), idKey.split(' '));
  }, [networks, idKey]);
  return { ...result, model };
}

const joinModels = (models: readonly Model[]): Model => ({
  nodes: new Map(models.flatMap(({ nodes }) => [...nodes])),
  edges: new Map(models.flatMap(({ edges }) => [...edges])),
  titles: new Map(models.flatMap(({ titles }) => [...titles])),
  matched: 0,
});

/** The records of the item, both ends if it is a link, and the records behind its value. */
function highlightOf({ id, ids, records }: Insight, { edges }: Model): ReadonlySet<string> {
  const edge = id === undefined ? undefined : edges.get(id);
  const itemIds = [id, edge?.from, edge?.to, ...(ids ?? [])].filter((nodeId) => nodeId !== undefined);
  return new Set([...itemIds, ...records.map((record) => record.id)]);
}

/** Shows all labels undimmed, because there are few. */
function withAllLabels(look: Look): Look {
  const { node } = look.styles;
  return {
    ...look,
    styles: { ...look.styles, node: (id) => ({ ...node(id), isFaint: false, isPriority: true }) },
  };
}

/** The areas of a repository by team, with the item's area selected. */
function CodePicture({ item }: { item: Insight }) {
  const { t } = useTexts('code');
  const view = useView() as InsightsView;
  const { data: areas = [] } = useQuery(queryFor('maps.risks', { repository: item.id }));
  const { folder } = item.because.params;
  return (
    <div className={`scroll-y px-16 py-12 ${styles.areas}`}>
      <AreaPicture
        areas={areas}
        label={t('picture', { name: item.title })}
        selectedKey={String(folder)}
        onSelect={({ repository, title }) =>
          navigate({ ...view, item: `${repository.id} ${title}` }, { replace: true })
        }
      />
    </div>
  );
}

function Picture({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const { model, error, refetch } = useSurroundings(useItemIds(item));
  const palette = usePalette();
  const [store] = useState(createNetworkStore);
  const look = useMemo(() => {
    if (!model) return;
    const base = lookOf(model, { colour: 'type', size: '' }, palette);
    return withAllLabels(withHighlight(base, highlightOf(item, model)));
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
