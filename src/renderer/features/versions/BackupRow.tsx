import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconFileExport,
  IconFlask,
  IconFolderPlus,
  IconListCheck,
  IconRestore,
  IconShieldCheck,
} from '@tabler/icons-react';
import type { Backup } from '#shared/contract/backups.ts';
import { restoreVerdict } from '#shared/domain/permissions.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { useCorruption } from '../../api/corruption.ts';
import { reportError } from '../../ui/notices.tsx';
import { openAsWorkspace } from './add-backup.tsx';
import { useMe, useWorkspace, writeRefusal, fileRefusal } from '../../stores/profile.ts';
import { whyNotLive, whyNotNow } from '../../stores/target.ts';
import { bytesText } from '../../text/bytes.ts';
import { denialText } from '../../text/faults.ts';
import { timeAgo, exactTime } from '../../text/time.ts';
import type { IconType } from '../../ui/icons.ts';
import { MenuAction } from '../../ui/MenuAction.tsx';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { When } from '../../ui/When.tsx';
import { reasonText as sentenceOf } from '../../text/reasons.ts';
import { openFormForBackup } from '../play/NewSandbox.tsx';
import { checkBackup, backupContents, compareWithNow } from './actions.ts';
import { reasonText } from './reasons.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { RecordsForm } from './restore/RecordsPreview.tsx';
import { api } from '../../api/client.ts';
import { VersionForm } from './restore/VersionForm.tsx';
import { dateTimeToSecond } from '../../text/formats.ts';
import { shell } from '../../api/shell.ts';
import { localDay } from '../../text/local-day.ts';
import { runWithNotice } from '../../ui/long-work.tsx';
import { PassphraseForm } from '../../ui/passphrase.tsx';
import styles from './backups.module.css';
import { RowButton } from '../../ui/RowButton.tsx';

/** Asks where to write a backup as a file and whether to encrypt it; then writes it. */
function askToExport(backup: Backup): void {
  openDialog({ title: say('backups:file.title') }, (close) => (
    <PassphraseForm
      text={say('backups:file.what')}
      onCancel={close}
      onChosen={(passphrase) => {
        close();
        void exportBackup(backup, passphrase).catch(reportError);
      }}
    />
  ));
}

async function exportBackup({ id, made }: Backup, passphrase: string | undefined): Promise<void> {
  const suggested = say('backups:suggested', { day: localDay(new Date(made ?? Date.now())) });
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  await runWithNotice({
    id: 'backup-file',
    title: say('backups:file.writing', { name }),
    start: (signal) => api.backups.exportFile({ id, grant, passphrase }, { signal }),
    resultNotice: ({ bytes, file }) => ({
      title: say('backups:file.done', { name: file }),
      more: bytesText(bytes),
      action: {
        label: say('common:showInFolder'),
        run: () => void shell.revealFile({ grant }).catch(reportError),
      },
    }),
  });
}

/** A backup's name: its time with seconds, else its id. */
const backupName = ({ id, made }: Pick<Backup, 'id' | 'made'>): string =>
  made === null ? id : dateTimeToSecond(made);

/** Previews the restore of all records from a backup and runs it once confirmed. */
function askToRestore({ id, made, reason }: Backup): void {
  const when = backupName({ id, made });
  openDialog({ title: say('backups:restore.title', { when }), size: 520 }, (close) => (
    <VersionForm
      input={{ id }}
      restore={(request, options) => api.backups.restore({ id, ...request }, options)}
      intro={
        made !== null && (
          <p className="dim">
            {reasonText(reason)} · <When at={made} />
          </p>
        )
      }
      buttonLabel={say('play:done.recover')}
      doneText={say('backups:restore.changed', { when })}
      onDone={close}
    />
  ));
}

/** Opens the form that finds records of a backup that are deleted or changed in live, and restores selected ones. */
function openRecordsForm(backup: Backup): void {
  openDialog({ title: say('backups:records.title', { when: backupName(backup) }), size: 620 }, (close) => (
    <RecordsForm backup={backup} onDone={close} />
  ));
}

