import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { MeasuredHistory, MeasuredPoint, UniversityCounts } from '#shared/contract/dashboards.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const people = await makeTemplate(preparePeople);
const runs = lawRuns(8);

const kept = ({ folder }: TestWorkspace): string => join(folder, 'measures.json');
const historyOf = async (client: Client, terms = 8): Promise<MeasuredHistory> =>
  resultOf(await client.analysis.history({ terms }));

/** What the file holds, counted by SQLite alone. */
const counted = (workspace: TestWorkspace): unknown =>
  workspace.raw((db) => {
    const there = 'r.deleted_at IS NULL AND r.hidden = 0';
    const count = (table: string, more = ''): number =>
      Number(db.prepare(`SELECT count(*) FROM ${table} r WHERE ${there}${more}`).pluck().get());
    const university = (end: string): string =>
      ['universities', 'teams', 'faculty', 'students', 'projects', 'outcomes']
        .map((table) => `(SELECT university_id FROM ${table} WHERE id = r.${end})`)
        .join(', ');
    const [from, to] = [university('from_id'), university('to_id')];
    const links = db
      .prepare(
        `SELECT count(*) FILTER (WHERE a IS b) AS within, count(*) FILTER (WHERE a <> b) AS across,
          count(*) FILTER (WHERE (a IS NULL) <> (b IS NULL)) AS shared
          FROM (SELECT coalesce(${from}) AS a, coalesce(${to}) AS b FROM interfaces r WHERE ${there})`,
      )
      .get();
    return {
      teams: count('teams'),
      faculty: count('faculty'),
      students: count('students', ' AND r.active IS NOT 0'),
      projects: count('projects'),
      links,
      recorded: count('outcomes', ' AND r.success IS NOT NULL'),
    };
  });

const recorded = ({ outcomes }: UniversityCounts): number =>
  outcomes.reduce((sum, one) => sum + one.recorded, 0);
const facts = (counts: UniversityCounts) => {
  const { teams, faculty, students, projects, links } = counts;
  return { teams, faculty, students, projects, links, recorded: recorded(counts) };
};

test('totals equal SQLite’s counts, and each record and link has one place or two', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 1, maxLength: 14 }), (steps) =>
      withWorkspace(people, async (workspace) => {
        for (const step of steps) await perform([workspace.core], step);
        const { universities, shared, total } = await workspace.as().analysis.universities({});
        expect(facts(total)).toEqual(counted(workspace));
        const all = [...universities, shared];
        const sum = (of: (counts: UniversityCounts) => number): number =>
          all.reduce((result, one) => result + of(one), 0);
        for (const key of ['teams', 'faculty', 'students', 'projects', 'leaving'] as const)
          expect(sum((one) => one[key])).toBe(total[key]);
        expect(sum(({ cohorts }) => cohorts.gaps)).toBe(total.cohorts.gaps);
        expect(sum(recorded)).toBe(recorded(total));
        expect(sum(({ links }) => links.within)).toBe(total.links.within);
        expect(sum(({ links }) => links.across)).toBe(2 * total.links.across);
        expect(shared.links.shared).toBe(total.links.shared);
      }),
    ),
    { numRuns: runs },
  );
});

