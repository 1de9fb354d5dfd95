import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { copyFile, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readHead } from '../audit/head.ts';
import { openConnection } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { versionOf } from '../db/migrate.ts';
import { countRecords } from '../entities/counts.ts';
import type { Log } from '../log.ts';
import { checkCancelled } from '../progress.ts';
import { isoTime } from '../system.ts';
import type { Clock } from '../system.ts';
import { checkImage } from './check-image.ts';

export interface CopyOptions {
  files: WorkspaceFiles;
  /** Why it is made: import, migrate. */
  reason: string;
  clock: Clock;
  log: Log;
  /** A file that is kept with it, such as the one about to be imported. */
  along?: string | undefined;
  /** Told how many pages of the file are copied, of how many. */
  tell?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Pages copied between two pauses: some ten milliseconds of work. */
const pages = 1500;

/**
 * Copies the live file into `backups/<UTC stamp>/` with a manifest: format, schema, size, SHA-256, counts, audit head, why.
 * The copy is made through SQLite under a temporary name, a little at a time, in one state of the file, checked, and then renamed. Returns the copy's id, its folder's name. Throws CANCELLED.
 */
export async function copyWorkspace(options: CopyOptions): Promise<string> {
  const { files, clock, log } = options;
  const made = isoTime(clock.now());
  const stamp = made.replaceAll(/[-:.]/g, '');
  mkdirSync(files.backups, { recursive: true });
  const building = join(files.backups, `.${stamp}-${process.pid}.part`);
  mkdirSync(building);
  try {
    const image = join(building, 'frames.sqlite');
    await copyPages(options, image);
    const contents = [await describe(image)];
    if (options.along) {
      const along = join(building, `source-${basename(options.along)}`);
      await copyFile(options.along, along);
      contents.push(await describe(along));
    }
    await checkImage(image, log, options.signal);
    const manifest = { format: 1, made, reason: options.reason, ...examine(image, log), contents };
    writeFileSync(join(building, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const file of [...contents.map(({ name }) => name), 'manifest.json'])
      await flush(join(building, file));
    return settle(building, files.backups, stamp);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

/** Two copies may be made in one millisecond: the later one gets a number. */
function settle(building: string, backups: string, stamp: string): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stamp : `${stamp}-${number}`;
    try {
      renameSync(building, join(backups, id));
      return id;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
  }
}

async function copyPages({ files, log, tell, signal }: CopyOptions, image: string): Promise<void> {
  const source = openConnection(files.live, { mode: 'read', log });
  try {
    // One state of the file, whatever others write beside it: without it a write would make the copy begin anew.
    source.exec('BEGIN');
    readHead(source);
    await source.raw.backup(image, {
      progress({ totalPages, remainingPages }) {
        checkCancelled(signal);
        tell?.(totalPages - remainingPages, totalPages);
        return pages;
      },
    });
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

async function describe(file: string): Promise<{ name: string; bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { name: basename(file), bytes: statSync(file).size, sha256: hash.digest('hex') };
}

function examine(image: string, log: Log): Record<string, unknown> {
  const copy = openConnection(image, { mode: 'read', log });
  try {
    return { schema_version: versionOf(copy), counts: countRecords(copy), head: readHead(copy) };
  } finally {
    copy.close();
  }
}

/** Waits until a file is on the disk; some 100 ms for 200 MB, in which others go on. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
