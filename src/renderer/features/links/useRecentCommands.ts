import { IconFolderOff, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { shell } from '../../api/shell.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { say } from '../../i18n/setup.ts';
import { followRecent, useRecentWorkspaces } from '../../stores/recent-workspaces.ts';
import { flush, useKept } from '../../stores/seat.ts';
import { notice, report } from '../../ui/notices.tsx';
import { namesKey, withNames } from './workspace-names.ts';

async function forget({ id, name }: RecentWorkspace): Promise<void> {
  try {
    await shell.workspace.forgetRecent({ id });
    notice({ title: say('notices:recent.forgotten', { name }) });
  } catch (error) {
    report(error);
  }
}

/** Opens it; the window begins anew then. One that is not there any more is told of, and can be taken off the list. */
async function open(workspace: RecentWorkspace): Promise<void> {
  // What was kept last belongs to the workspace that is left.
  await flush();
  const choice = await shell.workspace.openRecent({ id: workspace.id });
  if (choice.outcome !== 'refused') return;
  notice({
    id: 'workspace',
    title: say('notices:recent.gone', { name: workspace.name }),
    more: say('notices:recent.goneMore'),
    action: { label: say('notices:recent.forget'), run: () => void forget(workspace) },
    stays: 15_000,
  });
}

/** One command for each recent workspace but the one that is open: a submenu of File, and in the palette by name. */
export function useRecentCommands(): void {
  const { t } = useTranslation('notices');
  const list = useRecentWorkspaces((state) => state.list);
  const names = useKept(namesKey);
  const recent = useMemo(() => withNames(list, names), [list, names]);
  useEffect(followRecent, []);
  useCommands(
    useMemo(
      () =>
        recent
          .filter(({ current }) => !current)
          .map((workspace): Command => {
            const { id, name, within, missing } = workspace;
            const called = within === null ? name : t('recent.within', { name, within });
            const label = missing ? t('recent.missing', { name: called }) : called;
            return {
              id: `workspace.recent.${id}`,
              group: 'file',
              label,
              spoken: t('recent.open', { name: label }),
              under: t('recent.under'),
              icon: missing ? IconFolderOff : IconFolderOpen,
              run: () => open(workspace),
            };
          }),
      [recent, t],
    ),
  );
}
