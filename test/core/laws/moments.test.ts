import { isDeepStrictEqual } from 'node:util';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { replayAudit } from '#test/support/replay.ts';
import { openAt, rowsIn, rowsOpen, transactionsOf } from '#test/support/moments.ts';
import { essence } from '#test/support/live.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import type { Step } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, verified, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.as().network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});
const runs = lawRuns(15);

const lives = fc.record({
  steps: histories({ minLength: 1, maxLength: 14 }),
  stops: fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 5 }),
});

/** What stood in the record tables when each transaction was the newest. */
async function recorded(workspace: TestWorkspace, steps: readonly Step[]) {
  const taken = new Map<number, ReturnType<typeof rowsIn>>();
  for (const step of steps) {
    await perform([workspace.core], step);
    taken.set(transactionsOf(workspace.core).at(-1) as number, rowsIn(workspace.files.live));
  }
  return taken;
}

const sorted = (rows: ReturnType<typeof rowsIn>): unknown =>
  [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

test('a point in time equals the tables of that time, however it is reached, and live stays unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(lives, ({ steps, stops }) =>
      withWorkspace(template, async (workspace) => {
        const taken = await recorded(workspace, steps);
        const ids = transactionsOf(workspace.core);
        const live = hashTables(workspace.files.live);
        const folded = (id: number) => workspace.raw((db) => replayAudit(db, id));
        const pick = (stop: number): number => ids[stop % ids.length] as number;
        const core = await openAt(workspace, pick(stops[0] as number));
        for (const stop of [...stops, 0, ids.length - 1, ...stops]) {
          const id = pick(stop);
          expect(await clientOf(core).moments.open({ at: id })).toMatchObject({ id });
          const rows = sorted(rowsOpen(core));
          expect(rows).toEqual(sorted(folded(id)));
          expect(rows).toEqual(sorted(taken.get(id) ?? folded(id)));
        }
        expect((await verified(clientOf(core))).ok).toBe(true);
        expect(hashTables(workspace.files.live)).toBe(live);
      }),
    ),
    { numRuns: runs },
  );
});

/** What is there of everything but the upkeep of the workspace. */
const there = (rows: ReturnType<typeof rowsIn>): Record<string, unknown> =>
  essence(new Map([...rows].filter(([id]) => !id.startsWith('ws_'))));

test('the differences of two points in time equal those of their folded logs, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(lives, ({ steps, stops }) =>
      withWorkspace(template, async (workspace) => {
        for (const step of steps) await perform([workspace.core], step);
        const ids = transactionsOf(workspace.core);
        const [from, to] = [0, 1].map((at) => ids[(stops[at] ?? 0) % ids.length] as number) as [
          number,
          number,
        ];
        const [was, is] = [from, to].map((id) => there(workspace.raw((db) => replayAudit(db, id)))) as [
          Record<string, { payload: unknown }>,
          Record<string, { payload: unknown }>,
        ];
        const expected = [...new Set([...Object.keys(was), ...Object.keys(is)])]
          .filter((id) => !isDeepStrictEqual(was[id], is[id]))
          .map((id) => `${id} ${!was[id] ? 'came' : is[id] ? 'updated' : 'deleted'}`)
          .toSorted();
        const found = await resultOf(await workspace.as().compare.between({ from, to, limit: 1000 }));
        const told = found.rows.map(({ id, play }) =>
          play === 'created' || play === 'restored' ? `${id} came` : `${id} ${play ?? ''}`,
        );
        expect(told.toSorted()).toEqual(expected);
        expect(found.matched).toBe(expected.length);
        for (const { id, fields } of found.rows)
          for (const { field, base, play } of fields)
            expect([id, field, base, play]).toEqual([
              id,
              field,
              valueIn(was[id], field),
              valueIn(is[id], field),
            ]);
      }),
    ),
    { numRuns: runs },
  );
});

const valueIn = (record: { payload: unknown } | undefined, field: string): unknown => {
  const payload = (record?.payload ?? {}) as Record<string, unknown>;
  return Object.hasOwn(payload, field) ? payload[field] : undefined;
};
