import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../api/shell.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { go } from '../../stores/address.ts';
import { notice, report } from '../../ui/notices.tsx';
import { verifyNow } from './verify.ts';
import { chooseWorkspace } from './chooseWorkspace.ts';

/** Another workspace, and where this one is and whether it is in order: by palette and native menu. */
export function useWorkspaceCommands(): void {
  const { t } = useTranslation('transfer');
  useCommands(
    useMemo((): Command[] => {
      const command = (id: string, label: string, run: () => unknown): Command => {
        return { id: `workspace.${id}`, group: 'file', label, run };
      };
      return [
        command('new', t('workspace.new'), () => chooseWorkspace('new')),
        command('open', t('workspace.open'), () => chooseWorkspace('existing')),
        command('sample', t('workspace.sample'), () => chooseWorkspace('sample')),
        command('verify', t('workspace.verify'), () => {
          go({ kind: 'home' });
          return verifyNow();
        }),
        command('reveal', t('workspace.reveal'), () => shell.workspace.reveal({}).catch(report)),
        command('backups', t('workspace.backups'), async () => {
          if (!(await shell.workspace.revealBackups({}))) notice({ title: t('workspace.noBackups') });
        }),
      ];
    }, [t]),
  );
}
