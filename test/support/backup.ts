import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBackup } from '#core/versions/create.ts';
import type { BackupOptions } from '#core/versions/create.ts';
import { backupFile } from '#core/versions/list.ts';
import type { BackupManifest } from '#core/versions/manifest.ts';
import { verifyBackup } from '#core/versions/unpack-version.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import type { RestoreIntoResult } from '#core/versions/restore-into.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { BackupReport } from '#shared/contract/backups.ts';
import { takeApart } from './backup-file.ts';
import { testFolder } from './folder.ts';
import { testWorkspace } from './workspace.ts';
import type { Template, TestWorkspace } from './workspace.ts';

interface Of {
  files: WorkspaceFiles;
}

/** Makes a backup of a workspace's file. */
export const backUp = ({ files }: Of, more: Partial<BackupOptions> = {}): Promise<BackupManifest> =>
  createBackup({ files, reason: 'asked', clock: systemClock, log: silentLog, ...more });

const reading = ({ files }: Of, id: string) => {
  const { signal } = new AbortController();
  return { files, id, clock: systemClock, log: silentLog, onProgress: (): void => {}, signal };
};

/** What verifying a backup finds. */
export const verify = (
  of: Of,
  id: string,
  more: Partial<Parameters<typeof verifyBackup>[0]> = {},
): Promise<BackupReport> => verifyBackup({ ...reading(of, id), ...more });

/** Makes a workspace of a backup. */
export const restore = (
  of: Of,
  id: string,
  into: string,
  more: Partial<Parameters<typeof restoreInto>[0]> = {},
): Promise<RestoreIntoResult> =>
  restoreInto({ ...reading(of, id), into, ids: createIds(systemClock, systemRandom), ...more });

/** What lies in the folder of backups beside the backups themselves, when all is as it should be. */
export const beside = ['lock.sqlite'];

/** Names of the backups there are, and of anything that should not be among them. */
export const namesIn = ({ files }: Of): string[] =>
  readdirSync(files.backups)
    .filter((name) => !beside.includes(name) && !name.endsWith('.verified.json'))
    .map((name) => name.replace(/\.frames$/, ''))
    .toSorted();

export const fileOf = ({ files }: Of, id: string): string => backupFile(files.backups, id);

/** A backup of a workspace. */
export interface BackedUp {
  workspace: TestWorkspace;
  made: BackupManifest;
  file: string;
}

export async function backedUp(template: Template): Promise<BackedUp> {
  const workspace = await testWorkspace({ template });
  const made = await backUp(workspace);
  return { workspace, made, file: fileOf(workspace, made.id) };
}

/** The database in a backup, or in what was backed up with it. */
export const bytesOut = (backups: string, id: string, companion?: string): Buffer =>
  takeApart(backupFile(backups, id, companion)).content;

/** Writes it into a folder that goes with the test. Returns where it is. */
export function takeOut(backups: string, id: string, companion?: string): string {
  const target = join(testFolder(), 'frames.sqlite');
  writeFileSync(target, bytesOut(backups, id, companion));
  return target;
}
