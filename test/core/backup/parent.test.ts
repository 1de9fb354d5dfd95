import { cpSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listBackups } from '#core/backup/list.ts';
import { backUp, verify } from '#test/support/backup.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { TestClock } from '#test/support/seeded.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const crowd = await crowdTemplate();
const on = (day: number): { clock: TestClock } => ({ clock: new TestClock(Date.UTC(2026, 0, day), 0) });

/** Changes every record, so that the next backup has all pages of theirs to store. */
async function changeAll(workspace: TestWorkspace, experience: number): Promise<void> {
  const client = workspace.as();
  const { rows } = await client.entities.list({ type: 'team', limit: 1000 });
  await client.entities.change({
    changes: rows.map(({ id }) => ({
      kind: 'update' as const,
      type: 'team' as const,
      id,
      data: { experience },
    })),
  });
}

test('a backup builds upon what is nearest to it in the log, also when the clock was set back', async () => {
  const workspace = await testWorkspace({ template: crowd });
  const future = await backUp(workspace, on(300));
  await changeAll(workspace, 50);
  const changed = await backUp(workspace, on(1));
  expect(changed.added).toBeGreaterThan(0);
  const same = await backUp(workspace, on(2));
  expect(same).toMatchObject({ added: 0, packs: changed.packs });
  expect(changed.packs[0]).toEqual(future.packs[0]);
  expect(await verify(workspace, same.id)).toMatchObject({ ok: true });
});

test('a backup builds upon no state that is not in its own log', async () => {
  const workspace = await testWorkspace({ template: crowd });
  const first = await backUp(workspace, on(1));
  await workspace.core.close();
  // What a person does who takes the file back to what it was and goes on from there.
  const kept = workspace.raw((db) => db.serialize());
  await workspace.reopen();
  await changeAll(workspace, 50);
  await changeAll(workspace, 51);
  const displaced = await backUp(workspace, on(2));
  await workspace.core.close();
  workspace.replaceLive(kept);
  await workspace.reopen();
  await changeAll(workspace, 60);
  const next = await backUp(workspace, on(3));
  expect(next.packs).not.toContainEqual(displaced.packs.at(-1));
  expect((await backUp(workspace, on(4))).added).toBe(0);
  expect(next.packs[0]).toEqual(first.packs[0]);
});

test('a backup builds upon none of another workspace that somebody put beside it', async () => {
  const [mine, other] = [await testWorkspace(), await testWorkspace({ template: crowd })];
  const foreign = await backUp(other, on(300));
  cpSync(other.files.backups, mine.files.backups, { recursive: true });
  const made = await backUp(mine, on(1));
  expect(made.packs).not.toContainEqual(foreign.packs[0]);
  expect(made.packs).toHaveLength(1);
  expect((await listBackups(mine.files.backups)).map(({ id }) => id)).toEqual([foreign.id, made.id]);
});
