import { readPiecesOf } from '#files/open-file.ts';
import { clause } from '#shared/texts/sentence.ts';
import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { readRecordedHead } from '../log/audit/head.ts';
import { asDeclaredFault } from '../versions/declared-fault.ts';
import { listBackups } from '../versions/list.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { describeHolders } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import type { WorkspaceLock } from '../kernel/db/lock.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import type { Log } from '../kernel/logger.ts';
import { programVersion } from '../kernel/version.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock, Ids } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { fileRefusal } from '../kernel/files/refusal.ts';
import { checkClosedHealth } from './health.ts';

export interface SupportCopy {
  contents: string[];
  bytes: number;
}

export interface SupportCopyOptions {
  folder: string;
  path: string;
  replace?: boolean | undefined;
  clock: Clock;
  ids: Ids;
  log: Log;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** Files of the workspace's folder that are included unchanged. */
const includedFiles = [
  'frames.sqlite',
  'frames.sqlite-wal',
  'frames.sqlite-journal',
  'head.json',
  'restoring.json',
  'logs/frames.log',
  'logs/frames.log.1',
];

/** A file of the archive, with its bytes or its path. */
interface TarEntry {
  name: string;
  bytes: number;
  content: Buffer | string;
}

/**
 * Writes a gzipped tar archive for the person who helps with a damaged workspace. It has the database with its SQLite files, the program's
 * log, the list of backups and the health report. So it includes the records. It is written completely or not at all.
 * Throws, among others, BAD_FILE; BUSY while the workspace is open; CANCELLED.
 */
export async function writeSupportCopy(options: SupportCopyOptions): Promise<SupportCopy> {
  const { folder, path, replace, ids } = options;
  const files = workspaceFiles(folder);
  try {
    await refuseOwnFile(path, files);
    const reportEntries = await createReport({ ...options, files });
    const lock = tryLockExclusive(files);
    try {
      const entries = [...reportEntries, ...includedFiles.flatMap((name) => entriesOf(folder, name))];
      // An error of an entry reaches the reader of the archive.
      const archive = pipeline(tar(entries, options), createGzip(), () => {});
      const bytes = await writeAtomically(path, ids.uuid(), archive, { replace });
      return { contents: entries.map(({ name }) => name), bytes };
    } finally {
      lock?.release();
    }
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/** Locks out writers during the copy; null if the system denies the lock, as in a read-only folder. */
function tryLockExclusive(files: WorkspaceFiles): WorkspaceLock | null {
  try {
    return lockExclusive(files.lock, () => describeHolders(files.holders)[0] ?? null);
  } catch (error) {
    if (troubleOf(error)) return null;
    throw error;
  }
}

/** The report as JSON files: program, health and backups. A part that cannot be read contains its error instead. */
async function createReport(options: SupportCopyOptions & { files: WorkspaceFiles }): Promise<TarEntry[]> {
  const { files, clock, signal } = options;
  const toErrorReport = (error: unknown): unknown => {
    checkCancelled(signal);
    return { error: String(error) };
  };
  const programFacts = {
    program: programVersion(),
    schema: schemaVersion,
    made: isoTime(clock.now()),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  };
  const report = {
    'about.json': programFacts,
    'health.json': await checkClosedHealth({ ...options, full: true }).catch(toErrorReport),
    'backups.json': await listBackups(files.backups, readRecordedHead(files.head)).catch(toErrorReport),
  };
  return Object.entries(report).map(([name, value]) => {
    const content = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
    return { name, bytes: content.length, content };
  });
}

function entriesOf(folder: string, name: string): TarEntry[] {
  const file = join(folder, name);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return [];
  if (stat.size > maxEntryBytes)
    throw fileRefusal('unwritable', { file: basename(file), why: clause('oneFile') });
  return [{ name, bytes: stat.size, content: file }];
}

async function* tar(
  entries: readonly TarEntry[],
  { clock, signal, onProgress }: SupportCopyOptions,
): AsyncGenerator<Buffer, void, void> {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { name, bytes, content } of entries) {
    yield tarHeader(`frames-support/${name}`, bytes, clock.now());
    let written = 0;
    for await (const piece of piecesOf(content, bytes)) {
      checkCancelled(signal);
      written += piece.length;
      done += piece.length;
      onProgress({ kind: 'progress', step: 'writing', done, total });
      yield piece;
    }
    if (written < bytes) yield Buffer.alloc(bytes - written);
    yield tarPadding(bytes);
  }
  yield tarEnd();
}

/** Stops at the announced size: the program's log can have grown since the file was measured. */
function piecesOf(content: Buffer | string, bytes: number): AsyncIterable<Buffer> | Buffer[] {
  if (typeof content !== 'string') return [content];
  return readPiecesOf(content, { end: bytes });
}

const blockBytes = 512;

/** The largest file size in bytes that the format can express. */
const maxEntryBytes = 8 ** 11 - 1;

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** The header of a file in a tar archive (POSIX ustar). `made` is in milliseconds; the name is at most 100 bytes. */
function tarHeader(name: string, bytes: number, made: number): Buffer {
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0, 100);
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(bytes, 12), 124);
  header.write(octal(Math.max(0, Math.floor(made / 1000)), 12), 136);
  // The checksum is computed with spaces in its field.
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Pads a file to a whole block. */
const tarPadding = (bytes: number): Buffer => Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);

const tarEnd = (): Buffer => Buffer.alloc(blockBytes * 2);
