import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { exportBackup } from '#core/backup/file/export.ts';
import type { BackupFileManifest } from '#core/backup/file/form.ts';
import { takeBackup } from '#core/backup/file/take.ts';
import type { WorkspaceFiles } from '#core/db/files.ts';
import { silentLog } from '#core/log.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { preambleBytes, sealed } from '#core/files/package.ts';
import type { ExportedBackup, TakenBackup } from '#shared/contract/backups.ts';

interface Of {
  files: WorkspaceFiles;
}

const quiet = () => ({ clock: systemClock, tell: (): void => {}, signal: new AbortController().signal });

/** Writes a backup as one file. */
export const exportTo = (
  { files }: Of,
  id: string,
  path: string,
  more: Partial<Parameters<typeof exportBackup>[0]> = {},
): Promise<ExportedBackup> =>
  exportBackup({ ...quiet(), ids: createIds(systemClock, systemRandom), files, id, path, ...more });

/** Takes a file among the backups of a workspace. */
export const takeFrom = (
  { files }: Of,
  path: string,
  more: Partial<Parameters<typeof takeBackup>[0]> = {},
): Promise<TakenBackup> => takeBackup({ ...quiet(), log: silentLog, files, path, ...more });

/** A file taken apart, so that a test can put another one together. */
export interface Parts {
  manifest: BackupFileManifest;
  content: Buffer;
}

export function takeApart(file: string): Parts {
  const bytes = readFileSync(file);
  const end = preambleBytes + bytes.readUInt32BE(8);
  const manifest = JSON.parse(bytes.toString('utf8', preambleBytes, end)) as BackupFileManifest;
  return { manifest, content: zstdDecompressSync(bytes.subarray(end, -32)) };
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Puts a file together as somebody would who knows how: every hash of its form holds. */
export function putTogether(
  path: string,
  { manifest, content }: { manifest: unknown; content: Buffer },
): void {
  const start = Buffer.concat([sealed(Buffer.from(JSON.stringify(manifest))), zstdCompressSync(content)]);
  writeFileSync(path, Buffer.concat([start, createHash('sha256').update(start).digest()]));
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
