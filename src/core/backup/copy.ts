import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { readHead } from '../audit/head.ts';
import { openConnection } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { versionOf } from '../db/migrate.ts';
import { countRecords } from '../entities/counts.ts';
import type { Log } from '../log.ts';
import { isoTime } from '../system.ts';
import type { Clock } from '../system.ts';

export interface CopyOptions {
  files: WorkspaceFiles;
  /** Why it is made: import, migrate. */
  reason: string;
  clock: Clock;
  log: Log;
  /** A file that is kept with it, such as the one about to be imported. */
  along?: string | undefined;
}

/**
 * Copies the live file into `backups/<UTC stamp>/` with a manifest: format, schema, size, SHA-256, counts, audit head, why.
 * The copy is made through SQLite under a temporary name, checked, and then renamed. Returns the copy's id, its folder's name.
 */
export function copyWorkspace(options: CopyOptions): string {
  const { files, clock, log } = options;
  const made = isoTime(clock.now());
  const stamp = made.replaceAll(/[-:.]/g, '');
  mkdirSync(files.backups, { recursive: true });
  const building = join(files.backups, `.${stamp}-${process.pid}.part`);
  mkdirSync(building);
  try {
    const image = join(building, 'frames.sqlite');
    const source = openConnection(files.live, { mode: 'read', log });
    try {
      // The file is opened read-only; the pragma beside that would forbid writing the copy too.
      source.pragma('query_only = OFF');
      source.raw.prepare('VACUUM INTO ?').run(image);
    } finally {
      source.close();
    }
    const contents = [describe(image)];
    if (options.along) {
      const along = join(building, `source-${basename(options.along)}`);
      copyFileSync(options.along, along);
      contents.push(describe(along));
    }
    const manifest = { format: 1, made, reason: options.reason, ...examine(image, log), contents };
    writeFileSync(join(building, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const file of ['frames.sqlite', 'manifest.json']) flush(join(building, file));
    return settle(building, files.backups, stamp);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
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

function describe(file: string): { name: string; bytes: number; sha256: string } {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  return { name: basename(file), bytes: statSync(file).size, sha256 };
}

function examine(image: string, log: Log): Record<string, unknown> {
  const copy = openConnection(image, { mode: 'read', log });
  try {
    const check = copy.pragma('integrity_check(1)');
    if (check !== 'ok') throw new Error(`the copy does not pass its check: ${String(check)}`);
    return { schema_version: versionOf(copy), counts: countRecords(copy), head: readHead(copy) };
  } finally {
    copy.close();
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
