import { basename } from 'node:path';
import type { BrowserWindow } from 'electron';
import { isSandboxId } from '#shared/domain/target.ts';
import type { WorkspaceChoice } from '#shared/shell/workspace.ts';
import type { Target } from './arguments.ts';
import { recentFolder } from './recent.ts';
import { holdsWorkspace } from './workspace-folder.ts';

export interface WorkspaceTools {
  window: () => BrowserWindow | null;
  current: () => Target;
  sample: Target;
  open: (target: Target) => void;
  bring: (link: string) => void;
  recent: () => readonly string[];
  forget: (folder: string) => void;
}

/** Opens one of the recent workspaces. Refused as `gone` when it is not there any more; it stays on the list until it is taken off. */
export function openRecent(tools: WorkspaceTools, id: string): WorkspaceChoice {
  const folder = recentFolder(tools.recent(), id);
  if (folder === undefined) return { outcome: 'cancelled' };
  if (!holdsWorkspace(folder)) return { outcome: 'refused', reason: 'gone', name: basename(folder) };
  return opened(tools, { workspace: folder, sample: false });
}

/** Takes a workspace off the recent ones; the folder is not touched. */
export function forgetRecent(tools: WorkspaceTools, id: string): void {
  const folder = recentFolder(tools.recent(), id);
  if (folder !== undefined) tools.forget(folder);
}

/** Where somebody turns to: a sandbox by its id, or live, and the moment at which it is looked at. */
interface Turn {
  sandbox: string | null;
  at?: number | string | undefined;
}

/**
 * Turns to a sandbox of the workspace that is open, or with null to its records, as they are or were at a moment, and there to where `link`
 * leads. False for what is no sandbox's id.
 */
export function turnTo(tools: WorkspaceTools, { sandbox, at }: Turn, link: string | undefined): boolean {
  if (sandbox !== null && !isSandboxId(sandbox)) return false;
  const { workspace, sample, sandbox: now = null, at: then } = tools.current();
  // The page that is there goes where it likes by itself.
  if (now === sandbox && at === then) return true;
  if (link !== undefined) tools.bring(link);
  tools.open({
    workspace,
    sample,
    ...(sandbox === null ? {} : { sandbox }),
    ...(at === undefined ? {} : { at }),
  });
  return true;
}

/** Opens a workspace unless it is the one that is open. */
export function opened(tools: WorkspaceTools, target: Target): WorkspaceChoice {
  const { workspace, sandbox, at } = tools.current();
  // From Play, and from a moment, one comes to live by it.
  if (target.workspace !== workspace || target.sandbox !== sandbox || target.at !== at) tools.open(target);
  return { outcome: 'opened', name: basename(target.workspace) };
}
