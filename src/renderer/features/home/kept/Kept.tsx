import { Button, Progress as Bar } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { go } from '../../../stores/address.ts';
import { newestOwn, useBackups } from '../../../stores/backups.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { useClosed } from '../../../stores/recover.ts';
import { When } from '../../../ui/When.tsx';
import { Verdict } from './Verdict.tsx';
import { useCheck, verifyNow } from '../../workspace/verify.ts';

const signs = { good: IconCircleCheck, bad: IconAlertTriangle, open: IconCircleDashed } as const;

function Line({ tone, text, side }: { tone: keyof typeof signs; text: string; side?: ReactNode }) {
  const Icon = signs[tone];
  return (
    <li>
      <Icon size={17} stroke={1.6} className={`home-sign home-${tone}`} />
      <span>{text}</span>
      <span className="home-side">{side}</span>
    </li>
  );
}

/** When the newest backup that can be used was made; it leads to all of them. */
function LastBackup() {
  const { t } = useTranslation('home');
  const { data } = useBackups();
  const { data: info } = useWorkspace();
  if (!data || !info) return null;
  const newest = newestOwn(data, info.id);
  const Icon = signs[newest ? 'good' : 'open'];
  return (
    <li>
      <Icon size={17} stroke={1.6} className={`home-sign home-${newest ? 'good' : 'open'}`} />
      <button type="button" className="link-button" onClick={() => go({ kind: 'backups' })}>
        {t(newest ? 'kept.backup' : 'kept.noBackup')}
      </button>
      <span className="home-side">{newest?.made != null && <When at={newest.made} />}</span>
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

/** How the records are kept: what is accounted for, where they are, and a check that anybody can run. */
export function Kept() {
  const { t } = useTranslation('home');
  const { data } = useWorkspace();
  const { running, last: checked } = useCheck();
  const closed = useClosed();
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
        <Line tone={tone} text={t(`kept.${state}`)} side={last && <When at={last.at} />} />
      </ul>
      {last && !running && <Verdict result={last.result} />}
      {running ? (
        <Running {...running} />
      ) : (
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} stroke={1.6} />}
          onClick={() => void verifyNow()}
        >
          {t(last ? 'kept.again' : 'kept.verify')}
        </Button>
      )}
    </section>
  );
}
