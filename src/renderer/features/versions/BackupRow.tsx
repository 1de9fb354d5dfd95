import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconDots,
  IconFileExport,
  IconFlask,
  IconFolderPlus,
  IconListCheck,
  IconRestore,
  IconShieldCheck,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Backup } from '#shared/contract/backups.ts';
import { mayRestore } from '#shared/domain/permissions.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { useDamage } from '../../api/damage.ts';
import { reportError } from '../../ui/notices.tsx';
import { openAsWorkspace } from './takeBack.tsx';
import { useMe, useWorkspace, whyNothing, whyNoFiles } from '../../stores/profile.ts';
import { whyNotLive, whyNotNow } from '../../stores/target.ts';
import { bytesText } from '../../text/bytes.ts';
import { permissionText } from '../../text/faults.ts';
import { timeAgo, exactTime } from '../../text/time.ts';
import type { IconType } from '../../ui/icons.ts';
import { When } from '../../ui/When.tsx';
import { reasonText as sentenceOf } from '../../text/reasons.ts';
import { tryBackup } from '../play/NewSandbox.tsx';
import { checkBackup, backupContents } from './actions.ts';
import { compareWithNow } from './compare-with-now.ts';
import { reasonText } from './reasons.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { RecordPick } from './restore/RecordPick.tsx';
import { RecordsPreview } from './restore/RecordsPreview.tsx';
import { api } from '../../api/client.ts';
import { VersionForm } from './restore/VersionForm.tsx';
import { momentToSecond } from '../../text/formats.ts';
import { shell } from '../../api/shell.ts';
import { localDay } from '../../text/local-day.ts';
import { inNotice } from '../../ui/in-notice.tsx';
import { PassphraseForm } from '../../ui/passphrase.tsx';
import styles from './backups.module.css';

/** Asks where to write a backup as a file and whether to encrypt it; then writes it. */
function writeFile(backup: Backup): void {
  openDialog({ title: say('backups:file.title') }, (close) => (
    <PassphraseForm
      what={say('backups:file.what')}
      onCancel={close}
      onChosen={(passphrase) => {
        close();
        void write(backup, passphrase).catch(reportError);
      }}
    />
  ));
}

