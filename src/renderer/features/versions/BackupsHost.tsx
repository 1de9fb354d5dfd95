import { IconDatabaseExport, IconDatabaseImport } from '@tabler/icons-react';
import { useEffect } from 'react';
import { backupsVerdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { onShellEvent } from '../../api/shell.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { refreshBackups } from '../../stores/backups.ts';
import { useMe, useReadOnlyReason, fileRefusal } from '../../stores/profile.ts';
import { whyNotLive } from '../../stores/target.ts';
import { denialText } from '../../text/faults.ts';
import { backUpNow } from './actions.ts';
import { pruneBackups } from './prune.tsx';
import { RestoreOverlay } from './restore/RestoreOverlay.tsx';
import { offerBackup, chooseBackupFile } from './add-backup.tsx';
import { setBackupHandler } from '../transfer/openFile.ts';

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
      {
        id: 'data.backup',
        group: 'data',
        label: t('now'),
        icon: IconDatabaseExport,
        ...unlessRefused(notLiveReason ?? readOnlyReason),
        run: () => backUpNow(),
      },
      {
        id: 'data.takeBackup',
        group: 'data',
        label: t('takeBack'),
        icon: IconDatabaseImport,
        ...unlessRefused(addRefusal),
        run: () => chooseBackupFile(),
      },
      {
        id: 'data.prune',
        group: 'data',
        label: t('prune'),
        ...unlessRefused(notLiveReason ?? readOnlyReason ?? manageRefusal),
        run: () => pruneBackups(),
      },
    ];
  }, [t, addRefusal, readOnlyReason, manageRefusal]);
  return <RestoreOverlay />;
}