function VerifiedState({ backup }: { backup: Backup }) {
  const { verified, problem, damaged_documents: lacking } = backup;
  const { t } = useTexts('backups');
  if (problem !== null) {
    return (
      <p className="bad">
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
        {sentenceOf(problem)}
      </p>
    );
  }
  if (lacking > 0)
    return (
      <p className="warn" title={t('lacksTip')}>
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
        {t('lacks', { count: lacking })}
      </p>
    );
  if (verified === null) return <p className="dim">{t('unchecked')}</p>;
  const Icon = verified.ok ? IconShieldCheck : IconAlertTriangle;
  return (
    <p className={verified.ok ? styles.good : 'bad'}>
      <Icon size={15} stroke={1.6} aria-hidden />
      {t(verified.ok ? 'golden:whole' : 'checkedBad')}
      <span className="dim" title={exactTime(verified.at)}>
        {t('checked', { when: timeAgo(verified.at) })}
      </span>
    </p>
  );
}

function BackupSizes({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const [fullSize, stored] = [bytesText(backup.bytes), bytesText(backup.stored)];
  return (
    <p className="rigid small text-end copy-size num" title={t('storedTip', { whole: fullSize, stored })}>
      {fullSize}
      <span className="block tiny dim">{t('stored', { stored })}</span>
    </p>
  );
}

/** The actions on a backup; those that are not allowed now are disabled with the reason. */
function BackupMenu({ backup, when }: { backup: Backup; when: string }) {
  const { t } = useTexts('backups');
  const me = useMe();
  const isCorrupt = useCorruption((corruption) => corruption.isCorrupt);
  const restoreRefusal =
    whyNotLive() ?? (isCorrupt ? t('restore.damaged') : denialText(me && restoreVerdict(me)));
  const actions: readonly [IconType, label: string, (backup: Backup) => unknown, why?: string | null][] = [
    [IconArrowsDiff, t('past:bar.compare'), ({ id }) => compareWithNow('backup', id)],
    [IconListCheck, t('records.command'), openRecordsForm, whyNotLive() ?? writeRefusal(me)],
    [IconFolderPlus, t('workspace.command'), (chosen) => openAsWorkspace(chosen).catch(reportError)],
    [IconRestore, t('commands:data.restore'), askToRestore, restoreRefusal],
    [IconFlask, `${t('insights:tryInPlay')}…`, openFormForBackup, fileRefusal(me)],
    [IconFileExport, t('export'), askToExport, whyNotNow()],
  ];
  return (
    <MoreMenu label={t('more', { when })}>
      {actions.map(([icon, label, run, why]) => (
        <MenuAction
          key={label}
          {...{ icon, label, why }}
          disabled={backup.problem !== null}
          onRun={() => run(backup)}
        />
      ))}
    </MoreMenu>
  );
}

/** One backup: time, reason, contents, state and actions. */
export function BackupRow({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const { made, reason, problem, workspace, replaced } = backup;
  const { data: currentWorkspace } = useWorkspace();
  const pastReason = whyNotNow();
  const isOtherWorkspace = currentWorkspace !== undefined && workspace !== currentWorkspace.id;
  const when = made === null ? t('network:legend.line.unknown') : exactTime(made);
  return (
    <li className="row gap-12 line-below copy-row">
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3>{backupName(backup)}</h3>
        <span className="row wrap gap-2-8">
          <span className="pill pill-plain">{reasonText(reason)}</span>
          {problem === null && isOtherWorkspace && <span className="pill pill-plain">{t('ofAnother')}</span>}
          {replaced && !isOtherWorkspace && (
            <span className="pill pill-warn" title={t('replacedTip')}>
              {t('replaced')}
            </span>
          )}
          {made !== null && <When at={made} className="dim tiny" />}
        </span>
        {problem === null && <p className={`dim ${styles.holds}`}>{backupContents(backup)}</p>}
        <VerifiedState backup={backup} />
      </div>
      {problem === null && <BackupSizes backup={backup} />}
      <RowButton
        label={t('verify')}
        named={t('verifyNamed', { when })}
        why={pastReason}
        disabled={problem !== null && made === null}
        onClick={() => void checkBackup(backup)}
      />
      <BackupMenu {...{ backup, when }} />
    </li>
  );
}
