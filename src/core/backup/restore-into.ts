import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { Fault } from '#shared/contract/faults.ts';
import { keepHead, readHead } from '../audit/head.ts';
import type { Head } from '../audit/head.ts';
import { openConnection } from '../db/connection.ts';
import { workspaceFiles } from '../db/files.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { inspect } from '../db/inspect.ts';
import { lockExclusive } from '../db/lock.ts';
import { schemaVersion } from '../db/migrate.ts';
import { checkCancelled } from '../progress.ts';
import type { Ids } from '../system.ts';
import { refuseStrangers } from '../workspace/create.ts';
import { writeFact } from '../workspace/facts.ts';
import type { Verifying } from './verify.ts';
import { whyDamaged } from './verify.ts';
import { badBackup, packsOf, readManifest } from './manifest.ts';
import type { BackupManifest } from './manifest.ts';
import { PageSource } from './store.ts';

export interface RestoredInto {
  id: string;
  /** The folder that is a workspace now. */
  workspace: string;
  counts: Record<string, number>;
  schema_version: number;
}

interface Restoring extends Verifying {
  /** A folder that is missing or holds nothing. */
  into: string;
  ids: Ids;
}

/**
 * Makes a workspace of a backup in a folder of its own, and leaves the one that it is of as it is. It is checked as a whole before it
 * gets its name; a copy that can be written draws a replica of its own. Throws BACKUP (missing, damaged, newer, foreign), WORKSPACE with
 * reason `not_empty_folder`, BUSY, CANCELLED; then the folder holds no workspace.
 */
export async function restoreInto(restoring: Restoring): Promise<RestoredInto> {
  const { files, id, into } = restoring;
  const manifest = await readManifest(files.backups, id);
  const { schema_version, counts } = manifest;
  if (schema_version > schemaVersion) {
    const message = `Backup ${id} was made by a newer version of FRAMES (schema ${schema_version}). Nothing was changed.`;
    throw badBackup('newer', id, message);
  }
  const target = workspaceFiles(into);
  refuseFilled(target);
  mkdirSync(into, { recursive: true });
  const lock = lockExclusive(target.lock);
  const building = `${target.live}.new-${process.pid}`;
  try {
    refuseFilled(target);
    rmSync(building, { force: true });
    await retrieve(manifest, building, restoring);
    const head = drawReplica(building, restoring);
    renameSync(building, target.live);
    keepHead(target.head, head);
    return { id, workspace: into, counts, schema_version };
  } finally {
    rmSync(building, { force: true });
    lock.release();
  }
}

/** Gives a closed copy a replica of its own, and says which head it has. */
function drawReplica(image: string, { ids, log }: Restoring): Head {
  const connection = openConnection(image, { mode: 'write', log });
  try {
    connection.exec('BEGIN IMMEDIATE');
    writeFact(connection.write, 'replica', ids.uuid());
    connection.exec('COMMIT');
    return readHead(connection);
  } finally {
    connection.close();
  }
}

/** Throws WORKSPACE `not_empty_folder` for a folder that holds a workspace or files of somebody else's. */
function refuseFilled(target: WorkspaceFiles): void {
  if (inspect(target.live).kind !== 'missing') {
    const message = 'The folder already holds a workspace: choose an empty one. Nothing was changed.';
    throw new Fault('WORKSPACE', message, { reason: 'not_empty_folder' });
  }
  refuseStrangers(target);
}

async function retrieve(manifest: BackupManifest, image: string, restoring: Restoring): Promise<void> {
  const { files, id, tell, signal } = restoring;
  const live = manifest.contents.find(({ name }) => name === 'live');
  if (!live) throw badBackup('foreign', id, `Backup ${id} holds no workspace. Nothing was changed.`);
  const pages = new PageSource(packsOf(files.backups), manifest.packs);
  const step = (done: number): void => {
    checkCancelled(signal);
    tell({ kind: 'progress', step: 'reading', done, total: live.bytes });
  };
  try {
    const why = await whyDamaged(manifest, live, pages, image, { ...restoring, step });
    if (why !== null) throw badBackup('damaged', id, `Backup ${id} is damaged. ${why} Nothing was changed.`);
  } finally {
    await pages.close();
  }
}
