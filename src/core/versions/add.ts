import { workspaceFault } from '#shared/contract/faults.ts';
import { clause, verbatim } from '#shared/texts/sentence.ts';
import { existsSync, mkdirSync } from 'node:fs';
import { open, realpath, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AddedBackup, FileKind } from '#shared/contract/backups.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { FileReason } from '#shared/contract/reasons.ts';
import { ageBytes, beginsAsAge } from '../kernel/age-format.ts';
import { refuseMissingPlace } from '../kernel/backups-folder.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { fileRefusal, systemCause } from '../kernel/files/refusal.ts';
import { nameBackup } from './create.ts';
import { asDeclaredFault } from './declared.ts';
import { readManifest } from './file.ts';
import { backupIds, describeBackup, readBackup, stampOf } from './list.ts';
import { removeStaleLocks, withVersions, createWorkFolder } from '../kernel/folder-lock.ts';
import { BadVersion } from './manifest.ts';
import type { BackupManifest, VersionManifest } from './manifest.ts';
import { checkRoom, unpackBackup, unpackChecked } from './open.ts';
import type { Reading } from './open.ts';
import { piecesOf } from './pack.ts';
import { decryptStream } from '../kernel/files/passphrase.ts';
import { NotPlain, openPlain } from './plain-file.ts';

export interface Adding extends Reading {
  path: string;
  passphrase?: string | undefined;
}

/**
 * Adds a backup file of any workspace to the backups here. The copy is checked as a new backup is. Its id is its time, with a number if
 * that is taken; an equal and intact backup is returned instead. Throws BAD_FILE (unreadable, passphrase_needed, wrong_passphrase,
 * not_frames, truncated, damaged, newer_format, other_kind), BACKUP no_room, WORKSPACE, BUSY, CANCELLED, without having changed anything.
 */
export async function addBackup(adding: Adding): Promise<AddedBackup> {
  const { files, path, log, signal } = adding;
  const { backups, folder } = files;
  try {
    checkCancelled(signal);
    if (!existsSync(folder)) throw workspaceFault('missing', { why: verbatim(folder) });
    refuseMissingPlace(backups);
    const source = await openFile(path);
    try {
      if (!source.isEncrypted) await readForeign(path);
      mkdirSync(backups, { recursive: true });
      const added = await withVersions(backups, 'alone', { signal }, async () => {
        await removeStaleLocks(backups, log);
        return build(source, adding);
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
async function openFile(path: string): Promise<Source> {
  let handle: FileHandle | undefined;
  try {
    // A link that the user names is followed.
    handle = await openPlain(await realpath(path));
    const start = Buffer.alloc(ageBytes);
    await handle.read(start, 0, ageBytes, 0);
    return { handle, isEncrypted: beginsAsAge(start) };
  } catch (error) {
    await handle?.close();
    const why = error instanceof NotPlain ? error.why : systemCause(error);
    throw fileRefusal('unreadable', { file: basename(path), why });
  }
}

/** The manifest of a backup in an added file. Throws BAD_FILE. */
async function readForeign(file: string, name = basename(file)): Promise<VersionManifest> {
  try {
    const manifest = await readManifest(await realpath(file));
    if (manifest.kind === 'backup') return manifest;
    throw fileRefusal('other_kind', { file: name, why: clause('otherKind', { kind: manifest.kind }) });
  } catch (error) {
    throw error instanceof BadVersion ? refused(error, name) : error;
  }
}

function refused({ reason, why }: BadVersion, name: string): Fault {
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
  const { handle, isEncrypted } = await openFile(path);
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
    throw refused(error, basename(path));
  }
}

async function build(source: Source, adding: Adding): Promise<AddedBackup> {
  const { files, path } = adding;
  const name = basename(path);
  const building = await createWorkFolder(files.backups, 'building');
  try {
    const copy = join(building, 'version');
    await copyTo(copy, source, adding);
    const manifest = await readForeign(copy, name);
    await checkRoom({ kind: 'backup', id: name }, files.backups, manifest.bytes, adding.look);
    const image = join(building, 'image');
    const why = await unpackChecked(copy, manifest, image, adding);
    await rm(image, { force: true });
    if (why !== null) throw fileRefusal('damaged', { file: name, why });
    const here = await sameHere(manifest, building, adding);
    checkCancelled(adding.signal);
    if (here) return { ...describeBackup(here), already: true };
    return { ...describeBackup(await nameBackup(building, manifest, [], adding)), already: false };
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Copies the file to the disk, decrypted if encrypted. Throws BAD_FILE, BACKUP no_room. */
async function copyTo(copy: string, { handle, isEncrypted }: Source, adding: Adding): Promise<void> {
  const { path, passphrase, files, look, signal, onProgress } = adding;
  const name = basename(path);
  const { size: total } = await stat(path);
  await checkRoom({ kind: 'backup', id: name }, files.backups, total, look);
  if (isEncrypted && passphrase === undefined) throw fileRefusal('passphrase_needed', { file: name });
  const pieces = isEncrypted
    ? decryptStream(ownPieces(handle, total), passphrase ?? '', name)
    : piecesOf(handle, 0, total);
  const output = await open(copy, 'wx');
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

/** Copied pieces, of which the caller may keep several. */
async function* ownPieces(handle: FileHandle, total: number): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of piecesOf(handle, 0, total)) yield Buffer.from(piece);
}

/** The equal and intact backup that is already here; a damaged one does not count, so that the file replaces it. */
async function sameHere(
  manifest: VersionManifest,
  building: string,
  adding: Adding,
): Promise<BackupManifest | null> {
  const { backups } = adding.files;
  for (const id of await backupIds(backups)) {
    if (!id.startsWith(stampOf(manifest.made))) continue;
    const here = await readBackup(backups, id).catch(() => null);
    // The size after compression may differ.
    const { stored_bytes } = here ?? manifest;
    if (!here || !isDeepStrictEqual({ id, ...manifest, stored_bytes }, here)) continue;
    const image = join(building, 'here');
    try {
      await unpackBackup(here, image, adding);
      return here;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'BACKUP') throw error;
    } finally {
      await rm(image, { force: true });
    }
  }
  return null;
}
