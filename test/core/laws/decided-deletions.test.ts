import type Database from 'better-sqlite3';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Carried } from '#shared/contract/compare.ts';
import { isFault } from '#shared/contract/faults.ts';
import { comparedBy } from '#test/support/compare.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { filesOf } from '#test/support/sandboxes.ts';
import { sidesOf } from '#test/support/two-sides.ts';
import type { TwoSides } from '#test/support/two-sides.ts';
import { inFile } from '#test/support/why-gone.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const teams = ['t0', 't1', 't2', 't3'];
const pairs = teams.flatMap((from, at) => teams.slice(at + 1).map((to) => [from, to] as const));
const links = pairs.map(([from, to]) => `${from}-${to}`);
const students = teams.map((_, at) => `s${at}`);
const runs = Number(process.env['LAW_RUNS'] ?? 30);

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
  what: fc.constantFrom(
    'remove',
    'remove',
    'resize',
    'resize',
    'restore',
    'unlink',
    'note',
    'move',
    'rename',
  ),
  at: fc.nat({ max: 11 }),
});
const carry = fc.record({
  do: fc.constant('carry' as const),
  to: side,
  conflicts: side,
  /** What is decided by itself of teams in conflict: each third bit says whether, the next what. */
  decided: fc.nat({ max: 255 }),
});
const undo = fc.record({ do: fc.constant('undo' as const), on: side });
const step = fc.oneof(
  { weight: 9, arbitrary: edit },
  { weight: 3, arbitrary: carry },
  { weight: 1, arbitrary: undo },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Edit = Extract<Step, { do: 'edit' }>;

/** What seldom comes about by itself: a team goes on one side and is changed on the other, and both are brought together twice. */
const scene = fc
  .record({ on: side, to: side, conflicts: side, at: fc.nat({ max: 3 }), decided: fc.nat({ max: 255 }) })
  .map(({ on, at, to, conflicts, decided }): Step[] => [
    { do: 'edit', on, what: 'remove', at },
    { do: 'edit', on: on === 'play' ? 'live' : 'play', what: 'resize', at },
    { do: 'carry', to, conflicts, decided },
    { do: 'carry', to: 'live', conflicts: 'live', decided: 0 },
  ]);
const histories = fc
  .array(fc.oneof({ weight: 3, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: scene }), {
    minLength: 4,
    maxLength: 12,
    size: 'max',
  })
  .map((parts) => parts.flat());

const edits = (on: Edit['on'], what: Edit['what'], at: number): Step => ({ do: 'edit', on, what, at });
const carries = (to: Edit['on'], conflicts: Edit['on']): Step => ({ do: 'carry', to, conflicts, decided: 0 });
/** What was found once. */
const found: Step[][] = [
  // Live takes a promotion back that it was brought in after: what had come back goes with it, and is to come again.
  [
    edits('live', 'remove', 0),
    edits('play', 'resize', 0),
    carries('live', 'play'),
    carries('play', 'live'),
    { do: 'undo', on: 'live' },
    carries('live', 'play'),
    carries('play', 'live'),
  ],
  // A link that is gone in live already when the deletion of its other end is promoted, and comes back there with that.
  [
    edits('live', 'remove', 0),
    edits('play', 'resize', 0),
    edits('play', 'remove', 1),
    carries('live', 'play'),
    edits('live', 'restore', 1),
    carries('live', 'live'),
    carries('play', 'live'),
  ],
];

/** What is there in a file. */
interface There {
  teams: Set<string>;
  links: Set<string>;
  /** By students: their team. */
  of: Map<string, string | null>;
}

function thereIn(db: Database.Database): There {
  const ids = (table: string): Set<string> =>
    new Set(db.prepare(`SELECT id FROM ${table} WHERE deleted_at IS NULL`).pluck().all() as string[]);
  const of = db.prepare('SELECT id, team_id FROM students WHERE deleted_at IS NULL').raw().all();
  return { teams: ids('teams'), links: ids('interfaces'), of: new Map(of as [string, string | null][]) };
}

const own = `SELECT DISTINCT l.entity_id FROM audit_logs l
  JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
  WHERE t.label NOT IN ('sandbox.promoted', 'sandbox.refreshed') AND l.meta IS NULL
  AND (l.entity_type = 'interface' AND l.action = 'delete'
    OR l.entity_type = 'student' AND l.action = 'update' AND json_type(l.payload_after, '$.team_id') IS NOT NULL)`;
/** Links that somebody removed itself in a file, and students that somebody moved. */
const ownIn = (db: Database.Database): string[] => db.prepare(own).pluck().all() as string[];

async function perform(client: Client, { what, at }: Edit, size: number): Promise<void> {
  const [team, link, student] = [teams, links, students].map((all) => all[at % all.length] as string) as [
    string,
    string,
    string,
  ];
  const { entities } = client;
  if (what === 'remove') await entities.remove({ type: 'team', id: team });
  else if (what === 'restore') await entities.restore({ type: 'team', id: team });
  else if (what === 'resize') await entities.update({ type: 'team', id: team, data: { size } });
  else if (what === 'unlink') await entities.remove({ type: 'interface', id: link });
  else if (what === 'note') await entities.update({ type: 'interface', id: link, data: { note: `${size}` } });
  else if (what === 'rename')
    await entities.update({ type: 'student', id: student, data: { name: `${size}` } });
  else
    await entities.update({ type: 'student', id: student, data: { team_id: teams[(at + 1) % 4] as string } });
}

/** What is refused is none of what is looked for. */
async function orNothing<R>(work: () => Promise<R>): Promise<R | null> {
  try {
    return await work();
  } catch (error) {
    if (!isFault(error)) refusalIn(error);
    return null;
  }
}

async function carryOver(sides: TwoSides, { to, conflicts, decided }: Extract<Step, { do: 'carry' }>) {
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

async function go(sides: TwoSides, history: readonly Step[], seen: Map<string, number>): Promise<string[]> {
  const broken: string[] = [];
  const files = { live: sides.workspace.files.live, play: filesOf(sides.workspace, sides.id).data };
  for (const [at, one] of history.entries()) {
    const client = (on: 'live' | 'play'): Client => (on === 'live' ? sides.ada : sides.play);
    if (one.do === 'edit') await orNothing(() => perform(client(one.on), one, 10 + at));
    else if (one.do === 'undo') await orNothing(() => client(one.on).history.undo({ on_conflict: 'leave' }));
    else {
      const before = [inFile(files.live, thereIn), inFile(files.play, thereIn)];
      const meant = new Set([...inFile(files.live, ownIn), ...inFile(files.play, ownIn)]);
      const done = await orNothing<Carried>(() => carryOver(sides, one));
      for (const what of ['stays', 'back'] as const)
        if ((done?.followed[what] ?? 0) > 0)
          seen.set(`${what} ${one.to}`, (seen.get(`${what} ${one.to}`) ?? 0) + 1);
      if (!done) continue;
      const after = inFile(files[one.to], thereIn);
      for (const had of before) {
        for (const link of had.links)
          if (
            !after.links.has(link) &&
            !meant.has(link) &&
            link.split('-').every((end) => after.teams.has(end))
          )
            broken.push(`link ${link} is lost in ${one.to} at step ${at}`);
        for (const [student, team] of had.of)
          if (team !== null && after.teams.has(team) && !meant.has(student) && after.of.get(student) !== team)
            broken.push(`${student} lost ${team} in ${one.to} at step ${at}`);
      }
    }
  }
  return broken;
}

test(
  'whatever is decided about deleted records, those that are there have every link and reference that nobody removed itself',
  async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(histories, (history) =>
        withWorkspace(template, async (workspace) => {
          const sides = await sidesOf(workspace);
          expect(await go(sides, history, seen)).toEqual([]);
          expect((await workspace.verify()).ok).toBe(true);
        }),
      ),
      { numRuns: runs + found.length, examples: found.map((one) => [one]) },
    );
    for (const what of ['stays live', 'back live', 'stays play', 'back play'])
      expect(seen.get(what), what).toBeGreaterThan(0);
  },
  Math.max(240_000, runs * 10_000),
);
