import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sha256Of } from '#test/support/backup-file.ts';
import { backUp } from '#test/support/backup.ts';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { tablesOf } from '#test/support/restore.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { openSeeded, testWorkspace, verified } from '#test/support/workspace.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { killsEach, patience, seed } from './kills.ts';
import type { Restoring } from './restorer-line.ts';

const kills = 2 * killsEach;
const restorer = new URL('./restorer.ts', import.meta.url);

/** A hash of the records and the facts of a workspace, without its log; of who is in it what they are, which a reset writes anew. */
function stateOf(folder: string): string {
  const {
    audit_logs: _,
    audit_transactions: __,
    workspaces: ___,
    profiles,
    ...rest
  } = tablesOf(workspaceFiles(folder));
  const people = profiles?.map((row) => (row as { payload: string }).payload).toSorted();
  return sha256Of(Buffer.from(JSON.stringify({ ...rest, people })));
}

/** A workspace with backups of three states, by their ids, the last of which it is in; */
async function threeStates(): Promise<{ folder: string; states: Map<string, string> }> {
  const workspace = await testWorkspace();
  await preparePeople(workspace);
  const states = new Map<string, string>();
  for (const name of ['One', 'Two', 'Three']) {
    await workspace.as().entities.create({ type: 'team', data: { name } });
    const { id } = await backUp(workspace);
    states.set(id, stateOf(workspace.folder));
  }
  await workspace.core.close();
  const folder = join(testFolder(), 'w');
  cpSync(workspace.folder, folder, { recursive: true });
  return { folder, states };
}

/** Waits for the moment at which the file is being replaced, a few of them when one is missed. */
async function beingReplaced(folder: string): Promise<void> {
  const until = performance.now() + 5000;
  while (!existsSync(join(folder, 'restoring.json')) && performance.now() < until) await breathe();
}

async function crash(folder: string, round: number, ids: string, next: () => number): Promise<Restoring[]> {
  const child = new Child<Restoring>(restorer, [folder, String(seed + round), ids]);
  try {
    await child.printed(1 + (next() % 3));
    if (next() % 3 === 0) await sleep(next() % 400);
    else await beingReplaced(folder);
    await sleep(next() % 4);
  } finally {
    await child.kill();
  }
  return child.lines;
}

test(
  `killed ${kills} times while backups replace the file: the records are wholly those before or those after`,
  { timeout: patience(kills) },
  async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    const next = seededNumbers(seed);
    const { folder, states } = await threeStates();
    let [now, op_id] = [[...states.keys()].at(-1) as string, ''];
    const found = { before: 0, after: 0, between: 0 };
    for (let round = 0; round < kills; round += 1) {
      const lines = await crash(folder, round, [...states.keys()].join(','), next);
      for (const line of lines) if ('done' in line) [now, op_id] = [line.done, line.op_id];
      const last = lines.at(-1);
      const begun = last && 'begun' in last ? last.begun : null;
      if (existsSync(join(folder, 'restoring.json'))) found.between += 1;
      const core = await openSeeded({ folder, seed: 5000 + round });
      try {
        const client = core.client(core.session());
        expect((await verified(client)).ok, `round ${round}`).toBe(true);
        const [newest] = (await client.history.list({ limit: 1 })).rows;
        const went =
          begun !== null &&
          newest !== undefined &&
          newest.label === 'workspace.restored' &&
          newest.op_id !== op_id;
        found[went ? 'after' : 'before'] += 1;
        if (went) [now, op_id] = [begun, newest.op_id];
        expect(newest?.op_id, `round ${round}`).toBe(op_id === '' ? newest?.op_id : op_id);
      } finally {
        await core.close();
      }
      expect(stateOf(folder), `round ${round}`).toBe(states.get(now));
      expect(readdirSync(folder).filter((name) => /^\.|restoring/.test(name))).toEqual([]);
    }
    console.log('found:', found);
  },
);
