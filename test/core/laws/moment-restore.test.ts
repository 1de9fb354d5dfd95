import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { AuditedType } from '#shared/domain/types.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { referencesOf } from '#core/model/validate.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { replayAudit } from '#test/support/replay.ts';
import { essence } from '#test/support/live.ts';
import type { LiveRow } from '#test/support/live.ts';
import { rowsIn, transactionsOf } from '#test/support/moments.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { isVisible, stateOfRecords } from '#test/support/promotion.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.as().network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});
const runs = lawRuns(15);

const lives = fc.record({
  steps: histories({ minLength: 1, maxLength: 14 }),
  stop: fc.nat({ max: 1000 }),
  picks: fc.array(fc.nat({ max: 1000 }), { maxLength: 6 }),
  /** A university goes last of all with all in it, and is among what is asked for. */
  whole: fc.boolean(),
});

/** What goes back: records, views and places in the network. */
const comesBack = (type: AuditedType): boolean =>
  isEntityType(type) || type === 'view' || type === 'position';
const kept = (rows: ReadonlyMap<string, LiveRow>): Record<string, unknown> =>
  essence(new Map([...rows].filter(([, { type }]) => comesBack(type))));

test('restoring everything to a point in time restores the tables, and undoing that is the identity', async () => {
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

interface Row {
  type: AuditedType;
  payload: Record<string, unknown>;
}
type Rows = Readonly<Record<string, Row | undefined>>;

const isShown = (rows: Rows, id: string): boolean => {
  const type = rows[id]?.type;
  return type !== undefined && (!isEntityType(type) || isVisible(stateOfRecords(rows), `${type} ${id}`));
};

/** What records refer to, and that in turn. */
function referred(rows: Rows, ids: readonly string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...ids];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const { type, payload } = rows[id] ?? {};
    if (!type || !isEntityType(type)) continue;
    for (const { key } of referencesOf(type)) {
      const other = payload?.[key];
      if (typeof other !== 'string' || found.has(other)) continue;
      found.add(other);
      queue.push(other);
    }
  }
  return found;
}

test('restored records equal their former state and visibility, references come too, and undoing is the identity', async () => {
  await fc.assert(
    fc.asyncProperty(lives, ({ steps, stop, picks, whole }) =>
      withWorkspace(template, async (workspace) => {
        for (const step of steps) await perform([workspace.core], step);
        const ada = workspace.as();
        const remove = { type: 'university', id: 'uni-a', with_contents: true } as const;
        if (whole) await ada.entities.remove(remove).catch(refusalIn);
        const ids = transactionsOf(workspace.core);
        const at = ids[stop % ids.length] as number;
        const then = kept(workspace.raw((db) => replayAudit(db, at)));
        const before = essence(rowsIn(workspace.files.live));
        const all = [...rowsIn(workspace.files.live).values()].filter(({ type }) => comesBack(type));
        const picked = picks.map((pick) => (all[pick % all.length] as LiveRow).id);
        const chosen = [...new Set([...(whole ? ['uni-a'] : []), ...picked])];
        if (chosen.length === 0) return;
        const tried = await resultOf(await ada.moments.restore({ at, ids: chosen, dry: true }));
        if (tried.problems.length > 0) return;
        const done = await resultOf(await ada.moments.restore({ at, ids: chosen }));
        expect(done).toEqual({ ...tried, dry: false, op_id: done.op_id });
        const added = done.records.flatMap((one) => (one.added ? one.id : []));
        const needs = referred(then as Rows, chosen);
        expect(added.filter((id) => before[id] !== undefined || !needs.has(id))).toEqual([]);
        const expected = { ...before };
        for (const id of [...chosen, ...added]) expected[id] = then[id];
        for (const id of Object.keys(expected)) if (expected[id] === undefined) delete expected[id];
        const now = essence(rowsIn(workspace.files.live));
        expect(now).toEqual(expected);
        const shown = chosen.filter((id) => isShown(then as Rows, id));
        expect(shown.filter((id) => !isShown(now as Rows, id))).toEqual([]);
        if (done.op_id === null) return;
        expect(await ada.history.undo({ on_conflict: 'ask' })).toMatchObject({ left: [] });
        expect(essence(rowsIn(workspace.files.live))).toEqual(before);
        expect((await workspace.verify()).ok).toBe(true);
      }),
    ),
    { numRuns: runs },
  );
});
