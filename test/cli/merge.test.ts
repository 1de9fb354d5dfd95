import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { folder, frames, json } = inFolder();

test('frames records merge --with-contents merges what matches in two universities, after listing it', async () => {
  const sides = [
    { side: 'a', university_id: 'univ_a', size: 3 },
    { side: 'b', university_id: 'univ_b', size: 4 },
  ];
  const document = {
    universities: sides.map(({ university_id }) => ({ id: university_id, name: 'North State' })),
    teams: sides.map(({ side, ...data }) => ({ id: `team_${side}`, name: 'Avionics', ...data })),
    students: sides.flatMap(({ side, university_id }) =>
      [1, 2].map((at) => ({
        id: `stud_${side}${at}`,
        name: `Person ${at}`,
        university_id,
        team_id: `team_${side}`,
      })),
    ),
    interfaces: sides.map(({ side }) => ({
      id: `link_${side}`,
      from: `stud_${side}1`,
      to: `stud_${side}2`,
    })),
  };
  writeFileSync(join(folder, 'records.json'), JSON.stringify(document));
  await json('import', 'records.json', '--workspace', 'W');
  const figures = '2 universities, 2 teams, 4 students, 2 links become 1, 1, 2, 1';
  expect((await frames('records duplicates --workspace W')).stdout).toContain(figures);
  const { pairs } = await json<{ pairs: { contents: object | null }[] }>(
    'records',
    'duplicates',
    '--workspace',
    'W',
  );
  expect(pairs).toMatchObject([{ contents: { after: { teams: 1, students: 2 }, ambiguous: 0 } }]);

  const merge = 'records merge univ_a univ_b --with-contents --workspace W';
  const preview = await frames(`${merge} --dry-run`);
  expect(preview.code).toBe(0);
  expect(preview.stdout).toMatch(/size: 3 instead of 4/);
  const left = await json<{ removed: object }>(...merge.split(' '), '--except', 'stud_b2', '--dry-run');
  expect(left.removed).toEqual({ universities: 1, teams: 1, students: 1 });

  expect((await frames(`${merge} --yes`)).stdout).toContain(
    'removed 1 link, 2 students, 1 team, 1 university',
  );
  expect((await frames('records duplicates --workspace W')).stdout).not.toContain('become');
  const teams = 'records merge team_a team_b --with-contents --yes --workspace W';
  expect((await frames(teams)).stderr).toContain('only for universities');
  expect((await frames('undo --workspace W')).stdout).toContain('Merged 2 universities');
});
