import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { clientOf, take } from '#test/support/sandboxes.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { openSeeded, verified } from '#test/support/workspace.ts';
import type { Played } from './player.ts';

const kills = Math.ceil(Number(process.env['CRASH_KILLS'] ?? 20) / 4);
const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
const player = new URL('./player.ts', import.meta.url);

async function crash(folder: string, round: number, next: () => number): Promise<Played[]> {
  const child = new Child<Played>(player, [folder, String(seed + round * 10)]);
  try {
    await child.printed(1 + (next() % 15));
    const pause = next() % 40;
    await new Promise((resolve) => setTimeout(resolve, pause));
  } finally {
    await child.kill();
  }
  return child.lines;
}

/** Every sandbox that was acknowledged is there once, unless it was to be deleted, whole, with what was acknowledged in it; live is as it was. */
async function expectWhole(folder: string, all: readonly Played[], round: number): Promise<void> {
  const core = await openSeeded({ folder, seed: 5000 + round });
  try {
    const { sandboxes } = clientOf(core);
    const [here, gone] = [await sandboxes.list({}), await sandboxes.trash({})];
    const known = new Map<string, Sandbox>([...here, ...gone].map((one) => [one.id, one]));
    expect(known.size, 'on one shelf each').toBe(here.length + gone.length);
    expect([...known.values()].map(({ problem }) => problem).filter(Boolean)).toEqual([]);
    const deleted = new Set(all.filter(({ did }) => did === 'deleting').map((one) => one.id));
    for (const id of new Set(all.map((one) => one.id))) {
      if (deleted.has(id) && !known.has(id)) continue;
      const edits = all.filter((one) => one.id === id && one.did === 'edited').length;
      expect(known.get(id)?.changes, id).toBeGreaterThanOrEqual(edits);
    }
    for (const { id } of here)
      expect(await verifyClosed(workspaceFiles(folder, { kind: 'sandbox', id })), id).toMatchObject({
        ok: true,
      });
    for (const { discarded } of here) expect(discarded).toBeNull();
    for (const { discarded } of gone) expect(discarded).not.toBeNull();
    const { id } = await take(clientOf(core), `after ${round}`);
    await sandboxes.discard({ id });
    expect(readdirSync(join(folder, 'sandboxes')).filter((name) => name.includes('.part'))).toEqual([]);
    expect((await verified(clientOf(core))).ok).toBe(true);
  } finally {
    await core.close();
  }
}

test(
  `killed ${kills} times while sandboxes come, change and go: none is lost or half there, and live is untouched`,
  { timeout: 60_000 + kills * 20_000 },
  async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    const next = seededNumbers(seed);
    const folder = join(testFolder(), 'w');
    const made = await openSeeded({ folder, owner: 'Ada', seed: 1 });
    await made.close();
    const live = hashTables(join(folder, 'frames.sqlite'));
    const all: Played[] = [];
    for (let round = 0; round < kills; round += 1) {
      all.push(...(await crash(folder, round, next)));
      await expectWhole(folder, all, round);
      expect(hashTables(join(folder, 'frames.sqlite'))).toBe(live);
    }
  },
);
