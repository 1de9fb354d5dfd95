import { hasForeignWal, readWithoutWal } from '#core/log/audit/foreign-wal.ts';
import { createWorkFolder } from '#core/kernel/folder-lock.ts';
import { readBackup } from '#core/versions/list.ts';
import { possiblePlaces } from '#core/versions/backup-folders.ts';
import { unpackBackup } from '#core/versions/unpack-version.ts';
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
import type { WorkspacePeople, RecoverableBackup } from '#shared/shell/events.ts';
import type { ToData } from '#shared/shell/process.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorFields } from './log-file.ts';

/** Reads the profiles of an unopenable workspace, from its file or newest backup; null if neither is readable. */
export async function peopleOf(
  { workspace, pointed }: Extract<ToData, { kind: 'open' }>,
  backups: readonly RecoverableBackup[],
  log: Log,
  signal: AbortSignal,
): Promise<WorkspacePeople | null> {
  const files = workspaceFiles(workspace);
  const readPeople = (db: ReadHandle): WorkspacePeople => {
    return {
      workspace: readFacts(db).id,
      name: nameOrOriginal(db),
      profiles: profilesOf(db).map(({ id, name, role }) => ({ id, name, role })),
    };
  };
  const peopleInFile = (file: string): WorkspacePeople | null => {
    // SQLite blocks forever on a named pipe, and deletes a WAL next to an empty file.
    if (inspectFile(file).kind !== 'ours') return null;
    try {
      using db = openConnection(file, { mode: 'read', log });
      return readPeople(db);
    } catch {
      return null;
    }
  };
  const removeSidecars = sidecarRemover(files.live);
  try {
    const livePeople = hasForeignWal(files, log)
      ? readWithoutWal(files, log, readPeople)
      : peopleInFile(files.live);
    if (livePeople && livePeople.profiles.length > 0) return livePeople;
  } catch (error) {
    log.warn(errorFields(error), 'profiles not read in the file');
  } finally {
    removeSidecars();
  }
  const backup = backups.find(({ another, verified }) => !another && verified !== false);
  if (!backup) return null;
  try {
    const places = await possiblePlaces(workspace, pointed);
    const key = backup.place?.key;
    const folder = places.find((place) => (key === undefined ? place.today : place.key === key))?.folder;
    if (folder === undefined) return null;
    const workFolder = await createWorkFolder(workspace, 'restore');
    try {
      const database = join(workFolder, 'image');
      const context = { clock: systemClock, log, onProgress: () => {}, signal };
      const { id } = backup;
      const unpackOptions = { ...context, files: { ...files, backups: folder } };
      await unpackBackup(await readBackup(folder, id), database, unpackOptions);
      return peopleInFile(database);
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  } catch (error) {
    log.warn(errorFields(error), 'profiles not read in a backup');
    return null;
  }
}
