import { useEffect, useMemo } from 'react';
import { IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { onOpening } from '../../api/shell.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { useRecentWorkspaces } from '../../stores/recent-workspaces.ts';
import { useRenameCommand } from '../workspace/useRenameCommand.ts';
import { copyLink } from '../../ui/copyLink.ts';
import { noteWorkspace, takeWaiting } from './elsewhere.ts';
import { followLink } from './followLink.ts';
import { openOutside } from './openOutside.ts';
import { useRecentCommands } from './useRecentCommands.ts';
import { noteName } from './workspace-names.ts';

/** What comes from outside: links and files that the system hands over, other workspaces; and links to be handed on. Draws nothing. */
export default function OutsideHost() {
  const { t } = useTranslation('notices');
  useEffect(() => onOpening((opening) => void openOutside(opening)), []);
  useRecentCommands();
  useRenameCommand();
  const { data: workspace } = useWorkspace();
  const recent = useRecentWorkspaces((state) => state.list);
  useEffect(() => {
    if (!workspace) return;
    noteWorkspace(workspace, recent);
    noteName(workspace.name, recent);
    const link = takeWaiting();
    if (link !== null) void followLink(link);
  }, [workspace, recent]);
  useCommands(
    useMemo(
      (): Command[] => [
        {
          id: 'edit.copyLink',
          group: 'edit',
          label: t('link.copy'),
          shortcut: 'mod+shift+C',
          everywhere: true,
          icon: IconLink,
          run: () => copyLink(),
        },
      ],
      [t],
    ),
  );
  return null;
}
