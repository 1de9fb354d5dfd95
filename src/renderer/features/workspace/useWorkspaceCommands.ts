import { useMemo } from 'react';
import { mayChange } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe, useWorkspace } from '../../stores/profile.ts';
import { permissionText } from '../../text/faults.ts';
import { askForName } from '../../ui/RenameForm.tsx';
import { shell } from '../../api/shell.ts';
import { navigate } from '../../stores/address.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { verifyNow } from './verify.ts';
import { chooseWorkspace } from './chooseWorkspace.ts';

function rename(now: string): void {
  askForName({
    title: say('workspace:rename.title'),
    now,
    hint: say('workspace:rename.hint'),
    button: say('common:rename'),
    rename: (name) => api.workspace.rename({ name }),
    done: (name) => say('workspace:rename.done', { name }),
  });
}

export function useRenameCommand(): void {
  const { t } = useTexts('workspace');
  const { data } = useWorkspace();
  const me = useMe();
  const name = data?.name;
  const verdict = me && mayChange(me, { type: 'workspace', universities: [null] });
  const why = verdict?.allowed === false ? permissionText(verdict.rule) : null;
  useCommands(
    useMemo(
      (): Command[] => [
        {
          id: 'workspace.rename',
          group: 'file',
          label: `${t('rename.title')}…`,
          ...unlessRefused(why, name !== undefined),
          run: () => rename(name ?? ''),
        },
      ],
      [t, name, why],
    ),
  );
}

/** Commands to open other workspaces, and to show the folder and state of this one. */
export function useWorkspaceCommands(): void {
  const { t } = useTexts('transfer');
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
          navigate({ kind: 'home' });
          return verifyNow();
        }),
        command('reveal', t('workspace.reveal'), () => shell.workspace.reveal({}).catch(reportError)),
        command('backups', t('workspace.backups'), async () => {
          if (!(await shell.workspace.revealBackups({}))) notice({ title: t('workspace.noBackups') });
        }),
      ];
    }, [t]),
  );
}
