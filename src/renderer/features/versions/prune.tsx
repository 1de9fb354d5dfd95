import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Backup, PruneResult } from '#shared/contract/backups.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { failureText } from '../../text/refusal.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { joinWithAnd } from '../../text/names.ts';
import { timeAgo } from '../../text/time.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { runWithNotice } from '../../ui/long-work.tsx';
import { refreshBackups, useBackups } from '../../stores/backups.ts';
import { backupContents } from './actions.ts';
import { reasonText } from './reasons.ts';
import styles from './backups.module.css';

/** Previews which backups the rule removes, and removes them once confirmed. */
export function pruneBackups(): void {
  openDialog({ title: say('backups:old.title'), size: 520 }, (close) => <PruneForm onDone={close} />);
}

/** The retention rule in words, without spans that keep no backup. */
function ruleText({ last, ...spans }: PruneResult['retention']): string {
  const spanTexts = (['daily', 'weekly', 'monthly'] as const)
    .filter((span) => spans[span] > 0)
    .map((span) => say(`backups:old.span.${span}`, { count: spans[span] }));
  const ruleKey = spanTexts.length > 0 ? 'backups:old.rule' : 'backups:old.ruleLast';
  return say(ruleKey, { last: say('backups:old.last', { count: last }), spans: joinWithAnd(spanTexts) });
}

async function removeBackups({ removed }: PruneResult): Promise<void> {
  await runWithNotice({
    id: 'backup-prune',
    title: say('backups:old.removing'),
    // Only the shown backups are removed.
    start: (signal) => api.backups.prune({ only: removed.map(({ id }) => id) }, { signal }),
    resultNotice: (result) => ({
      title: say('backups:old.done', { count: result.removed.length }),
      more: say('backups:old.freed', { bytes: bytesText(result.bytes) }),
    }),
  });
  await refreshBackups();
}

interface RemovedProps {
  /** ISO 8601. */
  made: string;
  reason: string;
  /** The entry of the list; missing until loaded. */
  backup: Backup | undefined;
}

function RemovedBackup({ made, reason, backup }: RemovedProps) {
  return (
    <li>
      <time dateTime={made} title={timeAgo(made)}>
        {dateTimeToSecond(made)}
      </time>
      <span className="pill pill-plain">{reasonText(reason)}</span>
      {backup && <p className="dim">{backupContents(backup)}</p>}
    </li>
  );
}

function PruneForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('backups');
  const [preview, setPreview] = useState<PruneResult | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { data: backups = [] } = useBackups();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    awaitResult(api.backups.prune({ dry: true }, { signal }), () => {}, signal)
      .then(setPreview)
      .catch((error: unknown) => {
        if (!isCancelled(error)) setFailure(failureText(error));
      });
    return () => controller.abort();
  }, []);
  const isEmpty = preview?.removed.length === 0;
  return (
    <form
      className="stack gap-16 dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        if (preview) void removeBackups(preview);
      }}
    >
      {!preview && failure === null && <p className="dim">{t('common:loading')}</p>}
      {failure !== null && <p role="alert">{failure}</p>}
      {isEmpty && <p>{t('old.none')}</p>}
      {preview && !isEmpty && (
        <>
          <p>{t('old.what', { count: preview.removed.length, bytes: bytesText(preview.bytes) })}</p>
          <ul className={`stack scroll gap-8 small bullets ${styles.old}`}>
            {preview.removed.map(({ id, made, reason }) => (
              <RemovedBackup key={id} {...{ made, reason }} backup={backups.find((one) => one.id === id)} />
            ))}
          </ul>
        </>
      )}
      {preview && (
        <p className="dim">
          {t('old.stay', { count: preview.kept.length })} {ruleText(preview.retention)}
        </p>
      )}
      <div className="dialog-buttons">
        <Button data-autofocus onClick={onDone}>
          {t(isEmpty ? 'common:close' : 'common:cancel')}
        </Button>
        {!isEmpty && (
          <Button variant="filled" type="submit" color="red" disabled={!preview}>
            {t('old.yes')}
          </Button>
        )}
      </div>
    </form>
  );
}
