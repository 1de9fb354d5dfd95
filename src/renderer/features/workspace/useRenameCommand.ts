import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mayChange } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say } from '../../i18n/setup.ts';
import { useMe, useWorkspace } from '../../stores/profile.ts';
import { permissionText } from '../../text/faults.ts';
import { askForName } from '../../ui/RenameForm.tsx';

/** Asks what the workspace shall be called. */
function rename(now: string): void {
  askForName({
    title: say('workspace:rename.title'),
    now,
    hint: say('workspace:rename.hint'),
    needed: say('workspace:rename.needed'),
    button: say('workspace:rename.save'),
    failed: say('workspace:rename.failed'),
    rename: (name) => api.workspace.rename({ name }),
    done: (name) => say('workspace:rename.done', { name }),
  });
}

/** Renaming the workspace, for whoever may: in the menu of its name, the native menu and the palette. */
export function useRenameCommand(): void {
  const { t } = useTranslation('workspace');
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
          label: t('rename.command'),
          ...unlessRefused(why, name !== undefined),
          run: () => rename(name ?? ''),
        },
      ],
      [t, name, why],
    ),
  );
}
