import { IconDatabaseExport, IconDatabaseImport } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { backupsVerdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { onShellEvent, shell } from '../../api/shell.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { refreshBackups } from '../../stores/backups.ts';
import { useMe, useReadOnlyReason, fileRefusal } from '../../stores/profile.ts';
import { whyNotLive } from '../../stores/target.ts';
import { denialText } from '../../text/faults.ts';
import { backUpNow } from './actions.ts';
import { pruneBackups } from './prune.tsx';
import { offerBackup, chooseBackupFile } from './add-backup.tsx';
import { setBackupHandler } from '../transfer/openFile.ts';
import { Button } from '@mantine/core';
import { createPortal } from 'react-dom';
import type { RestoreState } from '#shared/shell/events.ts';
import { focusViewUnlessMoved } from '../../ui/focus.ts';
import { listen } from '../../ui/listen.ts';
import { reportError } from '../../ui/notices.tsx';
import { useOverlay } from '../../ui/overlay.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { reportEnd, workText } from './restore/report.ts';
import styles from './backups.module.css';

const dataCommand = commandFactory('data', 'data');

export default function BackupsHost() {
  const { t } = useTexts('backups');
  const me = useMe();
  const addRefusal = fileRefusal(me);
  const readOnlyReason = useReadOnlyReason();
  const manageRefusal = denialText(me && backupsVerdict(me));
  useEffect(
    () =>
      onShellEvent((event) => {
        if (event.kind === 'backedUp') void refreshBackups();
      }),
    [],
  );
  useEffect(() => setBackupHandler(offerBackup), []);
  useCommands(() => {
    const notLiveReason = whyNotLive();
    return [
      dataCommand('backup', t('now'), {
        icon: IconDatabaseExport,
        ...enabledUnless(notLiveReason ?? readOnlyReason),
        run: () => backUpNow(),
      }),
      dataCommand('takeBackup', t('takeBack'), {
        icon: IconDatabaseImport,
        ...enabledUnless(addRefusal),
        run: () => chooseBackupFile(),
      }),
      dataCommand('prune', t('prune'), {
        ...enabledUnless(notLiveReason ?? readOnlyReason ?? manageRefusal),
        run: () => pruneBackups(),
      }),
    ];
  }, [t, addRefusal, readOnlyReason, manageRefusal]);
  return <RestoreOverlay />;
}

/** Blocks all keys except Enter, Space and Tab, so that no command runs. */
function blockOtherKeys(event: KeyboardEvent): void {
  if (!['Enter', ' ', 'Tab'].includes(event.key)) event.stopPropagation();
}

/** Covers the window while the file is closed: shows the progress and can cancel. */
function RestoreOverlay() {
  const { t } = useTexts('backups');
  const [state, setState] = useState<Extract<RestoreState, { state: 'running' }> | null>(null);
  useEffect(
    () =>
      onShellEvent((event) => {
        if (event.kind !== 'restore') return;
        if (event.restore.state === 'running') setState(event.restore);
        else {
          setState(null);
          reportEnd(event.restore);
          // The page was reloaded, and its focus lost.
          focusViewUnlessMoved(null);
        }
      }),
    [],
  );
  const isRunning = state !== null;
  const overlay = useRef<HTMLDivElement>(null);
  const cancelButton = useRef<HTMLButtonElement>(null);
  useOverlay(isRunning, overlay, cancelButton);
  useEffect(() => (isRunning ? listen({ keydown: blockOtherKeys }, true) : undefined), [isRunning]);
  if (!state) return null;
  const title = workText(state.what);
  return createPortal(
    <div
      ref={overlay}
      className="centered inset gone"
      role="alertdialog"
      aria-modal="true"
      aria-label={title}
    >
      <div className={`card stack start scroll gap-12 on-bg gone-box ${styles.restoreBox}`}>
        <h2>{title}</h2>
        <ProgressLine progress={state.progress} label={title} />
        <p className="dim">{t('restore.runningSafe')}</p>
        <Button ref={cancelButton} onClick={() => void shell.workspace.cancelRestore({}).catch(reportError)}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>,
    document.body,
  );
}
