import Database from 'better-sqlite3';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { comparedBy } from '#test/support/compare.ts';
import { expectSound } from '#test/support/invariants.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { filesOf } from '#test/support/sandboxes.ts';
import { sidesOf } from '#test/support/two-sides.ts';
import type { TwoSides } from '#test/support/two-sides.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const teams = ['t0', 't1', 't2', 't3'];
const pairs = teams.flatMap((from, at) => teams.slice(at + 1).map((to) => [from, to] as const));
const links = pairs.map(([from, to]) => `${from}-${to}`);
const students = teams.map((_, at) => `s${at}`);
const runs = lawRuns(15);

/** Each team is linked with each, and has a student. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const id of teams) await entities.create({ type: 'team', id, data: { name: id, size: 1 } });
  for (const [at, id] of students.entries())
    await entities.create({ type: 'student', id, data: { name: id, team_id: teams[at] as string } });
  for (const [at, id] of links.entries()) {
    const [from, to] = pairs[at] as (typeof pairs)[number];
    await entities.create({ type: 'interface', id, data: { from, to } });
  }
});

const side = fc.constantFrom('live' as const, 'play' as const);
const edit = fc.record({
  do: fc.constant('edit' as const),
  on: side,
  what: fc.constantFrom('remove', 'remove', 'resize', 'restore', 'unlink', 'note', 'move', 'rename'),
  at: fc.nat({ max: 11 }),
});
const merge = fc.record({
  do: fc.constant('merge' as const),
  to: side,
  conflicts: side,
  /** What is decided by itself of teams in conflict: each second bit says whether, the next what. */
  decided: fc.nat({ max: 255 }),
});
const undo = fc.record({ do: fc.constant('undo' as const), on: side });
const step = fc.oneof(
  { weight: 9, arbitrary: edit },
  { weight: 4, arbitrary: merge },
  { weight: 1, arbitrary: undo },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function perform(client: Client, { what, at }: Extract<Step, { do: 'edit' }>, size: number) {
  const team = { type: 'team', id: teams[at % 4] as string } as const;
  const link = { type: 'interface', id: links[at % links.length] as string } as const;
  const student = { type: 'student', id: students[at % 4] as string } as const;
  const { entities } = client;
  if (what === 'remove') await entities.remove(team);
  else if (what === 'restore') await entities.restore(team);
  else if (what === 'resize') await entities.update({ ...team, data: { size } });
  else if (what === 'unlink') await entities.remove(link);
  else if (what === 'note') await entities.update({ ...link, data: { note: `${size}` } });
  else if (what === 'rename') await entities.update({ ...student, data: { name: `${size}` } });
  else await entities.update({ ...student, data: { team_id: teams[(at + 1) % 4] as string } });
}

/** What is refused is none of what is looked for. */
async function orNothing(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isFault(error)) refusalIn(error);
  }
}

async function mergeSides(sides: TwoSides, { to, conflicts, decided }: Extract<Step, { do: 'merge' }>) {
  const { rows } = await comparedBy(sides.ada, sides.id);
  const decisions = rows
    .filter(({ type, conflict }) => type === 'team' && conflict === 'deleted')
    .flatMap(({ id }, at) =>
      (decided >> (2 * at)) & 1
        ? [{ id, take: (decided >> (2 * at + 1)) & 1 ? ('play' as const) : ('live' as const) }]
        : [],
    );
  return sides[to === 'live' ? 'promote' : 'refresh']({ conflicts, decisions });
}

/** Whatever is merged: links that nobody removed are there, and students whom nobody moved are in their teams; only hidden, or empty, without these. */
function check(file: string, unlinked: ReadonlySet<string>, moved: ReadonlySet<string>): void {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    expectSound(db);
    const there = (table: string) =>
      db.prepare(`SELECT id FROM ${table} WHERE deleted_at IS NULL`).pluck().all() as string[];
    const lost = links.filter((id) => !unlinked.has(id) && !there('interfaces').includes(id));
    const teamOf = db.prepare(`SELECT payload ->> '$.team_id' FROM students WHERE id = ?`).pluck();
    const left = students.filter((id, at) => !moved.has(id) && teamOf.get(id) !== teams[at]);
    expect({ lost, left }).toEqual({ lost: [], left: [] });
  } finally {
    db.close();
  }
}

test(
  'after any merge with deleted records, everything that nobody removed or moved is still there',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14, size: 'max' }), (history) =>
        withWorkspace(template, async (workspace) => {
          const sides = await sidesOf(workspace);
          const { undo: before } = await sides.ada.history.nextSteps({});
          const [unlinked, moved] = [new Set<string>(), new Set<string>()];
          for (const [at, one] of history.entries()) {
            const client = (on: 'live' | 'play'): Client => (on === 'live' ? sides.ada : sides.play);
            if (one.do === 'edit') {
              await orNothing(() => perform(client(one.on), one, 10 + at));
              if (one.what === 'unlink') unlinked.add(links[one.at % links.length] as string);
              if (one.what === 'move') moved.add(students[one.at % 4] as string);
            } else if (one.do === 'undo') {
              const { undo: newest } = await client(one.on).history.nextSteps({});
              if (newest === null || newest.op_id === before?.op_id) continue;
              await orNothing(() => client(one.on).history.undo({ on_conflict: 'leave' }));
            } else await orNothing(() => mergeSides(sides, one));
          }
          for (const file of [workspace.files.live, filesOf(workspace, sides.id).data])
            check(file, unlinked, moved);
          expect((await workspace.verify()).ok).toBe(true);
        }),
      ),
      { numRuns: runs },
    );
  },
  Math.max(240_000, runs * 10_000),
);
