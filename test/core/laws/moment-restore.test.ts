import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { AuditedType } from '#shared/domain/types.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { replayAudit } from '#test/support/replay.ts';
import { essence } from '#test/support/live.ts';
import type { LiveRow } from '#test/support/live.ts';
import { rowsIn, transactionsOf } from '#test/support/moments.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.as().network.arrange({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});
const runs = Number(process.env['LAW_RUNS'] ?? 30);

const lives = fc.record({
  steps: histories({ minLength: 1, maxLength: 14 }),
  stop: fc.nat({ max: 1000 }),
  picks: fc.array(fc.nat({ max: 1000 }), { maxLength: 6 }),
});

/** What goes back: records, views and places in the network. */
const comesBack = (type: AuditedType): boolean =>
  isEntityType(type) || type === 'view' || type === 'position';
const kept = (rows: ReadonlyMap<string, LiveRow>): Record<string, unknown> =>
  essence(new Map([...rows].filter(([, { type }]) => comesBack(type))));

test('going back with everything makes the tables what they were, and undoing it is the identity', async () => {
  await fc.assert(
    fc.asyncProperty(lives, ({ steps, stop }) =>
      withWorkspace(template, async (workspace) => {
        for (const step of steps) await perform([workspace.core], step);
        const ada = workspace.as();
        const ids = transactionsOf(workspace.core);
        const at = ids[stop % ids.length] as number;
        const then = kept(workspace.raw((db) => replayAudit(db, at)));
        const before = essence(rowsIn(workspace.files.live));
        const tried = await resultOf(await ada.moments.restore({ at, ids: null, dry: true }));
        expect(essence(rowsIn(workspace.files.live))).toEqual(before);
        expect(tried.problems).toEqual([]);
        const done = await resultOf(await ada.moments.restore({ at, ids: null, seen: tried.head }));
        expect(done).toEqual({ ...tried, dry: false, op_id: done.op_id, backup: done.backup });
        expect(kept(rowsIn(workspace.files.live))).toEqual(then);
        expect(done.op_id === null).toBe(done.backup === null);
        if (done.op_id === null) return;
        expect(await ada.history.undo({ on_conflict: 'ask' })).toMatchObject({ left: [] });
        expect(essence(rowsIn(workspace.files.live))).toEqual(before);
        expect((await workspace.verify()).ok).toBe(true);
      }),
    ),
    { numRuns: runs },
  );
});

/** A record as it is, with those references that are empty as they were. */
function named(now: unknown, then: unknown): unknown {
  const [is, was] = [now, then] as { payload: Record<string, unknown> }[];
  const again = ['team_id', 'project_id'].flatMap((field) => {
    const value = was?.payload[field];
    return (is?.payload[field] ?? null) === null && typeof value === 'string' ? [[field, value]] : [];
  });
  const references = Object.fromEntries(again) as Record<string, unknown>;
  return { ...is, payload: { ...is?.payload, ...references } };
}

test('records that go back are what they were, nothing refers to what is not there, and undoing it is the identity', async () => {
  await fc.assert(
    fc.asyncProperty(lives, ({ steps, stop, picks }) =>
      withWorkspace(template, async (workspace) => {
        for (const step of steps) await perform([workspace.core], step);
        const ada = workspace.as();
        const ids = transactionsOf(workspace.core);
        const at = ids[stop % ids.length] as number;
        const then = kept(workspace.raw((db) => replayAudit(db, at)));
        const before = essence(rowsIn(workspace.files.live));
        const all = [...rowsIn(workspace.files.live).values()].filter(({ type }) => comesBack(type));
        const chosen = [...new Set(picks.map((pick) => (all[pick % all.length] as LiveRow).id))];
        if (chosen.length === 0) return;
        const tried = await resultOf(await ada.moments.restore({ at, ids: chosen, dry: true }));
        if (tried.problems.length > 0) return;
        const done = await resultOf(await ada.moments.restore({ at, ids: chosen }));
        const now = essence(rowsIn(workspace.files.live));
        for (const id of chosen) expect([id, now[id]]).toEqual([id, then[id]]);
        for (const { id, action } of done.records.filter((one) => one.brought))
          expect([id, now[id]]).toEqual([id, action === 'updated' ? named(before[id], then[id]) : then[id]]);
        if (done.op_id === null) return;
        expect(await ada.history.undo({ on_conflict: 'ask' })).toMatchObject({ left: [] });
        expect(essence(rowsIn(workspace.files.live))).toEqual(before);
        expect((await workspace.verify()).ok).toBe(true);
      }),
    ),
    { numRuns: runs },
  );
});
