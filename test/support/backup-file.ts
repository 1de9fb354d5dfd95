import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { addBackup } from '#core/versions/add.ts';
import { exportBackup } from '#core/versions/export.ts';
import type { VersionManifest } from '#core/versions/manifest.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { preambleBytes } from '#core/kernel/files/package.ts';
import { withPreamble } from '#core/kernel/files/package.ts';
import type { AddedBackup, ExportedBackup } from '#shared/contract/backups.ts';
import { testFolder } from './folder.ts';

interface Of {
  files: WorkspaceFiles;
}

const quiet = () => ({ log: silentLog, onProgress: (): void => {}, signal: new AbortController().signal });

/** Writes a backup to another place. */
export const exportTo = (
  { files }: Of,
  id: string,
  path: string,
  more: Partial<Parameters<typeof exportBackup>[0]> = {},
): Promise<ExportedBackup> =>
  exportBackup({ ...quiet(), ids: createIds(systemClock, systemRandom), files, id, path, ...more });

/** Adds a file to the backups of a workspace. */
export const addFrom = (
  { files }: Of,
  path: string,
  more: Partial<Parameters<typeof addBackup>[0]> = {},
): Promise<AddedBackup> => addBackup({ ...quiet(), clock: systemClock, files, path, ...more });

/** A version file taken apart, so that a test can put another one together. */
export interface Parts {
  manifest: VersionManifest;
  content: Buffer;
}

export function takeApart(file: string): Parts {
  const bytes = readFileSync(file);
  const end = preambleBytes + bytes.readUInt32BE(8);
  const manifest = JSON.parse(bytes.toString('utf8', preambleBytes, end)) as VersionManifest;
  return { manifest, content: zstdDecompressSync(bytes.subarray(end, -32)) };
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Puts a file together as somebody would who knows how: every hash of its form holds. */
export function putTogether(path: string, { manifest, content }: Parts): void {
  const stored = zstdCompressSync(content);
  const head = withPreamble(Buffer.from(JSON.stringify({ ...manifest, stored_bytes: stored.length })));
  const start = Buffer.concat([head, stored]);
  writeFileSync(path, Buffer.concat([start, createHash('sha256').update(start).digest()]));
}

/** Changes a version file as somebody would who knows how. */
export function rewrite(file: string, change: (parts: Parts) => void): void {
  const parts = takeApart(file);
  change(parts);
  chmodSync(file, 0o644);
  putTogether(file, parts);
}

/** Puts another database into a file, and says so as if it had been so. */
export function replaceContent(parts: Parts, bytes: Buffer): void {
  parts.content = bytes;
  Object.assign(parts.manifest, { bytes: bytes.length, sha256: sha256Of(bytes) });
}

/** Changes the database in a file, and says so as if it had been so. */
export function alterDatabase(parts: Parts, change: string | ((db: Database.Database) => void)): void {
  const path = join(testFolder(), 'image');
  writeFileSync(path, parts.content);
  const db = new Database(path);
  db.pragma('foreign_keys = OFF');
  if (typeof change === 'string') db.exec(change);
  else change(db);
  db.close();
  replaceContent(parts, readFileSync(path));
}

/** Everything that lies in the folder of backups, with its bytes' hash: what must not change. */
export function stateOf({ files }: Of): Record<string, string> {
  const state: Record<string, string> = {};
  for (const entry of readdirSync(files.backups, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.name === 'lock.sqlite') continue;
    state[path] = entry.isFile() ? sha256Of(readFileSync(path)) : 'folder';
  }
  return state;
}
