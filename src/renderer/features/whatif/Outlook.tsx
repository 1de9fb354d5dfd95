import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WhatIfView as View, WhatIfView } from '#shared/address/view.ts';
import type { SimulationResult, Rates, Difference, ScenarioMeasures } from '#shared/contract/simulation.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { useStatus } from '../../stores/view-status.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { FlowChart } from './FlowChart.tsx';
import type { Line } from './FlowChart.tsx';
import { useSimulations } from './useSimulations.ts';
import type { Simulations } from './useSimulations.ts';
import {
  effectText,
  differenceText,
  scenarioMeasures,
  measureName,
  measureText,
  pointsText,
  measureTendency,
} from './measures.ts';
import { numberFormatter } from '../../text/formats.ts';
import { joinWithAnd } from '../../text/names.ts';
import { percentText } from '../insights/sentences.ts';
import styles from './whatif.module.css';
import { Explained } from '../../ui/Explained.tsx';

const upToOneDecimal = numberFormatter({ maximumFractionDigits: 1 });

/** The source of a rate: given, learned from the history, or usual. */
const sourceText = ({ learned }: Rates, rate: string, given: number | null): string =>
  say(`whatif:assumed.${given !== null ? 'given' : learned.includes(rate) ? 'learned' : 'usual'}`);

function ratesText(rates: Rates, view: WhatIfView): string {
  const { early, joins, newcomer_terms, weak, fragile } = rates;
  return [
    say('whatif:assumed.early', {
      share: percentText(early),
      source: sourceText(rates, 'early', view.early),
    }),
    say('whatif:assumed.joins', {
      share: percentText(joins),
      source: sourceText(rates, 'joins', view.joins),
    }),
    say('whatif:assumed.newcomer', {
      terms: upToOneDecimal(newcomer_terms),
      source: sourceText(rates, 'newcomer_terms', view.newcomer),
    }),
    ...(weak > 0 || fragile > 0
      ? [say('whatif:assumed.weaken', { weak: percentText(weak), fragile: percentText(fragile) })]
      : []),
  ].join(' ');
}

/** The unknown values that each run draws at random, in words; '' for none. */
function guessText({ terms, losses, teams }: SimulationResult['guesses']): string {
  const parts = [
    ...(terms > 0 ? [say('whatif:guess.terms', { count: terms })] : []),
    ...(losses > 0 ? [say('whatif:guess.losses', { count: losses })] : []),
    ...(teams > 0 ? [say('whatif:guess.teams', { count: teams })] : []),
  ];
  return parts.length === 0 ? '' : say('whatif:guess.drawn', { what: joinWithAnd(parts) });
}

function Assumptions({ result, view }: { result: SimulationResult | undefined; view: WhatIfView }) {
  if (!result) return null;
  const text = [ratesText(result.rates, view), guessText(result.guesses)]
    .filter((part) => part !== '')
    .join(' ');
  return <p className="tiny dim">{text}</p>;
}

function SimulationStatus({ simulations: { pending, results, error, retry } }: { simulations: Simulations }) {
  const { t } = useTexts('whatif');
  if (pending)
    return (
      <ProgressLine progress={pending.progress} label={t('whatif:simulating')} onCancel={pending.cancel} />
    );
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (results.every((result) => result !== undefined)) return null;
  return (
    <div className={`stack center gap-12 small ${styles.pending}`}>
      <span className="dim">{t('whatif:cancelled')}</span>
      <Button size="xs" onClick={retry}>
        {t('whatif:simulate')}
      </Button>
    </div>
  );
}

const liveKey = 'live';

interface Props {
  view: View;
  scenarios?: readonly { id: string; name: string }[];
  /** Shown below the heading. */
  lead?: ReactNode;
  children: ReactNode;
}

