import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Cells } from '#core/import/table/choices.ts';
import { caseFile, forCases } from './support.ts';

const { imported, json, at } = forCases();

const problem = (code: string, more: Record<string, unknown> = {}): unknown =>
  expect.arrayContaining([expect.objectContaining({ code, ...more })]);

const written = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};

describe('people', () => {
  test('are recognised with their titles, and with the family name first (case 20)', async () => {
    const { workspace, titles, list } = await imported('20a-names.csv', '--type', 'student');
    const report = await json<{ problem_list: unknown[] }>(
      'import --type student --force --matching update',
      caseFile('20b-names-reversed.csv'),
      '--workspace',
      workspace,
    );
    expect(await titles('student')).toEqual(['Ada Novak', 'Ben van der Berg']);
    expect((await list('student')).map(({ payload }) => payload.Phone)).toEqual([1, 2]);
    expect(report.problem_list).toEqual(problem('repeated', { value: 'Dr. Ada Novak' }));
  });

  test('imported twice are proposed as duplicates, with their dependants', async () => {
    const file = written(
      'people.csv',
      'Name,University\nAda Novak,U\n"Novak, Ada",U\nA. Novak,U\nNovak Ada,U\nBen Oz,U\n',
    );
    const { workspace } = await imported(file, '--type', 'student');
    const { pairs } = await json<{ pairs: { one: object; other: { title: string } }[] }>(
      'records duplicates --type student',
      '--workspace',
      workspace,
    );
    const names = new Set(pairs.flatMap(({ one, other }) => [(one as { title: string }).title, other.title]));
    expect(names).toEqual(new Set(['Ada Novak', 'Novak, Ada', 'A. Novak', 'Novak Ada']));
    expect(pairs[0]).toMatchObject({ one: { dependants: { links: 0, records: 0 } } });
  });
});

describe('two spellings of a name', () => {
  const file = () =>
    written(
      'unis.csv',
      'Team,University\nRadio,TUM\nPower,TU München\nOptics,Technische Universität München\nGround,MIT\n',
    );

  test('in one file are asked about', async () => {
    const { report } = await imported(file());
    expect(report.problem_list).toEqual(problem('reference_alike', { action: 'created' }));
    expect(
      (report.problem_list as { code: string }[]).filter(({ code }) => code === 'reference_alike'),
    ).toHaveLength(2);
  });

  test('of an existing record are not created without asking', async () => {
    const { workspace } = await imported(written('one.csv', 'Name\nTU München\n'), '--type', 'university');
    const { problem_list } = await json<{ problem_list: unknown[] }>(
      'import',
      file(),
      '--workspace',
      workspace,
    );
    expect(problem_list).toEqual(
      problem('reference_missing', {
        value: 'TUM',
        suggestions: [expect.objectContaining({ label: 'TU München' })],
      }),
    );
    const { pairs } = await json<{ pairs: unknown[] }>(
      'records duplicates --type university',
      '--workspace',
      workspace,
    );
    expect(pairs).toEqual([]);
  });
});

test('an ambiguous end of links is asked about once, with the universities', async () => {
  const teams = written('teams.csv', 'Team,University\nRadio,U\nRadio,V\nPower,U\nGround,U\n');
  const { workspace } = await imported(teams);
  const links = written('links.csv', 'From,To\nRadio,Power\nPower,Radio\nPower,Ground\n');
  const { problem_list } = await json<{ problem_list: unknown[] }>('import', links, '--workspace', workspace);
  expect(problem_list).toMatchObject([
    { code: 'end_ambiguous', count: 2, suggestions: [{ label: 'Radio (U)' }, { label: 'Radio (V)' }] },
  ]);
});

test('an answer about an end of links applies to both ends', () => {
  const rule = { column: 0, value: 'Radio', becomes: 'team_1', create: false };
  const cells = new Cells({ cells: [], values: [rule] }, undefined, undefined, [0, 1]);
  expect(cells.look({ line: 2, cells: ['Power', 'Radio', 'Radio'] }, 1).cell).toBe('team_1');
  expect(cells.look({ line: 2, cells: ['Power', 'Radio', 'Radio'] }, 2).cell).toBe('Radio');
});

describe('nodes of a graph with the name of a record here', () => {
  const teams = written('teams-of-two.csv', 'Team,University\nThermal,Alpha\nThermal,Beta\nOptics,Alpha\n');
  const node = (id: number, label: string, university: string) =>
    `node [ id ${id} label "${label}" kind "Team" university "${university}" room "R${id}" ]`;
  const graph = (...nodes: string[]) => `graph [ directed 1 ${nodes.join(' ')} ]`;

  test('match those of their own university only', async () => {
    const file = written(
      'thermal.gml',
      graph(node(0, 'Thermal', 'Beta'), node(1, 'Optics', 'Beta'), node(2, 'Thermal', 'Gamma')),
    );
    const { workspace, list } = await imported(teams, '--type', 'team');
    const report = await json<{ report: unknown; created: unknown; updated: unknown }>(
      'import --force --matching update',
      file,
      '--workspace',
      workspace,
    );
    expect(report).toMatchObject({ updated: { teams: 1 }, created: { teams: 2, universities: 1 } });
    const found = (await list('team')).map(({ title, payload }) => `${title} ${String(payload.room)}`);
    expect(found.toSorted()).toEqual([
      'Optics R1',
      'Optics undefined',
      'Thermal R0',
      'Thermal R2',
      'Thermal undefined',
    ]);
    expect(report.report).toMatchObject({ notices: [] });
  });
});
