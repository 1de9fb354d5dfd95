import { readHead } from '../audit/head.ts';
import { openConnection } from '../db/connection.ts';
import { copyFile } from '../db/copy-file.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { versionOf } from '../db/migrate.ts';
import { countRecords } from '../entities/counts.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../system.ts';
import { readFacts } from '../workspace/facts.ts';
import type { BackupManifest } from './manifest.ts';

/**
 * Copies the live file to `image` through SQLite, a little at a time, in one state of the file whatever others write beside it. `step` is
 * told how many pages are done, of how many, and may throw to give up.
 */
export async function takeImage(
  files: WorkspaceFiles,
  image: string,
  { log, clock }: { log: Log; clock: Clock },
  step: (done: number, total: number) => void,
): Promise<void> {
  const source = openConnection(files.live, { mode: 'read', log });
  try {
    // Without it a write would make the copy begin anew.
    source.exec('BEGIN');
    readHead(source);
    await copyFile(source, image, clock, step);
  } finally {
    source.close();
  }
  // The copy is a file by itself and not the middle of a write-ahead log.
  const copy = openConnection(image, { mode: 'write', log });
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

export type Examined = Pick<BackupManifest, 'schema_version' | 'counts' | 'head' | 'workspace'>;

/** What a closed copy says of itself. */
export function examine(image: string, log: Log): Examined {
  const copy = openConnection(image, { mode: 'read', log });
  try {
    return {
      schema_version: versionOf(copy),
      counts: countRecords(copy),
      head: readHead(copy),
      workspace: readFacts(copy).id,
    };
  } finally {
    copy.close();
  }
}