/** Two universities with a team each, one shared project; the members of radio leave, nobody knows when those of power do. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const id of ['summit', 'bay']) await entities.create({ type: 'university', id, data: { name: id } });
  await entities.create({ type: 'project', id: 'joint', data: { name: 'joint', university_id: null } });
  for (const [id, university_id] of [
    ['radio', 'summit'],
    ['power', 'bay'],
  ] as const)
    await entities.create({ type: 'team', id, data: { name: id, university_id } });
  for (const [id, team_id, terms_remaining] of [
    ['ada', 'radio', 1],
    ['bo', 'radio', 0],
    ['cy', 'radio', 5],
    ['di', 'power', null],
  ] as const) {
    const university_id = team_id === 'radio' ? 'summit' : 'bay';
    await entities.create({
      type: 'student',
      id,
      data: { name: id, university_id, team_id, terms_remaining },
    });
  }
  for (const [id, from, to, bond_type] of [
    ['one', 'radio', 'power', 'fragile-temporary'],
    ['two', 'power', 'joint', 'codified-strong'],
    ['three', 'radio', 'joint', null],
  ] as const)
    await entities.create({ type: 'interface', id, data: { from, to, bond_type } });
  for (const [cohort_year, success] of [
    [2024, false],
    [2024, true],
    [2025, null],
  ] as const)
    await entities.create({
      type: 'outcome',
      data: { university_id: 'bay', cohort_year, success, outcome_type: 'mission_success' },
    });
});

test('unknown values are null, not 0', async () => {
  const client = (await testWorkspace({ template })).as();
  const { universities, shared, total } = await client.analysis.universities({});
  expect(universities.map(({ id }) => id)).toEqual(['bay', 'summit']);
  expect(universities[0]).toMatchObject({
    links: { within: 0, across: 1, shared: 1 },
    mean_loss: 32.5,
    undocumented: 0.5,
    cohorts: { gaps: 0, judged: 0 },
    outcomes: [{ cohort_year: 2024, outcome_type: 'mission_success', succeeded: 1, recorded: 2 }],
  });
  expect(universities[1]).toMatchObject({ mean_loss: 60, unrated: 1, cohorts: { gaps: 0, judged: 1 } });
  expect(shared).toMatchObject({ teams: 0, projects: 1, links: { within: 0, across: 0, shared: 2 } });
  expect(total).toMatchObject({ links: { within: 0, across: 1, shared: 2 }, leaving: 2 });
  await client.entities.remove({ type: 'interface', id: 'three' });
  await client.entities.remove({ type: 'interface', id: 'two' });
  expect((await client.analysis.universities({})).shared).toMatchObject({
    mean_loss: null,
    undocumented: null,
  });
});

test('members who leave by the end of the term are listed with their team', async () => {
  const client = (await testWorkspace({ template })).as();
  expect(await client.analysis.leavingStudents({})).toMatchObject({
    by: '2026-07-01T00:00:00.000Z',
    people: 2,
    teams: 1,
    by_team: [
      {
        team: { id: 'radio' },
        members: 3,
        leaving: [
          { id: 'ada', terms: 1 },
          { id: 'bo', terms: 0 },
        ],
      },
    ],
  });
  expect(await client.analysis.leavingStudents({ university: 'bay' })).toMatchObject({
    people: 0,
    by_team: [],
  });
});

test('a leaving member of several teams is one person', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.update({ type: 'student', id: 'ada', data: { other_team_ids: ['power'] } });
  expect(await client.analysis.leavingStudents({})).toMatchObject({ people: 2, teams: 2 });
  expect((await client.analysis.universities({})).total).toMatchObject({ leaving: 2 });
});

test('questions can be restricted to one university', async () => {
  const client = (await testWorkspace({ template })).as();
  const idsOf = async (question: 'leavers' | 'degrading' | 'cohorts' | 'changes', university: string) =>
    (await resultOf(await client.analysis.insights({ question, university, quick: true }))).items.map(
      ({ id }) => id,
    );
  expect(await idsOf('leavers', 'summit')).not.toContain('power');
  expect(await idsOf('leavers', 'bay')).toContain('power');
  for (const at of [1, 2, 3, 4])
    await client.entities.create({
      type: 'student',
      data: { name: `Leaving ${at}`, team_id: 'radio', terms_remaining: 1 },
    });
  for (const terms_remaining of [8, 7, 6, 5, 8])
    await client.entities.create({
      type: 'student',
      data: { name: `Staying ${terms_remaining}`, team_id: 'power', terms_remaining },
    });
  expect(await idsOf('degrading', 'bay')).toEqual(['one']);
  expect(await idsOf('cohorts', 'summit')).toEqual(['radio']);
  expect(await idsOf('cohorts', 'bay')).toEqual([]);
});

const phases = fc.array(histories({ minLength: 0, maxLength: 5 }), { minLength: 1, maxLength: 4 });
const values = ({ at: _at, now: _now, ...measured }: MeasuredPoint) => measured;

test('the end of a term is measured as it was measured then', async () => {
  await fc.assert(
    fc.asyncProperty(phases, (terms) =>
      withWorkspace(people, async (workspace) => {
        const then: unknown[] = [];
        for (const [term, steps] of terms.entries()) {
          workspace.clock.time = Date.UTC(2026, 6 * term, 5);
          for (const step of steps) await perform([workspace.core], step);
          then.push(values((await historyOf(workspace.as(), 1)).points.at(-1) as MeasuredPoint));
        }
        // Nothing that was measured is remembered.
        await workspace.reopen();
        rmSync(kept(workspace));
        const { points } = await historyOf(workspace.as());
        expect(points.map(values)).toEqual(then);
        expect(points.map(({ now }) => now)).toEqual([...terms.keys()].map((at) => at === terms.length - 1));
      }),
    ),
    { numRuns: runs },
  );
});

test('measurements survive a restart; a damaged cache or one of another version is ignored', async () => {
  const workspace = await testWorkspace({ template });
  const measured = await historyOf(workspace.as());
  const text = readFileSync(kept(workspace), 'utf8');
  const links = `"links":${measured.points[0]?.measures.links}`;
  expect(text).toContain(links);
  const linksIn = async (written: string): Promise<number | undefined> => {
    writeFileSync(kept(workspace), written);
    await workspace.reopen();
    return (await historyOf(workspace.as())).points[0]?.measures.links;
  };
  expect(await linksIn(text.replace(links, '"links":77'))).toBe(77);
  for (const spoilt of [
    '',
    '{',
    text.replace(links, '"links":"many"'),
    text.replace(/"version":\d+/, '"version":0'),
  ])
    expect(await linksIn(spoilt)).toBe(measured.points[0]?.measures.links);
});

test('at a point in time its measures are the last', async () => {
  const workspace = await testWorkspace({ template });
  const before = await historyOf(workspace.as());
  expect(before.points).toHaveLength(1);
  workspace.clock.time = Date.UTC(2027, 1, 1);
  await workspace.as().entities.remove({ type: 'team', id: 'radio' });
  const after = await historyOf(workspace.as());
  expect(after.points.map(({ at, total }) => [at?.slice(0, 10), total.links.across])).toEqual([
    ['2026-07-01', 1],
    ['2027-01-01', 1],
    ['2027-02-01', 0],
  ]);
  const core = await openAt(workspace, before.points[0]?.head.id as number);
  expect(await historyOf(clientOf(core))).toEqual(before);
});

test('an empty workspace has a dashboard', async () => {
  const client = (await testWorkspace({ template: await makeTemplate(async () => {}) })).as();
  expect(await client.analysis.universities({})).toMatchObject({
    universities: [],
    total: { mean_loss: null, undocumented: null },
  });
  expect((await historyOf(client)).points).toHaveLength(1);
});
