import type { Target } from './arguments.ts';
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { holdsWorkspace } from './workspace-folder.ts';

/** What the seat keeps tabs and drafts under: a sandbox has its own, its records have the ids of live's; so has what is looked at as it was. */
export const seatIdOf = ({ workspace, sandbox, at }: Target): string =>
  `${sandbox ?? recentId(workspace)}${at === undefined ? '' : ':then'}`;

/** What the seat keeps the layout of lists under, and the window what it told: that of a workspace is the same in its sandboxes and its past. */
export const listsIdOf = ({ workspace }: Target): string => recentId(workspace);

/** What the page is told it is of: `live`, the id of a sandbox, or `then-` and one of the two. */
export const nameOf = ({ sandbox = 'live', at }: Target): string =>
  at === undefined ? sandbox : `then-${sandbox}`;

/** What a window calls a folder by: it says nothing of where that is. */
export function recentId(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16);
}

/** The recent workspaces as a window may know them: by name, and where two have the same, by what they lie in. */
export function describeRecent(folders: readonly string[], current: string): RecentWorkspace[] {
  const names = folders.map((folder) => basename(folder));
  return folders.map((folder, index) => {
    const name = names[index] ?? '';
    const twice = names.filter((other) => other === name).length > 1;
    return {
      id: recentId(folder),
      name,
      within: twice ? basename(dirname(folder)) : null,
      missing: !holdsWorkspace(folder),
      current: folder === current,
    };
  });
}

/** The folder that an id stands for, among those that are remembered. */
export function recentFolder(folders: readonly string[], id: string): string | undefined {
  return folders.find((folder) => recentId(folder) === id);
}
