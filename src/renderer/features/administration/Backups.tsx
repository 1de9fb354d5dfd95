import { Progress } from '@mantine/core';
import { IconAlertTriangle, IconArchive, IconCircleCheck } from '@tabler/icons-react';
import type { ServerBackup, ServerJob } from '#shared/contract/server/admin.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { exactTime } from '../../text/time.ts';
import { numberText } from '../../text/values.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { When } from '../../ui/When.tsx';
import { useSync } from '../sync/state.ts';
import { hostOf } from '../sync/status-texts.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { dueText } from './health.ts';
import { isUnderWay, storeJob, useBackupStatus, usePeopleNames } from './queries.ts';
import { api } from '../../api/client.ts';
import { shortDateTime } from '../../text/formats.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { notice } from '../../ui/notices.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import styles from './administration.module.css';
import { useTypedName } from '../../ui/TypedName.tsx';
import { useQuery } from '@tanstack/react-query';
import { queryFor } from '../../stores/queries.ts';
import { RowButton } from '../../ui/RowButton.tsx';

function askToRestore(backup: ServerBackup, server: string): void {
  openDialog({ title: say('administration:restore.title'), size: 520 }, (close) => (
    <RestoreForm backup={backup} server={server} onDone={close} />
  ));
}

interface RestoreFormProps {
  backup: ServerBackup;
  server: string;
  onDone: () => void;
}

function RestoreForm({ backup: { id, made_at, records }, server, onDone }: RestoreFormProps) {
  const { t } = useTexts('administration');
  const { saving, failure, onSubmit } = useSubmit(async () => {
    const job = await api.administration.restore({ backup: id, confirm: id });
    onDone();
    storeJob(job);
    notice({ id: 'server-backup', title: t('restore.begun') });
  });
  const { isConfirmed, field } = useTypedName({ name: server, disabled: saving });
  return (
    <form
      className={`stack single gap-16 dialog-form ${styles.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (isConfirmed) onSubmit(event);
      }}
    >
      <p>{t('restore.what', { server, when: shortDateTime(Date.parse(made_at)), count: records })}</p>
      <ul className="stack gap-4 small dim bullets">
        <li>{t('restore.offered')}</li>
        <li>{t('restore.people')}</li>
        <li>{t('restore.before')}</li>
      </ul>
      {field}
      <FormButtons
        bad
        failure={failure}
        saveLabel={t('restore.yes')}
        saving={saving}
        blocked={!isConfirmed}
        onCancel={onDone}
      />
    </form>
  );
}

function JobStatus({ job }: { job: ServerJob | null }) {
  const { t } = useTexts('administration');
  if (!job) return null;
  const { kind, state, progress, problem } = job;
  if (state === 'dead')
    return (
      <p className="stack center gap-8 small warn stale-note bad" role="alert">
        <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
        <span>
          {t(`backups.failed.${kind}`)} {problem}
        </span>
      </p>
    );
  if (!isUnderWay(job)) return null;
  const percent = Math.round(Math.max(0, Math.min(1, progress)) * 100);
  return (
    <div className={`progress ${styles.job}`}>
      <output className="flex apart gap-16">
        <span>{state === 'pending' ? t('backups.waiting') : t(`backups.running.${kind}`)}</span>
        <span className="num dim">{percent} %</span>
      </output>
      <Progress.Root size={6}>
        <Progress.Section value={percent} aria-label={t(`backups.running.${kind}`)} />
      </Progress.Root>
    </div>
  );
}

function BackupSummary({
  newestBackup,
  nextDue,
}: {
  newestBackup: ServerBackup | undefined;
  nextDue: string | null;
}) {
  const { t } = useTexts('administration');
  const StatusIcon = newestBackup ? IconCircleCheck : IconAlertTriangle;
  return (
    <div>
      <p className={`row gap-8 title strong ${styles[newestBackup ? 'good' : 'warn']}`}>
        <StatusIcon size={20} stroke={1.6} aria-hidden />
        {newestBackup ? (
          <span>
            {t('home:kept.backup')} <When at={newestBackup.made_at} />
          </span>
        ) : (
          t('home:kept.noBackup')
        )}
      </p>
      <p className="dim">
        {nextDue === null ? (
          t('backups.unscheduled')
        ) : (
          <>
            {t('backups.next')}{' '}
            <time dateTime={nextDue} title={exactTime(nextDue)}>
              {dueText(nextDue)}
            </time>
          </>
        )}
      </p>
    </div>
  );
}

const reasonKeys = { manual: 'asked', daily: 'daily', migration: 'migrate', restore: 'restore' } as const;

function BackupTable({ backups, isBusy }: { backups: readonly ServerBackup[]; isBusy: boolean }) {
  const { t } = useTexts('administration');
  const server = hostOf(useSync(({ status }) => status?.server?.url ?? ''));
  const names = usePeopleNames();
  const columns: readonly DataColumn<ServerBackup>[] = [
    {
      key: 'made',
      title: t('backups.made'),
      kind: 'name',
      renderCell: ({ made_at, problem }) => (
        <>
          <When at={made_at} />
          {problem !== undefined && <p className="tiny bad">{problem}</p>}
        </>
      ),
    },
    {
      key: 'reason',
      title: t('backups.reason'),
      renderCell: ({ reason, encrypted }) => (
        <>
          {t(`backups:reason.${reasonKeys[reason]}`)}
          {encrypted && <span className="dim"> · {t('backups.encrypted')}</span>}
        </>
      ),
    },
    {
      key: 'by',
      title: t('backups.by'),
      renderCell: ({ by }) => (by === null ? t('part.server') : (names.get(by) ?? by)),
    },
    {
      key: 'records',
      title: t('common:records'),
      kind: 'number',
      renderCell: ({ records }) => numberText(records),
    },
    {
      key: 'files',
      title: t('backups.files'),
      kind: 'number',
      renderCell: ({ files }) => {
        if (!files) return t('backups.noFiles');
        const { count, bytes, lacking } = files;
        const lackingTexts = lacking > 0 ? [t('backups.lacking', { count: lacking })] : [];
        return [numberText(count), bytesText(bytes), ...lackingTexts].join(' · ');
      },
    },
    {
      key: 'size',
      title: t('records:field.size'),
      kind: 'number',
      renderCell: ({ size }) => bytesText(size),
    },
    {
      key: 'buttons',
      kind: 'buttons',
      renderCell: (backup) => (
        <RowButton
          label={t('commands:data.restore')}
          named={t('backups.restoreNamed', { when: exactTime(backup.made_at) })}
          disabled={isBusy}
          onClick={() => askToRestore(backup, server)}
        />
      ),
    },
  ];
  return (
    <DataTable
      rows={backups}
      columns={columns}
      keyOf={({ id }) => id}
      label={t('part.backups')}
      className="plain-table"
    />
  );
}

export function Backups() {
  const { t } = useTexts('administration');
  const query = useQuery(queryFor('administration.backups', {}));
  const { data: status } = useBackupStatus();
  const job = status?.job ?? null;
  return (
    <QueryView query={query} label={t('common:asking')}>
      {({ backups }) => (
        <>
          <BackupSummary
            newestBackup={backups.find(({ problem }) => problem === undefined)}
            nextDue={status?.next ?? null}
          />
          <JobStatus job={job} />
          {backups.length === 0 ? (
            <EmptyState icon={IconArchive} text={t('backups.none')} />
          ) : (
            <BackupTable backups={backups} isBusy={isUnderWay(job)} />
          )}
        </>
      )}
    </QueryView>
  );
}
