import { modals } from '@mantine/modals';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mayChange } from '#shared/domain/permissions.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say } from '../../i18n/setup.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { RenameForm } from './RenameForm.tsx';

const modalId = 'rename-workspace';

/** Asks what the workspace shall be called. */
function askForName(now: string): void {
  modals.open({
    modalId,
    title: say('workspace:rename.title'),
    children: <RenameForm now={now} onDone={() => modals.close(modalId)} />,
  });
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
