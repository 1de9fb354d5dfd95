import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Backup, Pruned } from '#shared/contract/backups.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { failureText } from '../../text/refusal.ts';
import { momentToSecond } from '../../text/formats.ts';
import { joinWithAnd } from '../../text/names.ts';
import { timeAgo } from '../../text/time.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { inNotice } from '../../ui/in-notice.tsx';
import { backupsChanged, useBackups } from '../../stores/backups.ts';
import { backupContents } from './actions.ts';
import { reasonText } from './reasons.ts';
import styles from './backups.module.css';

/** Previews which backups the rule removes, and removes them once confirmed. */
export function pruneBackups(): void {
  openDialog({ title: say('backups:old.title'), size: 520 }, (close) => <Old onDone={close} />);
}

/** The rule, without spans that keep none. */
function ruleText({ last, ...spans }: Pruned['retention']): string {
  const named = (['daily', 'weekly', 'monthly'] as const)
    .filter((one) => spans[one] > 0)
    .map((one) => say(`backups:old.span.${one}`, { count: spans[one] }));
  const rule = named.length > 0 ? 'backups:old.rule' : 'backups:old.ruleLast';
  return say(rule, { last: say('backups:old.last', { count: last }), spans: joinWithAnd(named) });
}

async function remove({ removed }: Pruned): Promise<void> {
  await inNotice({
    id: 'backup-prune',
    title: say('backups:old.removing'),
    // Only the shown backups are removed.
    start: (signal) => api.backups.prune({ only: removed.map(({ id }) => id) }, { signal }),
    done: (done) => ({
      title: say('backups:old.done', { count: done.removed.length }),
      more: say('backups:old.freed', { bytes: bytesText(done.bytes) }),
    }),
  });
  await backupsChanged();
}

interface GoingProps {
  /** ISO 8601. */
  made: string;
  reason: string;
  /** The entry of the list; missing until loaded. */
  backup: Backup | undefined;
}

function Going({ made, reason, backup }: GoingProps) {
  return (
    <li>
      <time dateTime={made} title={timeAgo(made)}>
        {momentToSecond(made)}
      </time>
      <span className="pill pill-plain">{reasonText(reason)}</span>
      {backup && <p className="dim">{backupContents(backup)}</p>}
    </li>
  );
}

function Old({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('backups');
  const [shown, setShown] = useState<Pruned | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { data: backups = [] } = useBackups();
  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    follow(api.backups.prune({ dry: true }, { signal }), () => {}, signal)
      .then(setShown)
      .catch((error: unknown) => {
        if (!isCancelled(error)) setFailure(failureText(error));
      });
    return () => asking.abort();
  }, []);
  const none = shown?.removed.length === 0;
  return (
    <form
      className={`stack gap-16 ${styles.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        if (shown) void remove(shown);
      }}
    >
      {!shown && failure === null && <p className="dim">{t('common:loading')}</p>}
      {failure !== null && <p role="alert">{failure}</p>}
      {none && <p>{t('old.none')}</p>}
      {shown && !none && (
        <>
          <p>{t('old.what', { count: shown.removed.length, bytes: bytesText(shown.bytes) })}</p>
          <ul className={`stack scroll gap-8 small bullets ${styles.old}`}>
            {shown.removed.map(({ id, made, reason }) => (
              <Going key={id} {...{ made, reason }} backup={backups.find((one) => one.id === id)} />
            ))}
          </ul>
        </>
      )}
      {shown && (
        <p className="dim">
          {t('old.stay', { count: shown.kept.length })} {ruleText(shown.retention)}
        </p>
      )}
      <div className="dialog-buttons">
        <Button data-autofocus variant="default" onClick={onDone}>
          {t(none ? 'common:close' : 'common:cancel')}
        </Button>
        {!none && (
          <Button type="submit" color="red" disabled={!shown}>
            {t('old.yes')}
          </Button>
        )}
      </div>
    </form>
  );
}
