import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mayChange } from '#shared/domain/permissions.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say } from '../../i18n/setup.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { RenameForm } from './RenameForm.tsx';

/** Asks what the workspace shall be called. */
function askForName(now: string): void {
  openDialog({ title: say('workspace:rename.title') }, (close) => <RenameForm now={now} onDone={close} />);
}

/** Renaming the workspace, for whoever may: in the menu of its name, the native menu and the palette. */
export function useRenameCommand(): void {
  const { t } = useTranslation('workspace');
  const { data } = useWorkspace();
  const name = data?.name;
  const may =
    data !== undefined && mayChange(data.actor, { type: 'workspace', universities: [null] }).allowed;
  useCommands(
    useMemo(
      (): Command[] => [
        {
          id: 'workspace.rename',
          group: 'file',
          label: t('rename.command'),
          enabled: may,
          run: () => askForName(name ?? ''),
        },
      ],
      [t, name, may],
    ),
  );
}
