import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { trustReasons } from '#shared/contract/reasons.ts';
import type { ConnectionCheck } from '#shared/contract/sync.ts';
import { api } from '../../api/client.ts';
import { useTexts } from '../../i18n/setup.ts';
import { chooseCaFile } from '../../stores/trust.ts';
import { syncProblemText } from '../../text/faults.ts';
import { reasonText } from '../../text/reasons.ts';
import { reportErrors } from '../../ui/notices.tsx';
import { useBusy } from '../../ui/useBusy.ts';

type Step = ConnectionCheck['steps'][number];

const icons = {
  ok: { Icon: IconCircleCheck, tone: 'ok' },
  warning: { Icon: IconAlertTriangle, tone: 'warn' },
  failed: { Icon: IconCircleX, tone: 'bad' },
  skipped: { Icon: IconCircleDashed, tone: 'faint' },
} as const;

const needsTrust = ({ problem }: Step): boolean =>
  (trustReasons as readonly (string | undefined)[]).includes(problem?.network?.reason);

const stepName = ({ step }: Step): string => reasonText({ code: `connectionStep.${step}` });

function stepText({ problem, finding }: Step): string {
  const texts = [problem && syncProblemText(problem), finding && reasonText(finding)].filter(Boolean);
  return texts.join(' ') || reasonText({ code: 'connection.notChecked' });
}

function StepRow({ step, children }: { step: Step; children: ReactNode }) {
  const { Icon, tone } = icons[step.state];
  return (
    <li className="stack top gap-8 marked">
      <Icon className={`mt-2 ${tone}`} size={16} stroke={1.6} aria-hidden />
      <div className="stack start gap-8">
        <p className={step.state === 'skipped' ? 'dim' : 'breaks'}>
          <span className="medium">{stepName(step)}:</span> {stepText(step)}
        </p>
        {children}
      </div>
    </li>
  );
}

/** Brings the steps into view: the button can be at the lower edge of the window. */
const showWhole = (list: HTMLElement | null): void => list?.scrollIntoView({ block: 'nearest' });

interface Props {
  /** The address to check, null while it is invalid. Without one, the joined server and the sign-in are checked. */
  url?: string | null;
  children?: ReactNode;
}

/** A button that checks each step of reaching a server, and the result. Other buttons of the line are its children. */
export function CheckedConnection({ url, children }: Props) {
  const { t } = useTexts('sync');
  const [check, setCheck] = useState<ConnectionCheck | null>(null);
  const [isRunning, run] = useBusy(() =>
    reportErrors(async () => {
      setCheck(null);
      setCheck(await api.sync.check({ ...(url != null && { url }) }));
    }),
  );
  // The result of another address says nothing about this one.
  const shownCheck = check && (url === undefined || check.url === url) ? check : null;
  const failure = shownCheck?.steps.find(({ state }) => state === 'failed');
  const trust = (): void =>
    void reportErrors(async () => {
      if (await chooseCaFile()) run();
    });
  return (
    <>
      <div className="flex wrap gap-8">
        {children}
        <Button loading={isRunning} disabled={url === null} onClick={run}>
          {t('check.button')}
        </Button>
      </div>
      {(isRunning || shownCheck) && (
        <output className="small medium">
          {isRunning && t('check.running')}
          {shownCheck && (failure ? t('check.fails', { step: stepName(failure) }) : t('check.works'))}
        </output>
      )}
      {shownCheck && (
        <ol ref={showWhole} className="stack gap-8 small prose" aria-label={t('check.steps')}>
          {shownCheck.steps.map((step) => (
            <StepRow key={step.step} step={step}>
              {needsTrust(step) && (
                <Button size="xs" onClick={trust}>
                  {t('check.trust')}
                </Button>
              )}
            </StepRow>
          ))}
        </ol>
      )}
    </>
  );
}
