import { Button } from '@mantine/core';
import { IconAffiliate } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { listOf } from '#shared/address/view.ts';
import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { useStatus } from '../../../stores/view-status.ts';
import { useScrollRestore } from '../../../stores/tabs/scroll.ts';
import { countedRecords, openListName, inSentence, typeName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { Chart } from '../../../ui/chart/Chart.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { Formula } from '../../insights/Formula.tsx';
import { InsightsBar } from '../../insights/InsightsBar.tsx';
import { percentText, totalText } from '../../insights/sentences.ts';
import { useNetworkMeasures } from '../../network/measures.ts';
import styles from '../dashboard.module.css';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { RecordName } from '../../../ui/RecordName.tsx';
import { useRecord } from '../../records/data/record.ts';

interface Props {
  network: NetworkMeasures;
}

function Section({ title, formula, children }: { title: string; formula?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
      {formula !== undefined && (
        <p className={styles.more}>
          <Formula text={formula} />
        </p>
      )}
    </section>
  );
}

function Header({ network }: Props) {
  const { t } = useTexts('structure');
  const { nodes, coupling, modularity, components, robustness } = network;
  const { betweenness, degree } = robustness.halved;
  const share = percentText(coupling.within / Math.max(1, coupling.within + coupling.between));
  return (
    <header className="mb-16">
      <h1 className="title strong breaks mb-4">
        {t('heading', { count: Math.min(betweenness, degree), all: nodes.length })}
      </h1>
      <p className="small dim">
        <Formula text={t('how.heading')} /> ·{' '}
        <Formula text={t('how.within')}>{t('within', { share })}</Formula> ·{' '}
        <Formula text={t('how.modularity')}>
          {t('modularity', { declared: totalText(modularity.declared), found: totalText(modularity.found) })}
        </Formula>{' '}
        · <Formula text={t('how.parts')}>{t('parts', { count: components })}</Formula>
      </p>
    </header>
  );
}

function Robustness({ network: { robustness, nodes } }: Props) {
  const { t } = useTexts('structure');
  const { curve, runs, rounds, removals, sources } = robustness;
  const isExact = rounds === removals && sources === nodes.length;
  return (
    <div className="shrink">
      <Chart
        title={t('chart.title')}
        axis={{ key: 'removed', label: t('chart.axis') }}
        rows={curve.map((row) => ({ ...row, removed: numberText(row.removed) }))}
        series={[
          { key: 'random', label: t('chart.random'), color: 'var(--cat-1)' },
          { key: 'degree', label: t('chart.degree'), color: 'var(--cat-5)', dashed: true },
          { key: 'betweenness', label: t('chart.betweenness'), color: 'var(--cat-2)' },
        ]}
        format={percentText}
        domain={[0, 1]}
      />
      <p className={styles.more}>
        <Formula text={t('how.robustness', { count: runs })} />
        {!isExact && <span className="dim">{t('rounds', { count: rounds, removals, sources })}</span>}
      </p>
    </div>
  );
}

function SplittingSet({ network: { robustness } }: Props) {
  const { t } = useTexts('structure');
  const { halved, first: splittingIds } = robustness;
  const count = Math.min(halved.betweenness, halved.degree);
  return (
    <Section title={t('first.title')}>
      <p>
        {t('first.text', { count, random: halved.random })}{' '}
        {count > splittingIds.length && t('first.some', { count: splittingIds.length })}
      </p>
      <RecordList ids={splittingIds} initialCount={10} />
    </Section>
  );
}

function Spread({ network: { propagation, nodes } }: Props) {
  const { t } = useTexts('structure');
  const { spreads, tried: triedCount, unknown: unknownCount } = propagation;
  return (
    <Section title={t('structure:spread.title')} formula={t('structure:how.spread')}>
      {spreads.length === 0 && <p className="dim">{t('structure:spread.none')}</p>}
      <RankedList
        items={spreads.map(({ id, value, reached }) => ({
          id,
          value: percentText(value),
          note: t('structure:spread.note', { count: reached }),
        }))}
      />
      {triedCount < nodes.length && (
        <p className="dim">{t('structure:spread.tried', { count: triedCount })}</p>
      )}
      {unknownCount > 0 && <p className="dim">{t('insights:unknownLinks', { count: unknownCount })}</p>}
    </Section>
  );
}

const sortByBetweenness = (nodes: NetworkMeasures['nodes']): NetworkMeasures['nodes'] =>
  nodes.toSorted((a, b) => b.betweenness - a.betweenness);

function Cuts({ network: { nodes, bridges } }: Props) {
  const { t } = useTexts('structure');
  const cutPoints = sortByBetweenness(nodes.filter(({ articulation }) => articulation));
  const degrees = new Map(nodes.map(({ id, degree }) => [id, degree]));
  // A bridge to a leaf cuts off only that record, so it is listed last.
  const minDegree = (ends: readonly string[]): number => Math.min(...ends.map((id) => degrees.get(id) ?? 0));
  return (
    <Section title={t('cuts.title')} formula={t('how.cuts')}>
      {cutPoints.length + bridges.length === 0 && <p className="dim">{t('cuts.none')}</p>}
      {cutPoints.length > 0 && (
        <>
          <p>{t('cuts.points', { count: cutPoints.length })}</p>
          <RecordList ids={cutPoints.map(({ id }) => id)} />
        </>
      )}
      {bridges.length > 0 && (
        <>
          <p>{t('cuts.bridges', { count: bridges.length })}</p>
          <PairList pairs={bridges.toSorted((a, b) => minDegree(b) - minDegree(a))} />
        </>
      )}
    </Section>
  );
}

const maxCentral = 20;

function CentralRecords({ network: { nodes, sources, error } }: Props) {
  const { t } = useTexts('structure');
  const pairCount = Math.max(1, ((nodes.length - 1) * (nodes.length - 2)) / 2);
  return (
    <Section title={t('central.title')} formula={t('how.central')}>
      <RankedList
        items={sortByBetweenness(nodes)
          .slice(0, maxCentral)
          .map(({ id, betweenness, degree }) => ({
            id,
            value: percentText(betweenness / pairCount),
            note: countedRecords('interface', degree),
          }))}
      />
      {sources < nodes.length && (
        <p className="dim">{t('estimated', { count: sources, error: percentText(error.betweenness) })}</p>
      )}
    </Section>
  );
}

function KCore({ network: { nodes } }: Props) {
  const { t } = useTexts('structure');
  const maxCore = nodes.reduce((max, { core }) => Math.max(max, core), 0);
  const coreNodes = sortByBetweenness(nodes.filter(({ core }) => core === maxCore));
  return (
    <Section title={t('core.title')} formula={t('how.core')}>
      <p>{t('core.text', { count: coreNodes.length, links: maxCore })}</p>
      <RecordList ids={coreNodes.map(({ id }) => id)} />
    </Section>
  );
}

function Structure() {
  const { t } = useTexts('structure');
  const { query, progress, cancel } = useNetworkMeasures();
  const { data, error, isFetching, refetch } = query;
  if (!data && !error && !isFetching)
    return (
      <Button size="xs" onClick={() => void refetch()}>
        {t('structure:measure')}
      </Button>
    );
  return (
    <QueryView
      query={query}
      progress={progress}
      onCancel={cancel}
      isEmpty={({ nodes }) => nodes.length === 0}
      empty={
        <EmptyState icon={IconAffiliate} text={t('structure:none')}>
          <Button onClick={() => navigate(listOf('interface'))}>{openListName('interface')}</Button>
        </EmptyState>
      }
    >
      {(network) => (
        <>
          <Header network={network} />
          <div className={`stack top mt-24 ${styles.charts} print-flow`}>
            <Robustness network={network} />
            <SplittingSet network={network} />
            <Spread network={network} />
            <Cuts network={network} />
            <CentralRecords network={network} />
            <KCore network={network} />
          </div>
        </>
      )}
    </QueryView>
  );
}

export default function StructureView() {
  const scroller = useRef<HTMLDivElement>(null);
  useScrollRestore(scroller, true);
  useStatus('');
  return (
    <div className="fill column">
      <InsightsBar currentPage="structure" />
      <div className="fill scroll-y line-above mt-12 px-16 pt-12 pb-32" ref={scroller}>
        <Structure />
      </div>
    </div>
  );
}

/** Type and university, because names alone are often ambiguous. */
function TypeAndUniversity({ id }: { id: string }) {
  const { data } = useRecord(id);
  const universities = useUniversityNames();
  if (!data) return null;
  const university = universities.get(data.university_id ?? '') ?? '';
  return (
    <span className="dim">
      {[inSentence(typeName(data.type)), university].filter((part) => part !== '').join(' · ')}
    </span>
  );
}

const expandStep = 20;

function ExpandableList<T>({
  items,
  initialCount,
  className,
  children,
}: {
  items: readonly T[];
  initialCount: number;
  className: string;
  children: (item: T) => ReactNode;
}) {
  const { t } = useTexts('structure');
  const [shownCount, setShownCount] = useState(initialCount);
  const hiddenCount = items.length - shownCount;
  return (
    <>
      <ul className={className}>{items.slice(0, shownCount).map(children)}</ul>
      {hiddenCount > 0 && (
        <p className={styles.more}>
          <LinkButton onClick={() => setShownCount(shownCount + expandStep)}>
            {t('insights:more', { count: hiddenCount })}
          </LinkButton>
        </p>
      )}
    </>
  );
}

function RecordList({ ids, initialCount = 6 }: { ids: readonly string[]; initialCount?: number }) {
  return (
    <ExpandableList items={ids} initialCount={initialCount} className={`small ${styles.plain}`}>
      {(id) => (
        <li className="py-4" key={id}>
          <RecordName id={id} /> <TypeAndUniversity id={id} />
        </li>
      )}
    </ExpandableList>
  );
}

function PairList({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <ExpandableList items={pairs} initialCount={6} className={`small ${styles.plain}`}>
      {([idA, idB]) => (
        <li className="py-4" key={`${idA} ${idB}`}>
          <RecordName id={idA} /> – <RecordName id={idB} />
        </li>
      )}
    </ExpandableList>
  );
}

interface RankedRecord {
  id: string;
  value: string;
  note: string;
}

function RankedList({ items }: { items: readonly RankedRecord[] }) {
  return (
    <ExpandableList items={items} initialCount={6} className={`small ${styles.items}`}>
      {({ id, value, note }) => (
        <li key={id}>
          <span className="flex baseline apart gap-12 medium">
            <RecordName id={id} />
            <span className="num">{value}</span>
          </span>
          <span className="dim">
            <TypeAndUniversity id={id} /> · {note}
          </span>
        </li>
      )}
    </ExpandableList>
  );
}
