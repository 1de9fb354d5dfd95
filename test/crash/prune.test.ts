import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pruneBackups } from '#core/versions/prune.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { namesIn } from '#test/support/backup.ts';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { newestOnly, noon, season, wholeOnes } from '#test/support/prune.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const pruner = new URL('./pruner.ts', import.meta.url);

/** Lets a process prune a copy of the backups; `step` is where it is killed. Returns the steps it took where it came to its end. */
async function broken(backups: string, step: number) {
  const folder = join(testFolder(), 'w');
  cpSync(backups, join(folder, 'backups'), { recursive: true });
  const child = new Child<{ steps: number }>(pruner, [folder, String(step)]);
  const ended = await child.end().then(
    () => true,
    () => false,
  );
  if (!ended && child.errors !== '') throw new Error(child.errors);
  return { files: workspaceFiles(folder), steps: ended ? (child.lines[0]?.steps ?? 0) : null };
}

test(
  'killed at each step of pruning: each backup that is there is whole, and the next pruning ends it',
  { timeout: 240_000 },
  async () => {
    const workspace = await testWorkspace();
    const made = await season(workspace, [1, 2, 3]);
    const newest = made.at(-1)?.id;
    const { backups } = workspace.files;
    const { steps } = await broken(backups, 0);
    expect(steps).toBeGreaterThan(5);
    const left = new Set<string>();
    for (let step = 1; step <= (steps ?? 0); step += 1) {
      const { files, steps: end } = await broken(backups, step);
      expect(end, `killed at ${step}`).toBeNull();
      const whole = await wholeOnes({ files });
      expect(whole[0], `killed at ${step}`).toBe(newest);
      left.add(`${whole.length} backups`);
      await pruneBackups({ backups: files.backups, policy: newestOnly, now: noon(9).time, log: silentLog });
      expect(namesIn({ files })).toEqual([newest]);
    }
    // It was really broken off in the middle of each part.
    expect([...left]).toEqual(expect.arrayContaining(['3 backups', '2 backups', '1 backups']));
  },
);
