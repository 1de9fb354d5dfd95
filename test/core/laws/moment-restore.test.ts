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
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.as().network.arrange({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});
const runs = Number(process.env['LAW_RUNS'] ?? 30);

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

interface Row {
  type: AuditedType;
  payload: Record<string, unknown>;
}
type Rows = Record<string, Row | undefined>;

const lastDeletion = `SELECT meta ->> '$.because' FROM audit_logs WHERE entity_id = ? AND action = 'delete'
  ORDER BY id DESC LIMIT 1`;

/** Because of what each record that is gone went last: null where somebody deleted it. */
function causes(workspace: TestWorkspace, rows: Rows): ReadonlyMap<string, unknown> {
  return workspace.raw((db) => {
    const cause = db.prepare(lastDeletion).pluck();
    return new Map(Object.keys(rows).map((id) => [id, cause.get(id)]));
  });
}

const referredBy = (row: Row | undefined): string[] =>
  row && isEntityType(row.type)
    ? referencesOf(row.type).flatMap(({ key }) =>
        typeof row.payload[key] === 'string' ? row.payload[key] : [],
      )
    : [];

interface Came {
  was: Rows;
  before: Rows;
  now: Rows;
  chosen: readonly string[];
  cause: ReadonlyMap<string, unknown>;
}

/** What went with a university that came, and did not come with it. */
function leftBehind({ was, before, now, cause }: Came): string[] {
  return Object.entries(was).flatMap(([id, row]) => {
    const of = String(row?.payload['university_id']);
    const went = !before[id] && !before[of] && isEntityType(row?.type) && cause.get(id) === of;
    return went && now[of] && !now[id] ? id : [];
  });
}

/** What somebody had deleted, and came though nobody asked for it and nothing needs it. */
function unneeded({ was, before, now, chosen, cause }: Came): string[] {
  const isLink = (id: string): boolean => was[id]?.type === 'interface';
  const there = Object.keys(was).filter((id) => now[id]);
  const came = there.filter((id) => !before[id]);
  const ends = there.filter((id) => !isLink(id) || came.includes(id)).flatMap((id) => referredBy(was[id]));
  const others = there
    .filter((id) => !isLink(id) || chosen.includes(id))
    .flatMap((id) => referredBy(was[id]));
  const named = [...chosen, ...others];
  const needs = (id: string): boolean =>
    isLink(id) ? referredBy(was[id]).some((end) => named.includes(end)) : ends.includes(id);
  return came.filter((id) => cause.get(id) === null && !chosen.includes(id) && !needs(id));
}

test('records that go back are what they were, nothing refers to what is not there, and undoing it is the identity', async () => {
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
        const cause = causes(workspace, then as Rows);
        const tried = await resultOf(await ada.moments.restore({ at, ids: chosen, dry: true }));
        if (tried.problems.length > 0) return;
        const done = await resultOf(await ada.moments.restore({ at, ids: chosen }));
        const now = essence(rowsIn(workspace.files.live));
        for (const id of chosen) expect([id, now[id]]).toEqual([id, then[id]]);
        for (const { id, action } of done.records.filter((one) => one.brought))
          expect([id, now[id]]).toEqual([id, action === 'updated' ? named(before[id], then[id]) : then[id]]);
        const came: Came = { was: then as Rows, before: before as Rows, now: now as Rows, chosen, cause };
        expect([leftBehind(came), unneeded(came)]).toEqual([[], []]);
        if (done.op_id === null) return;
        expect(await ada.history.undo({ on_conflict: 'ask' })).toMatchObject({ left: [] });
        expect(essence(rowsIn(workspace.files.live))).toEqual(before);
        expect((await workspace.verify()).ok).toBe(true);
      }),
    ),
    { numRuns: runs },
  );
});
