import type { OpenRequest } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { previewHandle } from '../transfer/openFile.ts';
import {
  followLink,
  watchRecent,
  useRecentWorkspaces,
  namesKey,
  withNames,
  storeEntry,
  takePendingLink,
  storeName,
} from './followLink.ts';
import { IconFolderOff, IconFolderOpen, IconLink } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { shell, onOpenRequest } from '../../api/shell.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { flushSeat, useSeatItem } from '../../stores/seat.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { useRenameCommand } from '../workspace/useWorkspaceCommands.ts';
import { copyLink } from '../../ui/copyLink.ts';

/** Handles a request of the system: opens a link, previews a file, or reports that it cannot be opened. */
export async function handleOpenRequest(request: OpenRequest): Promise<void> {
  await reportErrors(async () => {
    if (request.kind === 'link') await followLink(request.link);
    else if (request.kind === 'file') await previewHandle(request.file);
    else if (request.reason === 'link_too_long') notice({ id: 'link', title: say('notices:link.tooLong') });
    else if (request.reason === 'workspace_gone') {
      notice({
        id: 'workspace',
        title: say('notices:recent.gone', { name: request.name }),
        more: `${say('notices:recent.goneMore')} ${say('notices:recent.goneSample')}`,
        tone: 'bad',
      });
    } else {
      notice({
        title: say('notices:file.missing', { name: request.name }),
        more: say('notices:file.missingMore'),
        stays: 15_000,
      });
    }
  });
}

async function removeRecent({ id, name }: RecentWorkspace): Promise<void> {
  await reportErrors(async () => {
    await shell.workspace.forgetRecent({ id });
    notice({ title: say('notices:recent.forgotten', { name }) });
  });
}

/** Opens a recent workspace, which reloads the window. A missing workspace is reported, and can be removed from the list. */
async function openRecent(workspace: RecentWorkspace): Promise<void> {
  // Unsaved items of the seat belong to the old workspace, so they are saved first.
  await flushSeat();
  const choice = await shell.workspace.openRecent({ id: workspace.id });
  if (choice.outcome !== 'refused') return;
  notice({
    id: 'workspace',
    title: say('notices:recent.gone', { name: workspace.name }),
    more: say('notices:recent.goneMore'),
    action: { label: say('notices:recent.forget'), run: () => void removeRecent(workspace) },
    stays: 15_000,
  });
}

/** A command for each recent workspace except the open one: in a submenu of File, and in the palette. */
export function useRecentCommands(): void {
  const { t } = useTexts('notices');
  const listedWorkspaces = useRecentWorkspaces((state) => state.list);
  const names = useSeatItem(namesKey);
  const recentWorkspaces = useMemo(() => withNames(listedWorkspaces, names), [listedWorkspaces, names]);
  useEffect(watchRecent, []);
  useCommands(
    () =>
      recentWorkspaces
        .filter(({ current }) => !current)
        .map((workspace): Command => {
          const { id, name, within, missing } = workspace;
          const fullName = within === null ? name : t('recent.within', { name, within });
          const label = missing ? t('recent.missing', { name: fullName }) : fullName;
          return {
            id: `workspace.recent.${id}`,
            group: 'file',
            label,
            fullLabel: t('recent.open', { name: label }),
            submenu: t('recent.under'),
            icon: missing ? IconFolderOff : IconFolderOpen,
            run: () => openRecent(workspace),
          };
        }),
    [recentWorkspaces, t],
  );
}

/** Handles links and files from the system, recent workspaces, and copying of links. Renders nothing. */
export default function OpenRequestHost() {
  const { t } = useTexts('notices');
  useEffect(() => onOpenRequest((opening) => void handleOpenRequest(opening)), []);
  useRecentCommands();
  useRenameCommand();
  const { data: workspace } = useWorkspace();
  const recentWorkspaces = useRecentWorkspaces((state) => state.list);
  useEffect(() => {
    if (!workspace) return;
    storeEntry(workspace, recentWorkspaces);
    storeName(workspace.name, recentWorkspaces);
    const link = takePendingLink();
    if (link !== null) void followLink(link);
  }, [workspace, recentWorkspaces]);
  useCommands(
    () => [
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
  );
  return null;
}
