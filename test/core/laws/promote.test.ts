import { fc } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Difference, MergeResult } from '#shared/contract/compare.ts';
import { comparedBy } from '#test/support/compare.ts';
import { applied, nodesIn, plain, stateIn } from '#test/support/promotion.ts';
import type { State } from '#test/support/promotion.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import type { Draft } from '#test/support/drafts.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import type { Step } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, verified, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.as().network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});
const runs = lawRuns(30);
type Side = 'play' | 'live';

function inFile<R>(file: string, work: (db: Database.Database) => R): R {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Live and a sandbox of it, each with a history of its own. */
const apart = fc.record({
  lived: histories({ minLength: 0, maxLength: 14 }),
  played: histories({ minLength: 1, maxLength: 18 }),
  dice: fc.array(fc.nat({ max: 99 }), { minLength: 7, maxLength: 7 }),
  all: fc.boolean(),
});

type Steps = typeof apart extends fc.Arbitrary<infer T> ? T : never;

/** One that has something to carry over, and one that has nothing: whatever else is met, each is looked at. */
const always: [Steps][] = (['Ada', 'Vic'] as const).map((actor) => {
  const deed = { kind: 'remove' as const, type: 'interface' as const, pick: 1, withContents: false };
  return [{ lived: [], played: [{ actor, through: 0, deed }], dice: [1, 1, 1, 1, 1, 1, 1], all: true }];
});
const made = (name: string, note: Draft): Step => {
  const deed = {
    kind: 'create' as const,
    type: 'student' as const,
    draft: [...note, ...named(name)],
    ownId: true,
  };
  return { actor: 'Ada', through: 0, deed };
};
const named = (name: string): Draft => [['name', { json: name }]];
// Made on both sides, with one of two fields promoted: what was left stays in conflict.
always.push([
  {
    lived: [made('Avionics', [])],
    played: [made('→', [['x_note', { json: {} }]])],
    dice: [0, 0, 0, 0, 0, 0, 0],
    all: false,
  },
]);

interface Case {
  workspace: TestWorkspace;
  id: string;
  play: Client;
  rows: Difference[];
  chosen: Difference[];
  asked: Parameters<Client['sandboxes']['promote']>[0];
  decide: (one: Difference, field: string | null) => Side;
  nodes: ReadonlyMap<string, string>;
  /** Of live's log, before anything is promoted. */
  newest: number;
}

async function prepare(workspace: TestWorkspace, { lived, played, dice, all }: Steps): Promise<Case> {
  const { id } = await take(workspace.as(), 'Play');
  const core = await openSandbox(workspace, id);
  for (const step of played) await perform([core], step);
  for (const step of lived) await perform([workspace.core], step);
  const { rows, live, play } = await comparedBy(workspace.as(), id);
  const roll = (at: number): number => dice[at % dice.length] as number;
  const decide = (one: Difference, field: string | null): Side =>
    (roll(rows.indexOf(one)) + (field?.length ?? 0)) % 3 > 0 ? 'play' : 'live';
  const some = rows.filter((_, at) => roll(at) % 3 > 0);
  const chosen = all || some.length === 0 ? rows : some;
  const decisions = chosen
    .filter(({ class: of }) => of === 'conflict')
    .flatMap((one) =>
      [null, ...one.fields.map(({ field }) => field)].map((field) => ({
        id: one.id,
        field,
        take: decide(one, field),
      })),
    );
  const only = chosen.map((one) => ({ id: one.id }));
  const nodes = new Map([
    ...inFile(workspace.files.live, nodesIn),
    ...inFile(filesOf(workspace, id).data, nodesIn),
  ]);
  const newest = inFile(workspace.files.live, (db) =>
    db.prepare('SELECT max(id) FROM audit_transactions').pluck().get(),
  ) as number;
  const conflicts = chosen !== rows && roll(0) % 2 === 0 ? 'live' : 'ask';
  const asked = {
    id,
    decisions,
    conflicts,
    seen: { live, play },
    ...(chosen === rows ? {} : { only }),
  } as const;
  return { workspace, id, play: clientOf(core), rows, chosen, asked, decide, nodes, newest };
}

async function orRefused(work: ReturnType<Client['sandboxes']['promote']>): Promise<MergeResult | string> {
  try {
    return await resultOf(await work);
  } catch (error) {
    return refusalIn(error).code;
  }
}

const stateOf = (file: string): State => inFile(file, stateIn);
/** The order of fields is that of the payloads, and names of what a record is about are those where it still is. */
const byField = (rows: readonly Difference[]): Difference[] =>
  rows.map((row) => ({
    ...row,
    title: '',
    university: null,
    fields: row.fields.toSorted((a, b) => (a.field < b.field ? -1 : 1)),
  }));
/** An id that both sides gave to records of two types is in nobody's power to promote: an example shows it. */
const clash = ({ rows }: Case): boolean => rows.some(({ conflict }) => conflict === 'other_type');

test('promoting is applying the chosen differences to live, and undoing it, or going back to before it, is the identity', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(apart, (steps) =>
      withWorkspace(template, async (workspace) => {
        const one = await prepare(workspace, steps);
        if (clash(one)) return;
        const ada = workspace.as();
        const [before, played] = [stateOf(workspace.files.live), hashTables(filesOf(workspace, one.id).data)];
        const source = stateOf(filesOf(workspace, one.id).data);
        const model = applied(before, source, one.chosen, 'play', one.nodes, one.decide);
        const tried = (await orRefused(ada.sandboxes.promote({ ...one.asked, dry: true }))) as MergeResult;
        expect(plain(stateOf(workspace.files.live))).toEqual(plain(before));
        expect(tried.problems.length > 0).toBe(model.refused);
        const done = await orRefused(ada.sandboxes.promote(one.asked));
        const kind = typeof done === 'string' ? done : done.op_id === null ? 'nothing' : 'done';
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        expect(hashTables(filesOf(workspace, one.id).data)).toBe(played);
        const refused = typeof done === 'string';
        expect(refused, kind).toBe(model.refused);
        expect(plain(stateOf(workspace.files.live))).toEqual(plain(refused ? before : model.state));
        if (refused) return;
        expect(done).toEqual({ ...tried, op_id: done.op_id, dry: false, backup: done.backup });
        expect(done.op_id === null).toBe(done.backup === null);
        if (done.op_id === null) return;
        const again = (await orRefused(
          ada.sandboxes.promote({ ...one.asked, seen: undefined }),
        )) as MergeResult;
        expect(again).toMatchObject({ op_id: null, backup: null });
        expect(await ada.history.undo({ on_conflict: 'ask' })).toMatchObject({ left: [] });
        expect(plain(stateOf(workspace.files.live))).toEqual(plain(before));
        const differed = byField(one.rows);
        expect(byField((await comparedBy(ada, one.id)).rows)).toEqual(differed);
        await ada.history.redo({ on_conflict: 'ask' });
        expect(plain(stateOf(workspace.files.live))).toEqual(plain(model.state));
        await resultOf(await ada.moments.restore({ at: one.newest, ids: null }));
        const withoutProfiles = (state: State): unknown =>
          plain(new Map([...state].filter(([, { type }]) => type !== 'profile' && type !== 'workspace')));
        expect(withoutProfiles(stateOf(workspace.files.live))).toEqual(withoutProfiles(before));
        expect((await workspace.verify()).ok).toBe(true);
      }),
    ),
    { numRuns: runs + always.length, examples: always },
  );
  for (const kind of ['done', 'nothing']) expect(seen.get(kind), kind).toBeGreaterThan(0);
}, 240_000);

