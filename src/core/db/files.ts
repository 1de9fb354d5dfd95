import { join } from 'node:path';

/** Where everything of a workspace lies. Only core opens `live`, and only through SQLite. */
export interface WorkspaceFiles {
  folder: string;
  live: string;
  /** The newest audit head that was written down beside the file. */
  head: string;
  lock: string;
  holders: string;
  backups: string;
  logs: string;
}

export function workspaceFiles(folder: string): WorkspaceFiles {
  return {
    folder,
    live: join(folder, 'frames.sqlite'),
    head: join(folder, 'head.json'),
    lock: join(folder, 'lock.sqlite'),
    holders: join(folder, 'holders'),
    backups: join(folder, 'backups'),
    logs: join(folder, 'logs'),
  };
}

/** "FRMS" in SQLite's application_id: tells our file from anybody else's. */
export const applicationId = 0x46524d53;
