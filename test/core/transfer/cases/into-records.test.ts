import { describe, expect, test } from 'vitest';
import { isPlaceholder } from '#shared/domain/placeholders.ts';
import { Cells } from '#core/import/table/choices.ts';
import { forCases } from './support.ts';

const { imported, json, put } = forCases();

const problem = (code: string, more: Record<string, unknown> = {}): unknown =>
  expect.arrayContaining([expect.objectContaining({ code, ...more })]);

const titles = (rows: readonly { title: string }[]): string[] => rows.map(({ title }) => title);

describe('people', () => {
  test('are recognised with their titles, and with the family name first', async () => {
    const { workspace } = await imported('20a-names.csv', '--type student');
    const again = '--type student --force --matching update';
    const { report, list } = await imported('20b-names-reversed.csv', again, workspace);
    expect((await list('student')).map(({ title, payload }) => [title, payload.Phone])).toEqual([
      ['Ada Novak', 1],
      ['Ben van der Berg', 2],
    ]);
    expect(report.problem_list).toEqual(problem('repeated', { value: 'Dr. Ada Novak' }));
  });

  test('imported twice are proposed as duplicates, with their dependants', async () => {
    const people = 'Name,University\nAda Novak,U\n"Novak, Ada",U\nA. Novak,U\nNovak Ada,U\nBen Oz,U\n';
    const { workspace } = await imported(people, '--type student');
    const { pairs } = await json<{ pairs: { one: { title: string }; other: { title: string } }[] }>(
      `records duplicates --type student --workspace ${workspace}`,
    );
    expect(new Set(pairs.flatMap(({ one, other }) => [one.title, other.title]))).toEqual(
      new Set(['Ada Novak', 'Novak, Ada', 'A. Novak', 'Novak Ada']),
    );
    expect(pairs[0]).toMatchObject({ one: { dependants: { links: 0, records: 0 } } });
  });

  test('are found however their letters are written', async () => {
    const { workspace } = await imported('22-search.csv', '--type student');
    for (const [typed, title] of [
      ['strasse', 'Straße Groß'],
      ['gross', 'Straße Groß'],
      ['isik', 'Işık Yıldız'],
      ['yildiz', 'Işık Yıldız'],
    ])
      expect(await json(`search ${typed} --workspace ${workspace}`)).toMatchObject({ hits: [{ title }] });
  });
});

test('another spelling of an existing name is not created without asking', async () => {
  const { workspace } = await imported('Name\nTU München\n', '--type university');
  const { report } = await imported('Team,University\nRadio,TUM\n', '', workspace);
  const suggestions = [expect.objectContaining({ label: 'TU München' }) as unknown];
  expect(report.problem_list).toEqual(problem('reference_missing', { value: 'TUM', suggestions }));
});

test.each(['', '--type interface'])(
  'a list of links with a column of types is read as links, whatever that column says: "%s"',
  async (options) => {
    const { workspace } = await imported('Name\nAda\nNovak\n', '--type student');
    await imported('Team\nAvionics\n', '', workspace);
    const { list } = await imported(
      'From,To,Type\nAda,Avionics,member\nNovak,Ada,mentor\n',
      options,
      workspace,
    );
    const kinds = (await list('interface')).map(({ title, payload }) => [title, payload.interface_type]);
    expect(Object.fromEntries(kinds)).toEqual({ 'Ada → Avionics': 'member', 'Novak → Ada': 'mentor' });
  },
);

describe('ends of links', () => {
  const teams = 'Name\nRadio\nPower\nOptics\nGround\n';

  test.each<[what: string, links: string, made: string[], asked: unknown]>([
    [
      'several in a cell are several links',
      'Radio,Power; Optics\n"Ground, Power",Optics\n',
      ['Ground → Optics', 'Power → Optics', 'Radio → Optics', 'Radio → Power'],
      problem('several_links', { value: 'Power; Optics', becomes: 2 }),
    ],
    ['one named twice is linked once', 'Radio,"Power, power, Power"\n', ['Radio → Power'], []],
  ])('%s', async (_, links, made, asked) => {
    const { workspace } = await imported(teams, '--type team');
    const { report, list } = await imported(`From,To\n${links}`, '', workspace);
    expect(report.problem_list).toEqual(asked);
    expect(titles(await list('interface')).toSorted()).toEqual(made);
  });

  test('an ambiguous one is asked about once, with the universities', async () => {
    const { workspace } = await imported('Team,University\nRadio,U\nRadio,V\nPower,U\nGround,U\n');
    const { report } = await imported('From,To\nRadio,Power\nPower,Radio\nPower,Ground\n', '', workspace);
    expect(report.problem_list).toMatchObject([
      { code: 'end_ambiguous', count: 2, suggestions: [{ label: 'Radio (U)' }, { label: 'Radio (V)' }] },
    ]);
  });

  test('an answer about one applies to both', () => {
    const rule = { column: 0, value: 'Radio', becomes: 'team_1', create: false };
    const cells = new Cells({ cells: [], values: [rule] }, undefined, undefined, [0, 1]);
    expect(cells.peekAt({ line: 2, cells: ['Power', 'Radio', 'Radio'] }, 1).cell).toBe('team_1');
    expect(cells.peekAt({ line: 2, cells: ['Power', 'Radio', 'Radio'] }, 2).cell).toBe('Radio');
  });

  test('more than 1,000 links of a row are asked about', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `Team ${at}`);
    const { workspace } = await imported(`Name\n${names.join('\n')}\n`, '--type team');
    const [two, all] = [names.slice(0, 2).join('; '), names.join('; ')];
    const { report, list } = await imported(`From,To\n"${two}","${all}"\n"${all}","${all}"\n`, '', workspace);
    expect(report.problem_list).toEqual(problem('end_unknown', { lines: [3, 3] }));
    // Those of the first row, without the two from a team to itself.
    expect(await list('interface')).toHaveLength(78);
  });
});

test('UTF-16 without its mark is read', async () => {
  const { list } = await imported(put(Buffer.from('Name,Size\nŁódź,3\n', 'utf16le')), '--type team');
  expect(titles(await list('team'))).toEqual(['Łódź']);
});

test.each(['n.a.', '--', '?', 'tbd', 'k. A.', 'keine Angabe', 'NA', '<NA>', '(none)', 'offen', 'n/a ', '…'])(
  '"%s" is no name',
  (word) => expect(isPlaceholder(word, true)).toBe(true),
);
