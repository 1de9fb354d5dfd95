import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Backup, RestorePreview } from '#shared/contract/backups.ts';
import { useDamage } from '../../../api/damage.ts';
import { api } from '../../../api/client.ts';
import { shell } from '../../../api/shell.ts';
import { say } from '../../../i18n/setup.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { flush } from '../../../stores/seat.ts';
import { describeError } from '../../../text/faults.ts';
import { named } from '../named.ts';
import { reasonText } from '../reasons.ts';
import { ActionFrame } from '../../../ui/ActionDialog.tsx';
import { openDialog } from '../../../ui/dialog.tsx';
import { report } from '../../../ui/notices.tsx';
import { When } from '../../../ui/When.tsx';
import { useTypedName } from '../../../ui/TypedName.tsx';
import { CountsTable } from './CountsTable.tsx';

/** Asks whether a backup shall take the place of the records, after showing what that would do. */
export function askToRestore(backup: Backup): void {
  openDialog({ title: say('backups:restore.title', { when: named(backup) }), size: 520 }, (close) => (
    <RestoreForm backup={backup} onDone={close} />
  ));
}

/** What becomes of what was done since, and what is unusual about the backup. */
function Facts({ preview: { line, later, acts, schema } }: { preview: RestorePreview }) {
  const { t } = useTranslation('backups');
  // Of a damaged file no backup can be made first.
  const damaged = useDamage(({ met }) => met);
  const since = damaged ? 'restore.laterDamaged' : 'restore.later';
  return (
    <>
      {later !== null && <p>{later === 0 ? t('restore.noneLater') : t(since, { count: later })}</p>}
      {line !== 'same' && (
        <p className="restore-warn">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          {t(`restore.line.${line}`)}
        </p>
      )}
      {acts && (
        <p className="restore-warn">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          {t('restore.acts', acts)}
        </p>
      )}
      {schema !== 'same' && <p>{t(`restore.schema.${schema}`)}</p>}
      <p className={damaged ? 'restore-warn' : 'dim'}>
        {t(damaged ? 'restore.safeDamaged' : 'restore.safe')}
      </p>
    </>
  );
}

function RestoreForm({ backup: { id, made, reason }, onDone }: { backup: Backup; onDone: () => void }) {
  const { t } = useTranslation('backups');
  const { data: workspace } = useWorkspace();
  const { data: preview, error } = useQuery({
    queryKey: ['restore', id],
    queryFn: ({ signal }) => api.backups.preview({ id }, { signal }),
    gcTime: 0,
  });
  const { meant, field } = useTypedName();
  const ready = preview && preview.schema !== 'newer' && meant;
  const failure = error ? describeError(error) : null;
  const restore = async (): Promise<void> => {
    // What was typed last belongs to the page that goes.
    await flush();
    await shell.workspace.restore({
      id,
      actor: workspace?.actor.id ?? '',
      another: preview?.line === 'another',
    });
  };
  return (
    <ActionFrame
      working={null}
      failure={failure && (failure.detail ?? failure.title)}
      button={t('restore.yes')}
      running={false}
      bad
      blocked={!ready}
      onRun={() => {
        onDone();
        void restore().catch((problem: unknown) => report(problem, t('restore.failed')));
      }}
      onCancel={onDone}
    >
      {!preview && !failure && <p className="dim">{t('restore.looking')}</p>}
      {preview && (
        <>
          {made !== null && (
            <p className="dim">
              {reasonText(reason)} · <When at={made} />
            </p>
          )}
          <CountsTable now={preview.now} then={preview.backup.counts} called={t('restore.inBackup')} />
          <Facts preview={preview} />
          {field}
        </>
      )}
    </ActionFrame>
  );
}
