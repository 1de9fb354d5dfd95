import { join } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { backupsOf } from '../backups-folder.ts';
import type { Home, Target } from '#shared/domain/target.ts';

/** Where everything of a workspace lies, as somebody sees it who has live or a sandbox open. */
export interface WorkspaceFiles {
  folder: string;
  target: Target;
  /** What is open: live, a sandbox's file, or a copy of one of them as it was at a moment. Only core opens it, and only through SQLite. */
  data: string;
  /** The live file, whatever is open. */
  live: string;
  /** The newest audit head that was written down beside `data`. */
  head: string;
  /** Who has `data` open: the lock, and the board that says it in words. */
  lock: string;
  holders: string;
  sandboxes: string;
  golden: string;
  backups: string;
  documents: string;
  logs: string;
}

/** Throws NOT_FOUND for a sandbox's id that can be none: it would decide a path. */
export function workspaceFiles(folder: string, target: Home = { kind: 'live' }): WorkspaceFiles {
  const sandboxes = join(folder, 'sandboxes');
  const live = join(folder, 'frames.sqlite');
  const shared = {
    folder,
    target,
    live,
    sandboxes,
    golden: join(folder, 'golden'),
    backups: backupsOf(folder),
    documents: join(folder, 'documents'),
    logs: join(folder, 'logs'),
  };
  if (target.kind === 'live') {
    const [head, lock] = [join(folder, 'head.json'), join(folder, 'lock.sqlite')];
    return { ...shared, data: live, head, lock, holders: join(folder, 'holders') };
  }
  return { ...shared, ...sandboxFiles(sandboxes, target.id) };
}

/** What a sandbox consists of, in the folder of sandboxes or in their trash. Throws NOT_FOUND. */
export function sandboxFiles(
  folder: string,
  id: string,
): Pick<WorkspaceFiles, 'data' | 'head' | 'lock' | 'holders'> {
  if (!isSandboxId(id)) throw noSandbox(id);
  const named = (end: string): string => join(folder, `${id}${end}`);
  return {
    data: named('.sqlite'),
    head: named('.head.json'),
    lock: named('.lock.sqlite'),
    holders: named('.holders'),
  };
}

export function noSandbox(id: string): Fault {
  return new Fault('NOT_FOUND', `There is no sandbox "${id}".`, { type: 'sandbox', id });
}

/** "FRMS" in SQLite's application_id: tells our file from anybody else's. */
export const applicationId = 0x46524d53;
