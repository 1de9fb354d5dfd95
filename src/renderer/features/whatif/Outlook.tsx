import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WhatIfView as View } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useStatus } from '../../stores/shown.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { rowsOf, seriesOf } from './chart.ts';
import type { Line } from './chart.ts';
import { Measures } from './Measures.tsx';
import type { Column } from './Measures.tsx';
import { useSimulations } from './useSimulations.ts';
import type { Simulations } from './useSimulations.ts';
import { Assumptions } from './Assumptions.tsx';
import { effectText, shareText } from './measures.ts';
import styles from './whatif.module.css';

function Computing({ state: { pending, results, error, retry } }: { state: Simulations }) {
  const { t } = useTexts('whatif');
  if (pending)
    return (
      <ProgressLine progress={pending.progress} label={t('whatif:simulating')} onCancel={pending.cancel} />
    );
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (results.every((one) => one !== undefined)) return null;
  return (
    <div className={`stack center gap-12 small ${styles.pending}`}>
      <span className="dim">{t('whatif:cancelled')}</span>
      <Button size="xs" variant="default" onClick={retry}>
        {t('whatif:simulate')}
      </Button>
    </div>
  );
}

const live = 'live';

interface Props {
  view: View;
  /** The compared sandboxes. */
  scenarios?: readonly { id: string; name: string }[];
  children: ReactNode;
}

/** The outlook of live without changes and of scenarios; `children` below. */
export function Outlook({ view, scenarios = [], children }: Props) {
  const { t } = useTexts('whatif');
  const state = useSimulations([live, ...scenarios.map(({ id }) => id)], view);
  const [untouched, ...played] = state.results;
  const lines: Line[] = [
    { key: live, label: t('nothing'), result: untouched },
    ...scenarios.map(({ id, name }, at) => ({ key: id, label: name, result: played[at] })),
  ];
  const only = scenarios.length === 1;
  const [own] = scenarios;
  const difference = played[0]?.difference.at(-1);
  const aheadOf = (passed = 0): string => t('when.then', { count: view.terms + passed });
  const columns: Column[] = [
    { key: 'now', label: t('compare:column.live'), when: t('when.now'), values: untouched?.now },
    {
      key: 'nothing',
      label: t('nothing'),
      when: t('when.nothing', { ahead: aheadOf() }),
      values: untouched?.nothing,
    },
    ...scenarios.map(({ id, name }, at) => ({
      key: id,
      label: only ? t('column.scenario') : name,
      when: t('when.scenario', { name, ahead: aheadOf(played[at]?.passed) }),
      values: played[at]?.scenario,
    })),
  ];
  const rows = rowsOf(lines, view.terms);
  const fewer = state.results.find((one) => one !== undefined && one.runs < view.runs);
  const notes = [
    ...scenarios.flatMap(({ name }, at) => {
      const { passed = 0 } = played[at] ?? {};
      return passed > 0 ? [t('passed', { name, count: passed })] : [];
    }),
    ...(fewer ? [t('fewer', { runs: fewer.runs })] : []),
    ...(state.results.some((one) => one?.estimate) ? [t('estimated')] : []),
  ];
  useStatus(t('measured', { runs: view.runs, seed: view.seed }));
  return (
    <div className={`column shrink shrink-y scroll-y gap-16 relative ${styles.outlook}`}>
      {own && (
        <h2 className="large strong mb-8">{effectText(untouched, played[0], view.terms) || '\u00a0'}</h2>
      )}
      <Computing state={state} />
      <Chart
        title={t('measure.reach')}
        axis={{ key: 'term', label: t('axis') }}
        rows={rows}
        series={seriesOf(lines)}
        format={shareText}
        domain={[0, 1]}
        height={230}
      />
      {notes.length > 0 && <p className="tiny dim">{notes.join(' ')}</p>}
      <Assumptions result={played[0] ?? untouched} view={view} />
      <Measures columns={columns} difference={only ? difference : null} />
      {children}
    </div>
  );
}