test('refreshing applies live to Play, and the remaining differences are Play’s own changes', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(apart, (steps) =>
      withWorkspace(template, async (workspace) => {
        const one = await prepare(workspace, { ...steps, all: true });
        if (clash(one)) return;
        const file = filesOf(workspace, one.id).data;
        const [before, lived] = [stateOf(file), hashTables(workspace.files.live)];
        const source = stateOf(workspace.files.live);
        const model = applied(before, source, one.chosen, 'live', one.nodes, one.decide);
        const done = await orRefused(one.play.sandboxes.refresh(one.asked));
        seen.set(typeof done, (seen.get(typeof done) ?? 0) + 1);
        expect(hashTables(workspace.files.live)).toBe(lived);
        const refused = typeof done === 'string';
        expect(refused).toBe(model.refused);
        expect(plain(stateOf(file))).toEqual(plain(refused ? before : model.state));
        if (refused) return;
        const after = await comparedBy(one.play, one.id);
        expect(after.based).toBe('base');
        expect(after.base).toEqual(after.live);
        expect(after.rows.filter((row) => row.class !== 'play')).toEqual([]);
        expect((await verified(one.play)).ok).toBe(true);
        if (done.op_id === null) return;
        await one.play.history.undo({ on_conflict: 'ask' });
        expect(plain(stateOf(file))).toEqual(plain(before));
        expect(byField((await comparedBy(one.play, one.id)).rows)).toEqual(byField(one.chosen));
      }),
    ),
    { numRuns: runs + always.length, examples: always },
  );
  expect(seen.get('object')).toBeGreaterThan(0);
}, 240_000);
