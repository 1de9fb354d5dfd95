import { Button, Menu } from '@mantine/core';
import { IconArrowsDiff, IconFlask } from '@tabler/icons-react';
import { mostScenarios } from '#shared/address/view.ts';
import type { WhatIfView as View } from '#shared/address/view.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go, useView } from '../../stores/address.ts';
import { inPlay, openTarget, whyNotNow } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { AddStep } from './add/AddStep.tsx';
import { Controls } from './Controls.tsx';
import { Live } from './Live.tsx';
import { Outlook } from './Outlook.tsx';
import { Repairs } from './Repairs.tsx';
import { Steps, useSteps } from './Steps.tsx';
import styles from './whatif.module.css';

/** Chooses sandboxes to compare with the open one. */
function Compare({ view, all }: { view: View; all: readonly Sandbox[] }) {
  const { t } = useTexts('whatif');
  const full = view.others.length >= mostScenarios - 1;
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false} returnFocus>
      <Menu.Target>
        <Button variant="default">{t('compare')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {all.length === 0 && <p className="tiny dim px-12 py-8">{t('noOthers')}</p>}
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
        {full && <p className="tiny dim px-12 py-8">{t('mostScenarios', { count: mostScenarios })}</p>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A sandbox as a scenario: its steps, and the outlook of live and of the sandbox. */
function Scenario({ view }: { view: View }) {
  const { t } = useTexts('whatif');
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
  const count = state.data?.length ?? 0;
  return (
    <div className="fill column">
      <header className={`row wrap apart rigid gap-8-16 line-below px-16 py-12 ${styles.head}`}>
        <div>
          <h1 className="cut">{nameOf(sandbox)}</h1>
          <Controls view={view} />
        </div>
        <div className="flex wrap gap-8">
          <AddStep />
          <Compare view={view} all={others} />
          <Button
            disabled={count === 0}
            leftSection={<IconArrowsDiff size={15} stroke={1.7} />}
            onClick={() => go({ kind: 'compare', sandbox: sandbox.id })}
          >
            {t('compare:promote.buttonNone')}
          </Button>
        </div>
      </header>
      <div className={`fill stack ${styles.body}`}>
        <Steps state={state} />
        <Outlook view={view} scenarios={scenarios}>
          <Repairs />
        </Outlook>
      </div>
    </div>
  );
}

export default function WhatIfView() {
  const view = useView() as View;
  const whyNot = whyNotNow();
  if (inPlay()) return <Scenario view={view} />;
  return whyNot === null ? <Live view={view} /> : <EmptyState icon={IconFlask} text={whyNot} />;
}
