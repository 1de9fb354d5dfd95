import { existsSync, mkdirSync } from 'node:fs';
import { realpath, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TakenBackup } from '#shared/contract/backups.ts';
import { Fault } from '#shared/contract/faults.ts';
import { ageBytes, beginsAsAge } from '../../age.ts';
import { refuseMissingPlace } from '../../db/backups-place.ts';
import type { WorkspaceFiles } from '../../db/files.ts';
import type { Log } from '../../log.ts';
import { checkCancelled } from '../../progress.ts';
import type { Clock } from '../../system.ts';
import type { Source } from '../keep.ts';
import type { Tell } from '../../told-stream.ts';
import { damaged } from '../../files/package.ts';
import { whyUnread } from '../../files/read-file.ts';
import { refusal } from '../../files/refusal.ts';
import { declared } from '../declared.ts';
import { keep } from '../keep.ts';
import { sweep, workFolder } from '../leftovers.ts';
import { describeBackup } from '../list.ts';
import { withBackups } from '../lock.ts';
import { packsOf } from '../manifest.ts';
import { NotPlain, openPlain } from '../plain-file.ts';
import { checkRoom } from '../room.ts';
import type { Look } from '../room.ts';
import { saidOf, whyNotWorkspace } from '../verify.ts';
import { Feed } from './feed.ts';
import { bytesIn } from './form.ts';
import type { BackupFileManifest } from './form.ts';
import { decrypted } from './passphrase.ts';
import { sameHere } from './here.ts';
import { readFileManifest, unpackTo } from './read.ts';

export interface Taking {
  /** Of the workspace among whose backups it is to be. */
  files: WorkspaceFiles;
  path: string;
  /** Of a file that was encrypted. */
  passphrase?: string | undefined;
  clock: Clock;
  log: Log;
  tell: Tell;
  signal: AbortSignal;
  /** Says how much room there is. */
  look?: Look | undefined;
}

/** While it is unpacked it lies there whole, and what of it is new is stored besides. */
const growth = 2;

/**
 * Takes a backup that was written as one file among the backups here, whatever workspace it is of. All of it is checked as a backup is when
 * it is made; contents that earlier ones hold are not stored again. Its id says when it was made; another of that moment gets a number, and the
 * very same that is here, and whole, is answered with as it is.
 * Throws BAD_FILE (unreadable, passphrase_needed, wrong_passphrase, not_frames, truncated, damaged, newer_format, other_kind), BACKUP no_room, WORKSPACE, BUSY, CANCELLED; then
 * nothing was changed.
 */
export async function takeBackup(taking: Taking): Promise<TakenBackup> {
  const { files, path, log, signal } = taking;
  const name = basename(path);
  try {
    checkCancelled(signal);
    refuseNowhere(files);
    refuseMissingPlace(files.backups);
    const feed = await feedOf(path, name, taking.passphrase);
    try {
      const manifest = await readFileManifest(feed, name);
      await checkRoom(manifest.backup.id, files.backups, bytesIn(manifest) * growth, taking.look);
      mkdirSync(packsOf(files.backups), { recursive: true });
      return await withBackups(files.backups, 'alone', { signal }, async () => {
        await sweep(files.backups, log);
        const { taken, already } = await build(manifest, feed, taking);
        return { ...describeBackup(taken), already };
      });
    } finally {
      await feed.close();
    }
  } catch (error) {
    throw declared(error);
  }
}

function refuseNowhere({ folder }: WorkspaceFiles): void {
  if (existsSync(folder)) return;
  throw new Fault('WORKSPACE', `There is no folder ${folder}. Nothing was changed.`, { reason: 'missing' });
}

async function feedOf(path: string, name: string, passphrase: string | undefined): Promise<Feed> {
  const { handle, start } = await opened(path, name);
  const bytes = handle.createReadStream({ start: 0, highWaterMark: 2 ** 18 });
  if (!beginsAsAge(start)) return new Feed(bytes);
  if (passphrase !== undefined) return new Feed(decrypted(bytes, passphrase, name));
  bytes.destroy();
  throw refusal('passphrase_needed', `${name} is encrypted: its passphrase is needed.`);
}

/** The file, and what it begins with. Throws BAD_FILE, reason unreadable. */
async function opened(path: string, name: string): Promise<{ handle: FileHandle; start: Buffer }> {
  let handle: FileHandle | undefined;
  try {
    // A link that a person names leads where they want it to.
    handle = await openPlain(await realpath(path));
    const start = Buffer.alloc(ageBytes);
    await handle.read(start, 0, ageBytes, 0);
    return { handle, start };
  } catch (error) {
    await handle?.close();
    const why = error instanceof NotPlain ? error.message : whyUnread(error);
    throw refusal('unreadable', `${name} cannot be read: ${why}.`);
  }
}

async function build(manifest: BackupFileManifest, feed: Feed, taking: Taking) {
  const { files, path, log, tell, signal } = taking;
  const name = basename(path);
  const building = await workFolder(files.backups, 'building');
  try {
    // Under names of ours: those that the file gives decide no path.
    const sources: Source[] = manifest.contents.map((one, index) => ({
      path: join(building, `${index}`),
      name: one.name,
      ...(one.about ? { about: one.about } : {}),
    }));
    const step = (done: number): void => {
      checkCancelled(signal);
      tell({ kind: 'progress', step: 'reading', done, total: bytesIn(manifest) });
    };
    await unpackTo(
      sources.map((one) => one.path),
      feed,
      manifest,
      name,
      step,
    );
    const { schema_version, counts, backup } = manifest;
    const said = { schema_version, counts, head: backup.head, workspace: backup.workspace };
    for (const [index, { path: image, about }] of sources.entries()) {
      const is = index === 0 ? said : saidOf({ about });
      const why = is && (await whyNotWorkspace(image, is, taking));
      if (why !== null) throw damaged(name, why.replace(/^W/, 'w').replace(/\.$/, ''));
    }
    const here = await sameHere(manifest, taking);
    if (here) {
      await rm(building, { recursive: true, force: true });
      return { taken: here, already: true };
    }
    const { made, reason, app } = backup;
    // What was just found whole is not checked once more.
    const check = (): Promise<void> => Promise.resolve();
    const about = { made, reason, app };
    const taken = await keep({ files, building, sources, about, check, log, tell, signal });
    return { taken, already: false };
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}
