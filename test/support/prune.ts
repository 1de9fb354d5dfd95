import { mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupManifest } from '#core/backup/manifest.ts';
import { readManifest } from '#core/backup/read-manifest.ts';
import { listBackups } from '#core/backup/list.ts';
import type { Pruned } from '#shared/contract/backups.ts';
import { backUp, verify } from './backup.ts';
import { resultOf } from './sandboxes.ts';
import { TestClock } from './seeded.ts';
import type { Client, TestWorkspace } from './workspace.ts';

/** Noon of a day of the year before the one in which tests take place. */
export const noon = (day: number): TestClock => new TestClock(Date.UTC(2025, 0, day, 12), 0);

/**
 * Makes a backup on each of these days of 2025, each after a change; the first one made comes first. With `apart` none is built upon
 * another, so that each has a pack for itself.
 */
export async function season(
  workspace: TestWorkspace,
  days: readonly number[],
  apart = true,
): Promise<BackupManifest[]> {
  const made: BackupManifest[] = [];
  for (const day of days) {
    await workspace.as().entities.create({ type: 'university', data: { name: `Day ${day}` } });
    const away = join(workspace.folder, 'away');
    const { backups } = workspace.files;
    mkdirSync(away);
    if (apart) for (const { id } of made) renameSync(join(backups, id), join(away, id));
    const fresh = await backUp(workspace, { clock: noon(day) });
    for (const id of readdirSync(away)) renameSync(join(away, id), join(backups, id));
    rmdirSync(away);
    made.push(fresh);
  }
  return made;
}

/** Prunes through the contract. */
export const prune = async (
  client: Client,
  wanted: { dry?: boolean; only?: string[] } = {},
): Promise<Pruned> => resultOf(await client.backups.prune(wanted));

/** The newest only. */
export const newestOnly = { last: 1, daily: 0, weekly: 0, monthly: 0 };

export const packsIn = (backups: string): string[] =>
  readdirSync(join(backups, 'packs')).map((name) => name.replace(/\.pack$/, ''));

/** What the backups that are there need, by their manifests. */
export async function packsNamed(backups: string): Promise<string[]> {
  const named = new Set<string>();
  for (const { id } of await listBackups(backups))
    for (const { sha256 } of (await readManifest(backups, id)).packs) named.add(sha256);
  return [...named].toSorted();
}

/** Whether each backup there is can be read to the last byte. Returns their ids, the newest first. */
export async function wholeOnes(workspace: Pick<TestWorkspace, 'files'>): Promise<string[]> {
  const ids = (await listBackups(workspace.files.backups)).map(({ id }) => id);
  for (const id of ids) {
    const report = await verify(workspace, id);
    if (!report.ok) throw new Error(`${id}: ${report.problems.join(' ')}`);
  }
  return ids;
}
