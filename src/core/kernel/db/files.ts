import { join } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { backupsFolderOf } from '../backups-folder.ts';
import type { CurrentTarget, Target } from '#shared/domain/target.ts';

export interface WorkspaceFiles {
  folder: string;
  target: Target;
  /** The open file: live, a sandbox's file, or a temporary copy of either. Only core opens it, and only through SQLite. */
  data: string;
  live: string;
  /** File next to `data` that holds a copy of the newest audit head. */
  head: string;
  /** The lock of `data`, and the folder of notes that name its holders. */
  lock: string;
  holders: string;
  sandboxes: string;
  golden: string;
  backups: string;
  documents: string;
  logs: string;
}

/** Throws NOT_FOUND for an invalid sandbox id, because the id becomes part of a path. */
export function workspaceFiles(folder: string, target: CurrentTarget = { kind: 'live' }): WorkspaceFiles {
  const sandboxes = join(folder, 'sandboxes');
  const live = join(folder, 'frames.sqlite');
  const sharedPaths = {
    folder,
    target,
    live,
    sandboxes,
    golden: join(folder, 'golden'),
    backups: backupsFolderOf(folder),
    documents: join(folder, 'documents'),
    logs: join(folder, 'logs'),
  };
  if (target.kind === 'live') {
    const [head, lock] = [join(folder, 'head.json'), join(folder, 'lock.sqlite')];
    return { ...sharedPaths, data: live, head, lock, holders: join(folder, 'holders') };
  }
  return { ...sharedPaths, ...sandboxFiles(sandboxes, target.id) };
}

/** The files of a sandbox, in the folder of sandboxes or its trash. Throws NOT_FOUND for an invalid id. */
export function sandboxFiles(
  folder: string,
  id: string,
): Pick<WorkspaceFiles, 'data' | 'head' | 'lock' | 'holders'> {
  if (!isSandboxId(id)) throw noSandboxFault(id);
  const pathWith = (suffix: string): string => join(folder, `${id}${suffix}`);
  return {
    data: pathWith('.sqlite'),
    head: pathWith('.head.json'),
    lock: pathWith('.lock.sqlite'),
    holders: pathWith('.holders'),
  };
}

export function noSandboxFault(id: string): Fault {
  return new Fault('NOT_FOUND', { type: 'sandbox', id });
}

/** "FRMS" in ASCII, in the header of every database of ours. */
export const applicationId = 0x46524d53;