/** The outlook of live without changes, and of scenarios. `children` are shown below. */
export function Outlook({ view, scenarios = [], lead, children }: Props) {
  const { t } = useTexts('whatif');
  const simulations = useSimulations([liveKey, ...scenarios.map(({ id }) => id)], view);
  const [liveResult, ...scenarioResults] = simulations.results;
  const lines: Line[] = [
    { key: liveKey, label: t('nothing'), result: liveResult },
    ...scenarios.map(({ id, name }, index) => ({ key: id, label: name, result: scenarioResults[index] })),
  ];
  const isSingle = scenarios.length === 1;
  const [firstScenario] = scenarios;
  const difference = scenarioResults[0]?.difference.at(-1);
  const endText = (passed = 0): string => t('when.then', { count: view.terms + passed });
  const columns: Column[] = [
    { key: 'now', label: t('compare:column.live'), when: t('when.now'), values: liveResult?.now },
    {
      key: 'nothing',
      label: t('nothing'),
      when: t('when.nothing', { ahead: endText() }),
      values: liveResult?.nothing,
    },
    ...scenarios.map(({ id, name }, index) => ({
      key: id,
      label: isSingle ? t('column.scenario') : name,
      when: t('when.scenario', { name, ahead: endText(scenarioResults[index]?.passed) }),
      values: scenarioResults[index]?.scenario,
    })),
  ];
  const shortResult = simulations.results.find((result) => result !== undefined && result.runs < view.runs);
  const notes = [
    ...scenarios.flatMap(({ name }, index) => {
      const { passed = 0 } = scenarioResults[index] ?? {};
      return passed > 0 ? [t('passed', { name, count: passed })] : [];
    }),
    ...(shortResult ? [t('fewer', { runs: shortResult.runs })] : []),
    ...(simulations.results.some((result) => result?.estimate) ? [t('estimated')] : []),
  ];
  useStatus(t('measured', { runs: view.runs, seed: view.seed }));
  return (
    <div className={`column shrink shrink-y scroll-y gap-16 relative ${styles.outlook}`}>
      {firstScenario && (
        <h2 className="large strong mb-8">
          {effectText(liveResult, scenarioResults[0], view.terms) || '\u00a0'}
        </h2>
      )}
      {lead}
      <SimulationStatus simulations={simulations} />
      <FlowChart lines={lines} terms={view.terms} />
      {notes.length > 0 && <p className="tiny dim">{notes.join(' ')}</p>}
      <Assumptions result={scenarioResults[0] ?? liveResult} view={view} />
      <Measures columns={columns} difference={isSingle ? difference : null} />
      {children}
    </div>
  );
}

interface Column {
  key: string;
  label: string;
  /** The time of the column's values, as the end of a sentence. */
  when: string;
  values: ScenarioMeasures | undefined;
}

type MeasureRow = (typeof scenarioMeasures)[number];

const signs = { worse: '!', better: '✓' } as const;

/** A value; a click explains it. */
function MeasureValue({
  row,
  column,
  liveNow,
}: {
  row: MeasureRow;
  column: Column;
  liveNow: ScenarioMeasures | undefined;
}) {
  const { t } = useTexts('whatif');
  const value = column.values?.[row.key];
  if (value === undefined || value === null) return <span className="dim">{t('common:unknown')}</span>;
  const liveValue = liveNow?.[row.key];
  const tendency =
    liveNow === undefined || column.values === undefined || column.key === 'now'
      ? null
      : measureTendency(row, column.values, liveNow);
  const text = measureText(row.key, value);
  const name = measureName(row.key);
  return (
    <Explained
      label={name}
      width={360}
      position="bottom-end"
      className={`bare target num ${tendency === null ? '' : tendency === 'worse' ? 'bad' : 'ok'} pad-0`}
      term={
        <>
          {tendency !== null && <span aria-hidden>{signs[tendency]} </span>}
          <span className={styles.figure}>{text}</span>
          {tendency !== null && <span className="unseen"> {t(`whatif:${tendency}`)}</span>}
        </>
      }
    >
      <p className={`small ${styles.formula}`}>
        <strong>{t('whatif:sentence', { name, when: column.when, value: text })}</strong>{' '}
        {tendency !== null && liveValue !== undefined
          ? t(`whatif:than.${tendency}`, { before: measureText(row.key, liveValue) })
          : ''}
      </p>
      <p className={`small ${styles.formula}`}>{t(`whatif:formula.${row.key}`)}</p>
    </Explained>
  );
}

interface MeasureProps {
  /** Live now, live without changes, and the scenarios. */
  columns: readonly Column[];
  /** For a single scenario: its effect on the reach at the end; null for several. */
  difference: Difference | undefined | null;
}

/** A row for each measure. The effect of a single scenario is the last column. */
export function Measures({ columns, difference }: MeasureProps) {
  const { t } = useTexts('whatif');
  const [liveNow, liveLater, scenario] = columns.map(({ values }) => values);
  const changeText = (key: MeasureRow['key']): string => {
    if (!liveLater || !scenario || !difference) return t('common:unknown');
    if (key !== 'reach') return differenceText(key, scenario, liveLater);
    const [median, low, high] = [difference.median, difference.low, difference.high].map(pointsText);
    return t('effect.range', { median: median ?? '', low: low ?? '', high: high ?? '' });
  };
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling section must be reachable by keyboard */
    <section className="scroll-x" aria-label={t('measures')} tabIndex={0}>
      <table className="small full">
        <thead>
          <tr>
            <th scope="col">{t('measures')}</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col" className="num">
                {label}
              </th>
            ))}
            {difference !== null && (
              <th scope="col" className="num">
                {t('column.difference')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {scenarioMeasures.map((row) => (
            <tr key={row.key}>
              <th scope="row">{measureName(row.key)}</th>
              {columns.map((column) => (
                <td key={column.key} className="num">
                  <MeasureValue row={row} column={column} liveNow={liveNow} />
                </td>
              ))}
              {difference !== null && <td className="num">{changeText(row.key)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="tiny dim">{t('onlyKnown')}</p>
    </section>
  );
}
