import type { Target } from './arguments.ts';
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { hasWorkspace } from './workspace-folder.ts';

/** Key for tabs and drafts in the seat. Sandboxes and past states have their own keys, because the same record ids occur in them. */
export const seatIdOf = ({ workspace, sandbox, at }: Target): string =>
  `${sandbox ?? recentId(workspace)}${at === undefined ? '' : ':then'}`;

/** Key for list layouts and window data. Sandboxes and past states share the key of their workspace. */
export const listsIdOf = ({ workspace }: Target): string => recentId(workspace);

/** `live` or the id of a sandbox, with the prefix `then-` for a past state. */
export const targetName = ({ sandbox = 'live', at }: Target): string =>
  at === undefined ? sandbox : `then-${sandbox}`;

export function recentId(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16);
}

/** Describes recent workspaces to a window by name, and by parent folder where names repeat. */
export function describeRecent(folders: readonly string[], current: string): RecentWorkspace[] {
  const names = folders.map((folder) => basename(folder));
  return folders.map((folder, index) => {
    const name = names[index] ?? '';
    const isAmbiguous = names.filter((other) => other === name).length > 1;
    return {
      id: recentId(folder),
      name,
      within: isAmbiguous ? basename(dirname(folder)) : null,
      missing: !hasWorkspace(folder),
      current: folder === current,
    };
  });
}

export function recentFolder(folders: readonly string[], id: string): string | undefined {
  return folders.find((folder) => recentId(folder) === id);
}