async function write({ id, made }: Backup, passphrase: string | undefined): Promise<void> {
  const suggested = say('backups:suggested', { day: localDay(new Date(made ?? Date.now())) });
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  await inNotice({
    id: 'backup-file',
    title: say('backups:file.writing', { name }),
    start: (signal) => api.backups.exportFile({ id, grant, passphrase }, { signal }),
    done: ({ bytes, file }) => ({
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
const named = ({ id, made }: Pick<Backup, 'id' | 'made'>): string =>
  made === null ? id : momentToSecond(made);

/** Previews the restore of all records from a backup and runs it once confirmed. */
function askToRestore({ id, made, reason }: Backup): void {
  const when = named({ id, made });
  openDialog({ title: say('backups:restore.title', { when }), size: 520 }, (close) => (
    <VersionForm
      chosen={{ id }}
      restore={(how, options) => api.backups.restore({ id, ...how }, options)}
      about={
        made !== null && (
          <p className="dim">
            {reasonText(reason)} · <When at={made} />
          </p>
        )
      }
      button={say('play:done.recover')}
      done={say('backups:restore.changed', { when })}
      onDone={close}
    />
  ));
}

/** Finds records of a backup that are gone or changed, and restores selected ones. */
function askForRecords(backup: Backup): void {
  openDialog({ title: say('backups:records.title', { when: named(backup) }), size: 620 }, (close) => (
    <RecordsForm backup={backup} onDone={close} />
  ));
}

function RecordsForm({ backup: { id }, onDone }: { backup: Backup; onDone: () => void }) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(false);
  return shown ? (
    <RecordsPreview id={id} records={[...picked]} onBack={() => setShown(false)} onDone={onDone} />
  ) : (
    <RecordPick id={id} picked={picked} onPicked={setPicked} onNext={() => setShown(true)} onDone={onDone} />
  );
}

function Wholeness({ backup: { verified, problem } }: { backup: Backup }) {
  const { t } = useTexts('backups');
  if (problem !== null) {
    return (
      <p className="bad">
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
        {sentenceOf(problem)}
      </p>
    );
  }
  if (verified === null) return <p className="dim">{t('unchecked')}</p>;
  return (
    <p className={verified.ok ? styles.good : 'bad'}>
      {verified.ok ? (
        <IconShieldCheck size={15} stroke={1.6} aria-hidden />
      ) : (
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
      )}
      {t(verified.ok ? 'golden:whole' : 'checkedBad')}
      <span className="dim" title={exactTime(verified.at)}>
        {t('checked', { when: timeAgo(verified.at) })}
      </span>
    </p>
  );
}

function Sizes({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const [whole, stored] = [bytesText(backup.bytes), bytesText(backup.stored)];
  return (
    <p className="rigid small text-end copy-size num" title={t('storedTip', { whole, stored })}>
      {whole}
      <span className="block tiny dim">{t('stored', { stored })}</span>
    </p>
  );
}

interface EntryProps {
  backup: Backup;
  why: string | null;
  icon: IconType;
  label: string;
  run: (backup: Backup) => void;
}

function Entry({ backup, why, icon: Icon, label, run }: EntryProps) {
  return (
    <Menu.Item
      disabled={backup.problem !== null || why !== null}
      leftSection={<Icon size={15} stroke={1.6} />}
      onClick={() => run(backup)}
    >
      {label}
      {why !== null && <span className="menu-why">{why}</span>}
    </Menu.Item>
  );
}

/** Restores everything: admins only, not in Play. */
function RestoreItem({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const me = useMe();
  const verdict = me && mayRestore(me);
  const elsewhere = whyNotLive();
  const damaged = useDamage(({ met }) => met) ? t('restore.damaged') : null;
  const why = elsewhere ?? damaged ?? (verdict?.allowed === false ? permissionText(verdict.rule) : null);
  return (
    <Entry {...{ backup, why }} icon={IconRestore} label={t('commands:data.restore')} run={askToRestore} />
  );
}

function CompareItem({ backup }: { backup: Backup }) {
  const { t } = useTexts('past');
  const run = ({ id }: Backup): void => compareWithNow('backup', id);
  return <Entry {...{ backup, run }} why={null} icon={IconArrowsDiff} label={t('bar.compare')} />;
}

function TryItem({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const why = whyNoFiles(useMe());
  return (
    <Entry {...{ backup, why }} icon={IconFlask} label={`${t('insights:tryInPlay')}…`} run={tryBackup} />
  );
}

function WorkspaceItem({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const run = (one: Backup): void => void openAsWorkspace(one).catch(reportError);
  return <Entry {...{ backup, run }} why={null} icon={IconFolderPlus} label={t('workspace.command')} />;
}

/** Restores single records: for everyone who may edit, not in Play. */
function RecordsItem({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const nothing = whyNothing(useMe());
  const why = whyNotLive() ?? nothing;
  return <Entry {...{ backup, why }} icon={IconListCheck} label={t('records.command')} run={askForRecords} />;
}

/** One backup: time, reason, contents, state and actions. */
export function BackupRow({ backup }: { backup: Backup }) {
  const { t } = useTexts('backups');
  const { made, reason, problem, workspace, replaced } = backup;
  const { data: own } = useWorkspace();
  const past = whyNotNow();
  const another = own !== undefined && workspace !== own.id;
  const when = made === null ? t('network:legend.line.unknown') : exactTime(made);
  return (
    <li className="row gap-12 line-below copy-row">
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3>{named(backup)}</h3>
        <span className="row wrap gap-2-8">
          <span className="pill pill-plain">{reasonText(reason)}</span>
          {problem === null && another && <span className="pill pill-plain">{t('ofAnother')}</span>}
          {replaced && !another && (
            <span className="pill pill-warn" title={t('replacedTip')}>
              {t('replaced')}
            </span>
          )}
          {made !== null && <When at={made} className="dim tiny" />}
        </span>
        {problem === null && <p className={`dim ${styles.holds}`}>{backupContents(backup)}</p>}
        <Wholeness backup={backup} />
      </div>
      {problem === null && <Sizes backup={backup} />}
      <Button
        size="xs"
        variant="default"
        disabled={past !== null || (problem !== null && made === null)}
        title={past ?? undefined}
        aria-label={t('verifyNamed', { when })}
        onClick={() => void checkBackup(backup)}
      >
        {t('verify')}
      </Button>
      <Menu position="bottom-end" returnFocus>
        <Menu.Target>
          <ActionIcon aria-label={t('more', { when })}>
            <IconDots size={17} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <CompareItem backup={backup} />
          <RecordsItem backup={backup} />
          <WorkspaceItem backup={backup} />
          <RestoreItem backup={backup} />
          <TryItem backup={backup} />
          <Entry {...{ backup }} why={past} icon={IconFileExport} label={t('export')} run={writeFile} />
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
