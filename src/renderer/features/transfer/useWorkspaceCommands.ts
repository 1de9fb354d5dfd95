import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../api/shell.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { notice, report } from '../../ui/notices.tsx';
import { verifyNow } from '../home/kept/verify.ts';

/** Lets the person choose another workspace. When it is open the window begins anew; a folder that will not do is told of. */
async function chooseWorkspace(which: 'new' | 'existing' | 'sample'): Promise<void> {
  try {
    const choice = await shell.workspace.choose({ which });
    if (choice.outcome !== 'refused') return;
    notice({
      id: 'workspace',
      title: say(`transfer:workspace.${choice.reason}`, { name: choice.name }),
      more: say(`transfer:workspace.${choice.reason}More`),
    });
  } catch (error) {
    report(error, say('transfer:workspace.failed'));
  }
}

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
      ];
    }, [t]),
  );
}
