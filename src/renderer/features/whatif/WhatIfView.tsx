import { Button, Menu, NumberInput } from '@mantine/core';
import { IconArrowsDiff, IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mostScenarios, whatIfOf } from '#shared/address/view.ts';
import type { WhatIfView as View } from '#shared/address/view.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { go, useView } from '../../stores/address.ts';
import { useStatus } from '../../stores/shown.ts';
import { inPlay, openTarget, whyNotNow } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { nameOf } from '../play/names.ts';
import { newScenario } from '../play/NewSandbox.tsx';
import { useSandboxes } from '../play/useSandboxes.ts';
import { AddStep } from './add/AddStep.tsx';
import { rowsOf, seriesOf } from './chart.ts';
import type { Line } from './chart.ts';
import { Measures } from './Measures.tsx';
import type { Column } from './Measures.tsx';
import { Repairs } from './Repairs.tsx';
import { Steps, useSteps } from './Steps.tsx';
import { useSimulations } from './useSimulations.ts';
import type { Simulations } from './useSimulations.ts';
import { shareText } from './words.ts';
import styles from './whatif.module.css';

/** From the least to the most that can be chosen. */
const ranges = { terms: [1, 20], runs: [10, 1000], seed: [0, 999_999] } as const;

function Controls({ view }: { view: View }) {
  const { t } = useTranslation('whatif');
  return (
    <div className={styles.controls}>
      {(['terms', 'runs', 'seed'] as const).map((part) => (
        <label key={part}>
          {part === 'seed' && t('control.seed')}
          <NumberInput
            size="xs"
            w={part === 'terms' ? 56 : 72}
            aria-label={t(`control.${part}Label`)}
            min={ranges[part][0]}
            max={ranges[part][1]}
            step={part === 'runs' ? 50 : 1}
            allowDecimal={false}
            clampBehavior="strict"
            value={view[part]}
            onChange={(value) =>
              typeof value === 'number' &&
              value >= ranges[part][0] &&
              go({ ...view, [part]: value }, { replace: true })
            }
          />
          {part !== 'seed' && t(`control.${part}`)}
        </label>
      ))}
      <span>{t('control.band')}</span>
    </div>
  );
}

/** Chooses the sandboxes that stand beside the one that is open. */
function Compare({ view, all }: { view: View; all: readonly Sandbox[] }) {
  const { t } = useTranslation('whatif');
  const full = view.others.length >= mostScenarios - 1;
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false} returnFocus>
      <Menu.Target>
        <Button variant="default">{t('compare')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {all.length === 0 && <p className={styles.none}>{t('noOthers')}</p>}
        {all.map((sandbox) => {
          const chosen = view.others.includes(sandbox.id);
          const others = chosen
            ? view.others.filter((id) => id !== sandbox.id)
            : [...view.others, sandbox.id];
          return (
            <Menu.Item
              key={sandbox.id}
              role="menuitemcheckbox"
              aria-checked={chosen}
              disabled={!chosen && full}
              leftSection={<span className={styles.check}>{chosen ? '✓' : ''}</span>}
              onClick={() => go({ ...view, others }, { replace: true })}
            >
              {nameOf(sandbox)}
            </Menu.Item>
          );
        })}
        {full && <p className={styles.none}>{t('mostScenarios', { count: mostScenarios })}</p>}
      </Menu.Dropdown>
    </Menu>
  );
}

function Computing({ state: { pending, results, error, retry } }: { state: Simulations }) {
  const { t } = useTranslation(['whatif', 'common']);
  if (pending)
    return (
      <div className={styles.pending}>
        <ProgressLine progress={pending.progress} label={t('whatif:simulating')} />
        <Button size="xs" variant="default" onClick={pending.cancel}>
          {t('common:cancel')}
        </Button>
      </div>
    );
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (results.every((one) => one !== undefined)) return null;
  return (
    <div className={styles.pending}>
      <span className="dim">{t('whatif:cancelled')}</span>
      <Button size="xs" variant="default" onClick={retry}>
        {t('whatif:simulate')}
      </Button>
    </div>
  );
}

const live = 'live';

function Outlook({ view, scenarios }: { view: View; scenarios: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation('whatif');
  const state = useSimulations([live, ...scenarios.map(({ id }) => id)], view);
  const [untouched, ...played] = state.results;
  const lines: Line[] = [
    { key: live, label: t('nothing'), result: untouched },
    ...scenarios.map(({ id, name }, at) => ({ key: id, label: name, result: played[at] })),
  ];
  const only = scenarios.length === 1;
  const ahead = t('when.then', { count: view.terms });
  const columns: Column[] = [
    { key: 'now', label: t('column.now'), when: t('when.now'), values: untouched?.now },
    { key: 'nothing', label: t('nothing'), when: t('when.nothing', { ahead }), values: untouched?.nothing },
    ...scenarios.map(({ id, name }, at) => ({
      key: id,
      label: only ? t('column.scenario') : name,
      when: t('when.scenario', { name, ahead }),
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
  ];
  useStatus(t('measured', { runs: view.runs, seed: view.seed }));
  return (
    <div className={styles.outlook}>
      <Computing state={state} />
      <Chart
        title={t('chart')}
        axis={{ key: 'term', label: t('axis') }}
        rows={rows}
        series={seriesOf(lines)}
        format={shareText}
        domain={[0, 1]}
        height={230}
      />
      {notes.map((note) => (
        <p key={note} className={`${styles.note} dim`}>
          {note}
        </p>
      ))}
      <Measures columns={columns} />
      <Repairs />
    </div>
  );
}

/** A sandbox as a scenario: its steps, and what becomes of live and of it over the terms to come. */
function Scenario({ view }: { view: View }) {
  const { t } = useTranslation('whatif');
  const { data = [], error, refetch } = useSandboxes();
  const sandbox = data.find(({ id }) => id === openTarget());
  const state = useSteps(sandbox);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!sandbox) return <ProgressLine progress={null} label={t('simulating')} />;
  const others = data.filter(
    ({ id, problem, archived }) => id !== sandbox.id && problem === null && archived === null,
  );
  const shown = view.others.flatMap((id) => others.find((one) => one.id === id) ?? []);
  const scenarios = [sandbox, ...shown].map((one) => ({ id: one.id, name: nameOf(one) }));
  const count = state.steps?.length ?? 0;
  return (
    <div className={styles.whatif}>
      <header className={styles.head}>
        <div>
          <h1 className="cut">{nameOf(sandbox)}</h1>
          <Controls view={view} />
        </div>
        <div className={styles.actions}>
          <AddStep />
          <Compare view={view} all={others} />
          <Button
            disabled={count === 0}
            leftSection={<IconArrowsDiff size={15} stroke={1.7} />}
            onClick={() => go({ kind: 'compare', sandbox: sandbox.id })}
          >
            {t('promote')}
          </Button>
        </div>
      </header>
      <div className={styles.body}>
        <Steps state={state} />
        <Outlook view={view} scenarios={scenarios} />
      </div>
    </div>
  );
}

export default function WhatIfView() {
  const { t } = useTranslation('whatif');
  const view = useView() as View;
  const whyNot = whyNotNow();
  if (inPlay()) return <Scenario view={view} />;
  return (
    <EmptyState icon={IconFlask} text={whyNot ?? t('needsSandbox')}>
      {whyNot === null && <Button onClick={() => newScenario(whatIfOf())}>{t('newScenario')}</Button>}
    </EmptyState>
  );
}
