import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refused } from '#shared/shell/refused.ts';
import { shell } from '../api/shell.ts';
import { refusalText } from '../text/faults.ts';
import { exact } from '../text/time.ts';
import { report } from '../ui/notices.tsx';
import { useRecovering } from './recovering.tsx';

const reasons = ['behind', 'another_line'] as const;
type Reason = (typeof reasons)[number];

/** Whether changes are missing in a file that is whole in itself. */
export const lacksChanges = (reason: string): reason is Reason =>
  (reasons as readonly string[]).includes(reason);

/** Why a workspace was not opened, and where changes are missing in its file, until when. */
export function Why({ reason, refused }: { reason: string; refused: Refused }) {
  const { t } = useTranslation('frame');
  const { until } = (refused.data ?? {}) as { until?: unknown };
  if (reason === 'strange_log') return <p>{t('aside.why')}</p>;
  if (!lacksChanges(reason) || typeof until !== 'string') return <p>{refusalText(refused)}</p>;
  return <p>{t(`accept.${reason}`, { when: exact(until) })}</p>;
}

/** Takes a file in which changes are missing as it is, where the person says that it is meant. `another` where it is known to be another workspace's. */
export function AcceptFile({ another }: { another: boolean }) {
  const { t } = useTranslation('frame');
  const { actor, blocked } = useRecovering();
  const [agreed, setAgreed] = useState(false);
  return (
    <section className="recovery" aria-label={t('accept.title')}>
      <h3>{t('accept.title')}</h3>
      {another && <p className="status-bad">{t('accept.another')}</p>}
      <p className="dim">{t('accept.safe')}</p>
      <Checkbox
        label={t(another ? 'accept.meantAnother' : 'accept.meant')}
        checked={agreed}
        onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
      />
      <Button
        variant="default"
        disabled={!agreed || blocked}
        onClick={() => void shell.workspace.accept({ actor }).catch(report)}
      >
        {t('accept.command')}
      </Button>
    </section>
  );
}
