import { setTimeout } from 'node:timers/promises';
import { afterAll } from 'vitest';
import type { ServerBackup, ServerJob } from '#shared/contract/server/admin.ts';
import { backupDefaults } from '#server/config.ts';
import type { BackupConfig } from '#server/config.ts';
import { makeFolder, removeFolder, testFolder } from '#test/support/folder.ts';
import type { Api } from './api.ts';

const off = { ...backupDefaults, intervalHours: 0 };

/** Backups in a folder that goes with the test. None are due by themselves. */
export const backupsOfTest = (over: Partial<BackupConfig> = {}): BackupConfig => ({
  ...off,
  folder: testFolder(),
  ...over,
});

/** As `backupsOfTest`; the folder goes with the file. */
export function backupsOfFile(): BackupConfig {
  const folder = makeFolder();
  afterAll(() => removeFolder(folder));
  return { ...off, folder };
}

export interface JobStatus {
  job: ServerJob | null;
  next: string | null;
}

/** Waits until no job runs any more, and says what came of the last one. */
export async function jobEnded(admin: Api): Promise<ServerJob> {
  for (;;) {
    const { status, body } = await admin.get<JobStatus>('admin/db/backup/status');
    if (status !== 200) throw new Error(JSON.stringify(body));
    if (body.job && (body.job.state === 'completed' || body.job.state === 'dead')) return body.job;
    await setTimeout(20);
  }
}

/** Makes a backup to its end, and returns its id. */
export async function backUp(admin: Api): Promise<string> {
  const begun = await admin.post<ServerJob>('admin/db/backup', undefined);
  if (begun.status !== 202) throw new Error(JSON.stringify(begun.body));
  const job = await jobEnded(admin);
  if (job.state !== 'completed' || job.backup === null) throw new Error(JSON.stringify(job));
  return job.backup;
}

/** Restores a backup to its end, and returns what came of it. */
export async function restore(admin: Api, id: string): Promise<ServerJob> {
  const begun = await admin.post<ServerJob>(`admin/db/restore/${id}`, { confirm: id });
  if (begun.status !== 202) throw new Error(JSON.stringify(begun.body));
  return jobEnded(admin);
}

export const listBackups = async (admin: Api): Promise<ServerBackup[]> =>
  (await admin.get<{ backups: ServerBackup[] }>('admin/db/backup/list')).body.backups;
