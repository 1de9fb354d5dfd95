import { hasForeignWal, readWithoutWal } from '#core/log/audit/foreign-wal.ts';
import { createWorkFolder } from '#core/kernel/folder-lock.ts';
import { readBackup } from '#core/versions/list.ts';
import { possiblePlaces } from '#core/versions/place.ts';
import { unpackBackup } from '#core/versions/open.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { ReadHandle } from '#core/kernel/db/connection.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { inspectFile } from '#core/kernel/db/inspect.ts';
import { sidecarRemover } from '#core/kernel/db/sidecar-cleanup.ts';
import type { Log } from '#core/kernel/logger.ts';
import { profilesOf } from '#core/log/session.ts';
import { systemClock } from '#core/kernel/system.ts';
import { readFacts } from '#core/log/workspace-facts.ts';
import { nameOrOriginal } from '#core/log/workspace-name.ts';
import type { People, Recoverable, ToData } from '#shared/shell/process.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorFields } from './log-file.ts';

/** Reads the profiles of an unopenable workspace, from its file or newest backup; null if neither is readable. */
export async function peopleOf(
  { workspace, pointed }: Extract<ToData, { kind: 'open' }>,
  backups: readonly Recoverable[],
  log: Log,
  signal: AbortSignal,
): Promise<People | null> {
  const files = workspaceFiles(workspace);
  const read = (db: ReadHandle): People => {
    return {
      workspace: readFacts(db).id,
      name: nameOrOriginal(db),
      profiles: profilesOf(db).map(({ id, name, role }) => ({ id, name, role })),
    };
  };
  const inFile = (file: string): People | null => {
    // SQLite blocks forever on a named pipe, and deletes a WAL next to an empty file.
    if (inspectFile(file).kind !== 'ours') return null;
    try {
      const db = openConnection(file, { mode: 'read', log });
      try {
        return read(db);
      } finally {
        db.close();
      }
    } catch {
      return null;
    }
  };
  const removeSidecars = sidecarRemover(files.live);
  try {
    const live = hasForeignWal(files, log) ? readWithoutWal(files, log, read) : inFile(files.live);
    if (live && live.profiles.length > 0) return live;
  } catch (error) {
    log.warn(errorFields(error), 'profiles not read in the file');
  } finally {
    removeSidecars();
  }
  const newest = backups.find(({ another, verified }) => !another && verified !== false);
  if (!newest) return null;
  try {
    const places = await possiblePlaces(workspace, pointed);
    const key = newest.place?.key;
    const folder = places.find((one) => (key === undefined ? one.today : one.key === key))?.folder;
    if (folder === undefined) return null;
    const workDir = await createWorkFolder(workspace, 'restore');
    try {
      const image = join(workDir, 'image');
      const context = { clock: systemClock, log, onProgress: () => {}, signal };
      const { id } = newest;
      const reading = { ...context, files: { ...files, backups: folder } };
      await unpackBackup(await readBackup(folder, id), image, reading);
      return inFile(image);
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  } catch (error) {
    log.warn(errorFields(error), 'profiles not read in a backup');
    return null;
  }
}
