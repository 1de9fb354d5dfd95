import { IconDatabaseExport, IconDatabaseImport } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { mayKeepBackups } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { onShellEvent } from '../../api/shell.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { backupsChanged } from '../../stores/backups.ts';
import { useMe, useReadOnly, whyNoFiles } from '../../stores/profile.ts';
import { whyNotLive } from '../../stores/target.ts';
import { permissionText } from '../../text/faults.ts';
import { backUpNow } from './actions.ts';
import { pruneBackups } from './prune.tsx';
import { RestoreOver } from './restore/RestoreOver.tsx';
import { offerBackup, takeBack } from './takeBack.tsx';
import { handleBackupFiles } from '../transfer/openFile.ts';

export default function BackupsHost() {
  const { t } = useTexts('backups');
  const me = useMe();
  const nothing = whyNoFiles(me);
  const closed = useReadOnly();
  const verdict = me && mayKeepBackups(me);
  const admin = verdict?.allowed === false ? permissionText(verdict.rule) : null;
  useEffect(
    () =>
      onShellEvent((event) => {
        if (event.kind === 'backedUp') void backupsChanged();
      }),
    [],
  );
  useEffect(() => handleBackupFiles(offerBackup), []);
  useCommands(
    useMemo((): Command[] => {
      const play = whyNotLive();
      return [
        {
          id: 'data.backup',
          group: 'data',
          label: t('now'),
          icon: IconDatabaseExport,
          ...unlessRefused(play ?? closed),
          run: () => backUpNow(),
        },
        {
          id: 'data.takeBackup',
          group: 'data',
          label: t('takeBack'),
          icon: IconDatabaseImport,
          ...unlessRefused(nothing),
          run: () => takeBack(),
        },
        {
          id: 'data.prune',
          group: 'data',
          label: t('prune'),
          ...unlessRefused(play ?? closed ?? admin),
          run: () => pruneBackups(),
        },
      ];
    }, [t, nothing, closed, admin]),
  );
  return <RestoreOver />;
}
