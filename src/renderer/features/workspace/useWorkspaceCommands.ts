import { changeVerdict } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import type { Command } from '../../commands/command.ts';
import { enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe, useWorkspace } from '../../stores/profile.ts';
import { denialText } from '../../text/faults.ts';
import { askForName } from '../../ui/RenameForm.tsx';
import { shell } from '../../api/shell.ts';
import { navigate } from '../../stores/address.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { verifyNow } from './verify.ts';
import { chooseWorkspace } from './chooseWorkspace.ts';

function askToRename(currentName: string): void {
  askForName({
    title: say('workspace:rename.title'),
    currentName,
    hint: say('workspace:rename.hint'),
    button: say('common:rename'),
    rename: (name) => api.workspace.rename({ name }),
    doneText: (name) => say('workspace:rename.done', { name }),
  });
}

export function useRenameCommand(): void {
  const { t } = useTexts('workspace');
  const { data } = useWorkspace();
  const me = useMe();
  const name = data?.name;
  const refusal = denialText(me && changeVerdict(me, { type: 'workspace', universities: [null] }));
  useCommands(
    () => [
      {
        id: 'workspace.rename',
        group: 'file',
        label: `${t('rename.title')}…`,
        ...enabledUnless(refusal, name !== undefined),
        run: () => askToRename(name ?? ''),
      },
    ],
    [t, name, refusal],
  );
}

/** Commands to open other workspaces, and to show the folder and state of this one. */
export function useWorkspaceCommands(): void {
  const { t } = useTexts('transfer');
  useCommands(() => {
    const command = (id: string, label: string, run: () => unknown): Command => {
      return { id: `workspace.${id}`, group: 'file', label, run };
    };
    return [
      command('new', t('workspace.new'), () => chooseWorkspace('new')),
      command('open', t('workspace.open'), () => chooseWorkspace('existing')),
      command('sample', t('workspace.sample'), () => chooseWorkspace('sample')),
      command('verify', t('workspace.verify'), () => {
        navigate({ kind: 'home' });
        return verifyNow();
      }),
      command('reveal', t('workspace.reveal'), () => shell.workspace.reveal({}).catch(reportError)),
      command('backups', t('workspace.backups'), async () => {
        if (!(await shell.workspace.revealBackups({}))) notice({ title: t('workspace.noBackups') });
      }),
    ];
  }, [t]);
}
