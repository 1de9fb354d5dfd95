import type { BackupManifest } from '#core/versions/manifest.ts';
import { listBackups } from '#core/versions/list.ts';
import type { PruneResult } from '#shared/contract/backups.ts';
import { backUp, verify } from './backup.ts';
import { resultOf } from './sandboxes.ts';
import { TestClock } from './seeded.ts';
import type { Client, TestWorkspace } from './workspace.ts';

/** Noon of a day of the year before the one in which tests take place. */
export const noon = (day: number): TestClock => new TestClock(Date.UTC(2025, 0, day, 12), 0);

/** Makes a backup on each of these days of 2025, each after a change; the first one made comes first. */
export async function season(workspace: TestWorkspace, days: readonly number[]): Promise<BackupManifest[]> {
  const made: BackupManifest[] = [];
  for (const day of days) {
    await workspace.as().entities.create({ type: 'university', data: { name: `Day ${day}` } });
    made.push(await backUp(workspace, { clock: noon(day) }));
  }
  return made;
}

/** Prunes through the contract. */
export const prune = async (
  client: Client,
  wanted: { dry?: boolean; only?: string[] } = {},
): Promise<PruneResult> => resultOf(await client.backups.prune(wanted));

/** The newest only. */
export const newestOnly = { last: 1, daily: 0, weekly: 0, monthly: 0 };

/** Whether each backup there is can be read to the last byte. Returns their ids, the newest first. */
export async function wholeOnes(workspace: Pick<TestWorkspace, 'files'>): Promise<string[]> {
  const ids = (await listBackups(workspace.files.backups)).map(({ id }) => id);
  for (const id of ids) {
    const report = await verify(workspace, id);
    if (!report.ok) throw new Error(`${id}: ${JSON.stringify(report.problems)}`);
  }
  return ids;
}
