import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { testFolder } from '#test/support/folder.ts';
import { clientOf, take } from '#test/support/sandboxes.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { openSeeded, verified } from '#test/support/workspace.ts';
import { killed, killsEach, patience, seed } from './kills.ts';
import type { Promoting } from './promoter.ts';

const promoter = new URL('./promoter.ts', import.meta.url);
const roundsEach = 20;
const teams = 12;

/** A workspace with some teams of size 1, and a sandbox of it. */
async function begun(round: number): Promise<{ folder: string; id: string }> {
  const folder = join(testFolder(), 'w');
  const core = await openSeeded({ folder, owner: 'Ada', seed: round + 1 });
  try {
    const client = clientOf(core);
    for (let at = 0; at < teams; at += 1)
      await client.entities.create({ type: 'team', data: { name: `Team ${at}`, size: 1 } });
    return { folder, id: (await take(client, 'Play')).id };
  } finally {
    await core.close();
  }
}

/** The sizes that teams of live have, the last change, and how many promotions were made. */
async function liveOf(folder: string, round: number) {
  const core = await openSeeded({ folder, seed: 5000 + round });
  try {
    const client = clientOf(core);
    expect((await verified(client)).ok, `round ${round}`).toBe(true);
    const { rows } = await client.entities.list({ type: 'team', limit: 100 });
    const [newest] = (await client.history.list({ limit: 1 })).rows;
    return { sizes: rows.map(({ payload }) => payload['size']), newest };
  } finally {
    await core.close();
  }
}

test(
  `killed ${killsEach} times while a sandbox is promoted: live has all of it or nothing, and the sandbox is whole`,
  { timeout: patience(killsEach) },
  async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    const next = seededNumbers(seed);
    let [folder, id, size, op_id] = ['', '', 1, ''];
    const found = { before: 0, after: 0 };
    for (let round = 0; round < killsEach; round += 1) {
      if (round % roundsEach === 0) {
        ({ folder, id } = await begun(round));
        [size, op_id] = [1, ''];
      }
      const given = { lines: 1 + (next() % 4), pause: next() % 120 };
      const lines = await killed<Promoting>(promoter, [folder, id, String(size + 1)], given);
      for (const line of lines) if ('done' in line) [size, op_id] = [line.done, line.op_id];
      const last = lines.at(-1);
      const { sizes, newest } = await liveOf(folder, round);
      // What had been begun may have been done without being told of.
      const more = last !== undefined && 'begun' in last && sizes[0] === last.begun;
      if (more) [size, op_id] = [last.begun, newest?.op_id ?? ''];
      found[more ? 'after' : 'before'] += 1;
      expect(sizes, `round ${round}`).toEqual(Array.from({ length: teams }, () => size));
      expect(op_id === '' || newest?.op_id === op_id, `round ${round}`).toBe(true);
      const sandbox = await verifyClosed(workspaceFiles(folder, { kind: 'sandbox', id }));
      expect(sandbox, `round ${round}`).toMatchObject({ ok: true });
    }
    console.log('found:', found);
  },
);
