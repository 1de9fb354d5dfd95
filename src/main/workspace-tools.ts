import { basename } from 'node:path';
import type { BrowserWindow } from 'electron';
import { isSandboxId } from '#shared/domain/target.ts';
import type { WorkspaceChoice } from '#shared/shell/workspace.ts';
import type { Target } from './arguments.ts';
import { recentFolder } from './recent.ts';
import { hasWorkspace } from './workspace-folder.ts';

export interface WorkspaceTools {
  window: () => BrowserWindow | null;
  currentTarget: () => Target;
  sample: Target;
  open: (target: Target) => void;
  queueLink: (link: string) => void;
  recentFolders: () => readonly string[];
  removeRecent: (folder: string) => void;
}

/** Opens a recent workspace. Refused as `gone` if it no longer exists; it stays on the list. */
export function openRecent(tools: WorkspaceTools, id: string): WorkspaceChoice {
  const folder = recentFolder(tools.recentFolders(), id);
  if (folder === undefined) return { outcome: 'cancelled' };
  if (!hasWorkspace(folder)) return { outcome: 'refused', reason: 'gone', name: basename(folder) };
  return openIfOther(tools, { workspace: folder, sample: false });
}

export function forgetRecent(tools: WorkspaceTools, id: string): void {
  const folder = recentFolder(tools.recentFolders(), id);
  if (folder !== undefined) tools.removeRecent(folder);
}

/** A sandbox id, or null for live, and a point in time in it. */
interface ViewTarget {
  sandbox: string | null;
  at?: number | string | undefined;
}

/** Switches to a sandbox or live (null), optionally in the past, then follows `link`. False for an invalid id. */
export function switchTarget(
  tools: WorkspaceTools,
  { sandbox, at }: ViewTarget,
  link: string | undefined,
): boolean {
  if (sandbox !== null && !isSandboxId(sandbox)) return false;
  const { workspace, sample, sandbox: openSandbox = null, at: openAt } = tools.currentTarget();
  // The current page follows the link itself.
  if (openSandbox === sandbox && at === openAt) return true;
  if (link !== undefined) tools.queueLink(link);
  tools.open({
    workspace,
    sample,
    ...(sandbox === null ? {} : { sandbox }),
    ...(at === undefined ? {} : { at }),
  });
  return true;
}

export function openIfOther(tools: WorkspaceTools, target: Target): WorkspaceChoice {
  const { workspace, sandbox, at } = tools.currentTarget();
  // The same workspace still opens if the current view is a sandbox or a past state.
  if (target.workspace !== workspace || target.sandbox !== sandbox || target.at !== at) tools.open(target);
  return { outcome: 'opened', name: basename(target.workspace) };
}
