import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forCases } from './support.ts';

const { imported, json, at } = forCases();

const problem = (code: string, more: Record<string, unknown> = {}): unknown =>
  expect.arrayContaining([expect.objectContaining({ code, ...more })]);

const written = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};

describe('rows that are no records', () => {
  test('are left out and reported: headings, totals and footers of parts (case 15)', async () => {
    const { report, titles } = await imported('15-section-and-footer-rows.xlsx', '--type', 'student');
    expect(await titles('student')).toEqual(['Ada', 'Ben', 'Cleo']);
    expect(report).toMatchObject({
      skipped: 4,
      problem_list: expect.arrayContaining([
        expect.objectContaining({ code: 'section_row', value: 'UNDERGRADUATES' }),
        expect.objectContaining({ code: 'section_row', value: 'GRADUATES' }),
        expect.objectContaining({ code: 'section_row', value: 'Last updated by office, 3 May' }),
        expect.objectContaining({ code: 'total_row', value: 'Total' }),
      ]) as unknown,
    });
  });
});

test('a heading in capitals is no name, even if a name is missing', async () => {
  const text = 'Name,Team,Terms remaining\nSENIORS,,\nAda,Radio,3\n,Power,2\nBen,Radio,1\n';
  const { titles } = await imported(written('seniors.csv', text), '--type', 'student');
  expect(await titles('student')).toEqual(['Ada', 'Ben']);
});

test('a total is left out, whichever column shows it', async () => {
  const text = 'University,Team,Name,Cost\nAlpha,Radio,Ada,3\nAlpha,Radio,Ben,2\nSumme,,2 Personen,5\n';
  const { report, titles } = await imported(written('sum.csv', text), '--type', 'student');
  expect(await titles('student')).toEqual(['Ada', 'Ben']);
  expect(await titles('university')).toEqual(['Alpha']);
  expect(report).toMatchObject({
    skipped: 1,
    problem_list: problem('total_row', { value: 'Summe', action: 'skipped' }),
  });
  const partner = 'University,Team,Name\nTotal,Radio,Ada\nAlpha,Radio,Ben\n';
  const { titles: both } = await imported(written('partner.csv', partner), '--type', 'student');
  expect(await both('student')).toEqual(['Ada', 'Ben']);
});

describe('a column of types', () => {
  const text =
    'Name,Art,Team\nAda,Studentin,Radio\nBen,Student,Radio\nDr. Cleo Novak,Professorin,Radio\nDia,Student,Power\nEve,Gast,Power\nFay,,Power\n';

  test('may use feminine forms, and rows of unknown types are imported once, with the most frequent type', async () => {
    const { report, titles } = await imported(written('roster.csv', text));
    expect(await titles('student')).toEqual(['Ada', 'Ben', 'Dia', 'Eve', 'Fay']);
    expect(await titles('faculty')).toEqual(['Dr. Cleo Novak']);
    expect(report).toMatchObject({ created: { students: 5, faculty: 1 }, skipped: 0 });
  });

  test('reports words that are no type', async () => {
    const { report } = await imported(written('guest.csv', text));
    expect(report).toMatchObject({
      problem_list: problem('unknown_type', { value: 'Gast', count: 1, becomes: 'student' }),
    });
  });

  test('names the rows of a section once', async () => {
    const parts = `${text}Stand: 3.11.2026,,\n`;
    const { report } = await imported(written('parts.csv', parts));
    expect(report).toMatchObject({ skipped: 1, report: { problems: { section_row: 1 } } });
  });
});

