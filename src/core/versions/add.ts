import { createFile, openFile } from '#files/open-file.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { clause, verbatim } from '#shared/texts/sentence.ts';
import { existsSync, mkdirSync } from 'node:fs';
import { realpath, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AddedBackup, FileKind } from '#shared/contract/backups.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { FileReason } from '#shared/contract/reasons.ts';
import { ageMagicBytes, hasAgeMagic } from '../kernel/age-format.ts';
import { refuseMissingFolder } from '../kernel/backups-folder.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { fileRefusal, unreadableFault } from '../kernel/files/refusal.ts';
import { nameBackup } from './create.ts';
import { asDeclaredFault } from './declared-fault.ts';
import { readManifest } from './file.ts';
import { backupIds, describeBackup, readBackup, stampOf } from './list.ts';
import { removeWorkFolders, withVersionsLock, createWorkFolder } from '../kernel/folder-lock.ts';
import { BadVersion } from './manifest.ts';
import type { BackupManifest, VersionManifest } from './manifest.ts';
import { checkRoom, unpackBackup, unpackChecked } from './unpack-version.ts';
import type { ReadOptions } from './unpack-version.ts';
import { readPieces } from '../kernel/workers/io.ts';
import { decryptStream } from '../kernel/files/passphrase.ts';

export interface AddOptions extends ReadOptions {
  path: string;
  passphrase?: string | undefined;
}

/**
 * Adds a backup file of any workspace to the backups here, checked like a new one. Its id is the backup's time, with a number if that id is
 * used; an equal and intact backup is returned instead. Throws BAD_FILE (unreadable, passphrase_needed, wrong_passphrase, not_frames,
 * truncated, damaged, newer_format, other_kind), BACKUP no_room, WORKSPACE, BUSY, CANCELLED; then nothing has changed.
 */
export async function addBackup(options: AddOptions): Promise<AddedBackup> {
  const { files, path, log, signal } = options;
  const { backups, folder } = files;
  try {
    checkCancelled(signal);
    if (!existsSync(folder)) throw workspaceFault('missing', { why: verbatim(folder) });
    refuseMissingFolder(backups);
    const source = await openSource(path);
    try {
      if (!source.isEncrypted) await readBackupManifest(path);
      mkdirSync(backups, { recursive: true });
      const added = await withVersionsLock(backups, 'exclusive', { signal }, async () => {
        await removeWorkFolders(backups, log);
        return buildBackup(source, options);
      });
      log.info(
        { backup: added.id, already: added.already, file: basename(path) },
        'backup added from a file',
      );
      return added;
    } finally {
      await source.handle.close();
    }
  } catch (error) {
    const fault = asDeclaredFault(error);
    log.warn({ file: basename(path), error: String(fault) }, 'backup not added');
    throw fault;
  }
}

interface Source {
  handle: FileHandle;
  isEncrypted: boolean;
}

/** Throws BAD_FILE, reason unreadable. */
async function openSource(path: string): Promise<Source> {
  let handle: FileHandle | undefined;
  try {
    handle = await openFile(path);
    const firstBytes = Buffer.alloc(ageMagicBytes);
    await handle.read(firstBytes, 0, ageMagicBytes, 0);
    return { handle, isEncrypted: hasAgeMagic(firstBytes) };
  } catch (error) {
    await handle?.close();
    throw unreadableFault(basename(path), error);
  }
}

/** The manifest of a backup in an added file. Throws BAD_FILE. */
async function readBackupManifest(file: string, name = basename(file)): Promise<VersionManifest> {
  try {
    const manifest = await readManifest(await realpath(file));
    if (manifest.kind === 'backup') return manifest;
    throw fileRefusal('other_kind', { file: name, why: clause('otherKind', { kind: manifest.kind }) });
  } catch (error) {
    throw error instanceof BadVersion ? toRefusal(error, name) : error;
  }
}

function toRefusal({ reason, why }: BadVersion, name: string): Fault {
  const reasons = {
    foreign: ['found.holdsRecords', 'found.holds'].includes(why.code) ? 'other_kind' : 'not_frames',
    newer: 'newer_format',
    truncated: 'truncated',
    damaged: 'damaged',
    unreadable: 'unreadable',
    missing: 'unreadable',
  } as const satisfies Record<BadVersion['reason'], FileReason>;
  return fileRefusal(reasons[reason], { file: name, why });
}

