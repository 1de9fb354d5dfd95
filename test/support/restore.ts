import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { realDisk } from '#core/kernel/swap/disk.ts';
import type { Disk } from '#core/kernel/swap/disk.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import type { InPlaceResult, InPlaceOptions } from '#core/restore/in-place.ts';
import { systemServices } from '#core/kernel/system.ts';

/** Restores a backup in the place of the records of a closed workspace. */
export function restoreHere(
  folder: string,
  id: string,
  more: Partial<InPlaceOptions> = {},
): Promise<InPlaceResult> {
  return restoreInPlace({
    files: workspaceFiles(folder),
    id,
    ...systemServices(),
    log: silentLog,
    onProgress: () => {},
    signal: new AbortController().signal,
    holder: { kind: 'test', label: 'a restore' },
    ...more,
  });
}

/** Every file of a workspace by its name, with the hash of its bytes; not what lies among backups and logs. The workspace is closed. */
export function bytesIn(folder: string, within = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(folder, within)).toSorted()) {
    if (within === '' && ['backups', 'logs'].includes(name)) continue;
    const path = join(within, name);
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) Object.assign(found, { [`${path}/`]: '' }, bytesIn(folder, path));
    else if (stat.isSymbolicLink()) found[path] = 'a link';
    else
      found[path] = createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex');
  }
  return found;
}

/** What restoring notes beside the records. */
const noted = 'ws_acts';

/** All rows of all tables, by table, but for the replica and what restoring notes; the log as far as one of its transactions. */
export function tablesOf(files: WorkspaceFiles, upTo = Number.MAX_SAFE_INTEGER): Record<string, unknown[]> {
  const db = new Database(files.live, { readonly: true });
  try {
    const all = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all();
    const rows = (name: string): unknown[] => {
      if (name === 'workspace')
        return db.prepare("SELECT * FROM workspace WHERE key <> 'replica' ORDER BY key").all();
      if (name === 'workspaces') return db.prepare(`SELECT * FROM workspaces WHERE id <> '${noted}'`).all();
      if (name.startsWith('audit_'))
        return db.prepare(`SELECT * FROM ${name} WHERE id <= ? ORDER BY id`).all(upTo);
      return db.prepare(`SELECT * FROM "${name}" ORDER BY 1`).all();
    };
    return Object.fromEntries((all as string[]).map((name) => [name, rows(name)]));
  } finally {
    db.close();
  }
}

/** The id of the log's last row. */
export function lastRow(files: WorkspaceFiles): number {
  const db = new Database(files.live, { readonly: true });
  try {
    return db.prepare('SELECT max(id) FROM audit_logs').pluck().get() as number;
  } finally {
    db.close();
  }
}

/** A disk whose operations are numbered from 0; `fail` says which of them do not happen. */
export function failingDisk(fail: (number: number) => boolean): Disk & { count: number } {
  const disk = { ...realDisk, count: 0 };
  for (const name of ['write', 'link', 'rename', 'remove', 'fsync'] as const) {
    const real: (...given: [string, string]) => Promise<void> = realDisk[name];
    Object.assign(disk, {
      [name]: (...given: [string, string]): Promise<void> => {
        const number = disk.count++;
        const error = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
        return fail(number) ? Promise.reject(error) : real(...given);
      },
    });
  }
  return disk;
}