describe('a list of links with a column of types', () => {
  const people = 'Name\nAda\nNovak\n';
  const text = 'From,To,Type\nAda,Avionics,member\nNovak,Ada,mentor\n';

  test.each([[[]], [['--type', 'interface']]])(
    'is read as links, whatever that column says: %j',
    async (options) => {
      const { workspace, list } = await imported(written('people.csv', people), '--type', 'student');
      await json('import', written('avionics.csv', 'Team\nAvionics\n'), '--workspace', workspace);
      await json('import', written('typed.csv', text), '--workspace', workspace, ...options);
      const links = await list('interface', 'id');
      expect(Object.fromEntries(links.map(({ title, payload }) => [title, payload.interface_type]))).toEqual({
        'Ada → Avionics': 'member',
        'Novak → Ada': 'mentor',
      });
    },
  );

  test('is read as people if that type is chosen, and all rows are people if the column becomes a field', async () => {
    const file = written('typed.csv', text);
    const { report } = await imported(file, '--type', 'student');
    expect(report).toMatchObject({ skipped: 1, problem_list: problem('other_type', { value: 'mentor' }) });
    const kept = await imported(file, '--type', 'student', '--column', 'Type=own');
    expect(kept.report).toMatchObject({ created: { students: 2 }, skipped: 0 });
  });
});

test('a column of types decides the type of each row (case 16)', async () => {
  const { workspace, list, titles } = await imported(
    '16-type-per-row.xlsx',
    '--sheet',
    'Elements',
    '--sheet',
    'Connections',
  );
  expect([await titles('team'), await titles('student'), await titles('project')]).toEqual([
    ['Avionics'],
    ['Ada Novak'],
    ['CubeOne'],
  ]);
  expect((await list('interface', 'id')).map(({ title }) => title)).toHaveLength(2);
  expect(await json('verify', '--workspace', workspace)).toMatchObject({ ok: true });
});

test('placeholders are empty and reported (case 17)', async () => {
  const { report, titles, list } = await imported('17-placeholders.csv', '--type', 'student');
  expect(await titles('team')).toEqual([]);
  expect(await titles('university')).toEqual(['Alpha U']);
  const values = (await list('student')).map(({ payload }) => [payload.terms_remaining, payload.is_lead]);
  expect(values).toEqual([
    [3, true],
    [2, false],
    [undefined, true],
    [undefined, true],
    [undefined, false],
    // Terms are whole numbers.
    [undefined, true],
  ]);
  for (const value of ['N/A', '-', 'TBD', 'None', '(blank)', 'n/a', 'NULL', 'NaN', '?', 'none'])
    expect(report.problem_list).toEqual(problem('placeholder', { value }));
});

test('several names in a cell are asked about (case 18)', async () => {
  const { report, titles } = await imported('18-several-teams-in-a-cell.csv', '--type', 'student');
  expect(await titles('team')).toEqual(['Avionics']);
  for (const value of ['Avionics, Thermal', 'Avionics; Ground'])
    expect(report.problem_list).toEqual(problem('several_names', { value, action: 'empty' }));
});

test('several ends in a cell are several links', async () => {
  const { workspace, list } = await imported(
    written('teams.csv', 'Name\nRadio\nPower\nOptics\nGround\n'),
    '--type',
    'team',
  );
  const links = written('links.csv', 'From,To\nRadio,Power; Optics\n"Ground, Power",Optics\n');
  const report = await json<{ problem_list: unknown[] }>('import', links, '--workspace', workspace);
  expect(report.problem_list).toEqual(problem('several_links', { value: 'Power; Optics', becomes: 2 }));
  expect((await list('interface', 'id')).map(({ title }) => title).toSorted()).toEqual([
    'Ground → Optics',
    'Power → Optics',
    'Radio → Optics',
    'Radio → Power',
  ]);
});

test('a record that a cell names twice is linked once', async () => {
  const { workspace, list } = await imported(written('two.csv', 'Name\nRadio\nPower\n'), '--type', 'team');
  const links = written('twice.csv', 'From,To\nRadio,"Power, power, Power"\n');
  const { problem_list } = await json<{ problem_list: unknown[] }>('import', links, '--workspace', workspace);
  expect(problem_list).toEqual([]);
  expect((await list('interface', 'id')).map(({ title }) => title)).toEqual(['Radio → Power']);
});

