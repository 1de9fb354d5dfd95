import { Button, Progress as Bar } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { useClosed } from '../../../stores/recover.ts';
import { inPast } from '../../../stores/target.ts';
import { When } from '../../../ui/When.tsx';
import { LastBackup } from './LastBackup.tsx';
import { Sign } from './Sign.tsx';
import type { Tone } from './Sign.tsx';
import { Verdict } from './Verdict.tsx';
import { useCheck, verifyNow } from '../../workspace/verify.ts';

function Line({ tone, text, side }: { tone: Tone; text: string; side?: ReactNode }) {
  return (
    <li>
      <Sign tone={tone} />
      <span>{text}</span>
      <span className="home-side">{side}</span>
    </li>
  );
}

const steps = ['integrity', 'chain', 'replay'] as const;

function Running({ progress, stop }: { progress: Progress | null; stop: () => void }) {
  const { t } = useTranslation(['home', 'common']);
  const at = steps.findIndex((step) => step === progress?.step);
  const within = progress?.total ? progress.done / progress.total : 0;
  const percent = ((Math.max(0, at) + Math.min(1, within)) / steps.length) * 100;
  return (
    <div className="home-checking">
      <output>{t(`kept.step.${steps[at] ?? 'other'}`)}</output>
      <Bar.Root size={6}>
        <Bar.Section value={percent} aria-label={t('kept.verify')} />
      </Bar.Root>
      <Button size="xs" variant="default" onClick={stop}>
        {t('common:cancel')}
      </Button>
    </div>
  );
}

/** How the records are kept: what is accounted for, where they are, and, but for the past, a check that anybody can run. */
export function Kept() {
  const { t } = useTranslation('home');
  const { data } = useWorkspace();
  const { running, last: checked } = useCheck();
  const closed = useClosed();
  // The file is checked as it is now.
  const past = inPast();
  // That it was in order before damage was met says nothing any more.
  const last = closed && checked?.result.ok ? null : checked;
  const deleted = sumOf(data?.deleted ?? {});
  const unchecked = closed ? 'closed' : 'unchecked';
  const state = !last ? unchecked : last.result.ok ? 'verified' : 'damaged';
  const tone = ({ unchecked: 'open', closed: 'bad', verified: 'good', damaged: 'bad' } as const)[state];
  return (
    <section>
      <h2>{t('kept.title')}</h2>
      <ul className="home-lines">
        {!closed && (
          <Line
            tone="good"
            text={t('kept.accounted')}
            side={data && t('kept.entries', { count: data.transactions })}
          />
        )}
        <Line tone="good" text={t('kept.offline')} side={t('kept.offlineText')} />
        {deleted > 0 && (
          <Line tone="good" text={t('kept.deleted')} side={t('kept.deletedCount', { count: deleted })} />
        )}
        <LastBackup />
        {!past && <Line tone={tone} text={t(`kept.${state}`)} side={last && <When at={last.at} />} />}
      </ul>
      {!past && last && !running && <Verdict result={last.result} />}
      {!past &&
        (running ? (
          <Running {...running} />
        ) : (
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={16} stroke={1.6} />}
            onClick={() => void verifyNow()}
          >
            {t(last ? 'kept.again' : 'kept.verify')}
          </Button>
        ))}
    </section>
  );
}
