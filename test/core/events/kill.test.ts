import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { openSeeded, verified } from '#test/support/workspace.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';

const program = new URL('./consumer.ts', import.meta.url);
const kills = Number(process.env['EVENT_KILLS'] ?? 6);

test(
  `a subscriber that is killed around its commits ${kills} times loses no event, and has each effect once`,
  { timeout: 60_000 + kills * 20_000 },
  async () => {
    const folder = join(testFolder(), 'w');
    await (await openSeeded({ folder, owner: 'Ada' })).close();
    const db = new Database(workspaceFiles(folder).live);
    db.exec('CREATE TABLE effects (event TEXT NOT NULL)');
    db.close();
    const acknowledged: string[] = [];
    const start = (round: number, ...args: string[]) =>
      new Child<{ op_id: string }>(program, [folder, String(round + 2), ...args]);
    for (let round = 0; round < kills; round += 1) {
      const child = start(round, String(1 + ((round >> 1) % 5)), round % 2 === 0 ? 'before' : 'after');
      await expect(child.end(), `round ${round}`).rejects.toThrow('SIGKILL');
      acknowledged.push(...child.lines.map(({ op_id }) => op_id));
    }
    await start(kills).end();
    const core = await openSeeded({ folder, seed: kills + 5 });
    const { events } = await core.client(core.session()).events.read({ limit: 1000 });
    const ids = events.map(({ id }) => id);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(ids).toEqual(expect.arrayContaining(acknowledged.map((op_id) => `${op_id}/0`)));
    expect(core.services.read.column('SELECT event FROM effects ORDER BY rowid')).toEqual(ids);
    const { chain, replay } = await verified(core.client(core.session()));
    expect([...chain.problems, ...replay.problems]).toEqual([]);
    await core.close();
  },
);