test('a row with more than 1,000 links is asked about', async () => {
  const names = Array.from({ length: 40 }, (_, at) => `Team ${at}`);
  const { workspace, list } = await imported(
    written('forty.csv', `Name\n${names.join('\n')}\n`),
    '--type',
    'team',
  );
  const [two, all] = [names.slice(0, 2).join('; '), names.join('; ')];
  const links = written('all.csv', `From,To\n"${two}","${all}"\n"${all}","${all}"\n`);
  const { problem_list } = await json<{ problem_list: unknown[] }>('import', links, '--workspace', workspace);
  expect(problem_list).toEqual(problem('end_unknown', { lines: [3, 3] }));
  // Those of the first row, without the two from a team to itself.
  expect(await list('interface', 'id')).toHaveLength(78);
});

describe('a number that may be two', () => {
  const sizes = async (text: string, ...options: string[]) => {
    const { report, list } = await imported(written('sizes.csv', text), '--type', 'project', ...options);
    const months = (await list('project')).map(({ payload }) => payload.duration_months);
    return { months, codes: (report.problem_list as { code: string }[]).map(({ code }) => code) };
  };

  test('is asked about once for the file', async () => {
    const found = await sizes('Name,Duration in months\nA,"1,250"\nB,"2,125"\n');
    expect(found.codes.filter((code) => code === 'number_order')).toHaveLength(1);
    expect((await sizes('Name,Duration in months\nA,1.200\n')).codes).toContain('number_order');
  });

  test('is read in the format of the others', async () => {
    expect(await sizes('Name,Duration in months\nA,"1,250"\nB,"2,5"\n')).toMatchObject({
      months: [1.25, 2.5],
    });
    expect(await sizes('Name,Duration in months\nA,1.250\nB,"2,5"\n')).toMatchObject({ months: [1250, 2.5] });
    const { codes } = await sizes('Name,Duration in months\nA,"1,250"\nB,2.5\n');
    expect(codes).not.toContain('number_order');
  });

  test('is asked about if the others have both formats', async () => {
    const rows = 'A,"1,250"\nB,"12,5"\nC,3.5\n';
    expect((await sizes(`Name,Duration in months\n${rows}`)).codes).toContain('number_order');
  });

  test('is read as chosen', async () => {
    const text = 'Name,Duration in months\nA,"1,250"\n';
    expect((await sizes(text, '--decimals', 'comma')).months).toEqual([1.25]);
    expect((await sizes(text, '--decimals', 'point')).months).toEqual([1250]);
  });
});

test('a row without a name is shown', async () => {
  const { report } = await imported(
    written('unnamed.csv', 'Name,Discipline,Size\nRadio,power,3\n,thermal,4\n'),
  );
  expect(report.problem_list).toEqual(problem('name_missing', { value: 'thermal · 4', lines: [3] }));
});

test('a day that no calendar has is no day', async () => {
  const { workspace, list } = await imported(written('teams.csv', 'Name\nRadio\nPower\n'), '--type', 'team');
  const links = written('links.csv', 'From,To,Confirmed on\nRadio,Power,31.02.2026\n');
  const { problem_list } = await json<{ problem_list: unknown[] }>('import', links, '--workspace', workspace);
  expect(problem_list).toEqual(problem('not_a_date', { value: '31.02.2026', action: 'empty' }));
  expect((await list('interface', 'id'))[0]?.payload.confirmed_at ?? null).toBeNull();
});

test.each([
  'n.a.',
  '--',
  '?',
  'tbd',
  'k. A.',
  'k.A.',
  'keine Angabe',
  'NA',
  '<NA>',
  '(none)',
  'offen',
  'unbekannt',
  'n/a ',
  '…',
])('"%s" is no team', async (word) => {
  const { titles } = await imported(
    written('word.csv', `Name,Team,Note\nAda,${word},x\nBen,Radio,y\n`),
    '--type',
    'student',
  );
  expect(await titles('team')).toEqual(['Radio']);
});

test('values of a custom column are kept', async () => {
  const { list } = await imported(
    written('own.csv', 'Name,Ticket\nAda,offen\nBen,none\nCleo,N/A\n'),
    '--type',
    'student',
  );
  expect((await list('student')).map(({ payload }) => payload.Ticket)).toEqual(['offen', 'none', undefined]);
});