/** The kind of a file, by its first bytes. Throws BAD_FILE, reason unreadable. */
export async function recognizeFile(path: string): Promise<FileKind> {
  const { handle, isEncrypted } = await openSource(path);
  await handle.close();
  if (isEncrypted) return { kind: 'encrypted', backup: null };
  try {
    const manifest = await readManifest(await realpath(path));
    if (manifest.kind !== 'backup') return { kind: 'other', backup: null };
    const { made, reason, workspace, counts } = manifest;
    return { kind: 'backup', backup: { made, reason, workspace, counts } };
  } catch (error) {
    if (!(error instanceof BadVersion)) throw error;
    if (error.reason === 'foreign')
      return { kind: error.why.code === 'found.holdsRecords' ? 'records' : 'other', backup: null };
    throw toRefusal(error, basename(path));
  }
}

async function buildBackup(source: Source, options: AddOptions): Promise<AddedBackup> {
  const { files, path } = options;
  const name = basename(path);
  const workFolder = await createWorkFolder(files.backups, 'building');
  try {
    const copy = join(workFolder, 'version');
    await copySource(copy, source, options);
    const manifest = await readBackupManifest(copy, name);
    await checkRoom({ kind: 'backup', id: name }, files.backups, manifest.bytes, options.freeBytesOf);
    const database = join(workFolder, 'image');
    const { problem: why } = await unpackChecked(copy, manifest, database, options);
    await rm(database, { force: true });
    if (why !== null) throw fileRefusal('damaged', { file: name, why });
    const existing = await findEqualBackup(manifest, workFolder, options);
    checkCancelled(options.signal);
    if (existing) return { ...describeBackup(existing), already: true };
    return { ...describeBackup(await nameBackup(workFolder, manifest, [], options)), already: false };
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Copies the file to the disk, decrypted if encrypted. Throws BAD_FILE, BACKUP no_room. */
async function copySource(copy: string, { handle, isEncrypted }: Source, options: AddOptions): Promise<void> {
  const { path, passphrase, files, freeBytesOf, signal, onProgress } = options;
  const name = basename(path);
  const { size: total } = await stat(path);
  await checkRoom({ kind: 'backup', id: name }, files.backups, total, freeBytesOf);
  if (isEncrypted && passphrase === undefined) throw fileRefusal('passphrase_needed', { file: name });
  const pieces = isEncrypted
    ? decryptStream(copiedPieces(handle, total), passphrase ?? '', name)
    : readPieces(handle, 0, total);
  const output = await createFile(copy);
  let done = 0;
  try {
    for await (const piece of pieces) {
      checkCancelled(signal);
      await output.writeFile(piece);
      done += piece.length;
      onProgress({ kind: 'progress', step: 'copying', done, total: Math.max(done, total) });
    }
    await output.sync();
  } finally {
    await output.close();
  }
}

/** The pieces as copies, because the decryption keeps several while the buffers are reused. */
async function* copiedPieces(handle: FileHandle, total: number): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of readPieces(handle, 0, total)) yield Buffer.from(piece);
}

/** An equal and intact backup of this workspace, or null. A damaged one does not count, so that the file is added. */
async function findEqualBackup(
  manifest: VersionManifest,
  workFolder: string,
  options: AddOptions,
): Promise<BackupManifest | null> {
  const { backups } = options.files;
  for (const id of await backupIds(backups)) {
    if (!id.startsWith(stampOf(manifest.made))) continue;
    const existing = await readBackup(backups, id).catch(() => null);
    // The size after compression can differ.
    const { stored_bytes } = existing ?? manifest;
    if (!existing || !isDeepStrictEqual({ id, ...manifest, stored_bytes }, existing)) continue;
    const database = join(workFolder, 'here');
    try {
      await unpackBackup(existing, database, options);
      return existing;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'BACKUP') throw error;
    } finally {
      await rm(database, { force: true });
    }
  }
  return null;
}
