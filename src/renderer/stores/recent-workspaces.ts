import { create } from 'zustand';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { onShellEvent } from '../api/shell.ts';

/** The workspaces that were open lately, the latest first, as the shell tells of them. */
export const useRecentWorkspaces = create<{ list: readonly RecentWorkspace[] }>()(() => ({ list: [] }));

/** Follows what the shell tells. Gives a function that ends it. */
export function followRecent(): () => void {
  return onShellEvent((event) => {
    if (event.kind === 'recent') useRecentWorkspaces.setState({ list: event.workspaces });
  });
}
