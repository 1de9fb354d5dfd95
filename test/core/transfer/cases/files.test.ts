import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forCases } from './support.ts';

const { imported, at } = forCases();

const written = (name: string, bytes: string | Buffer): string => {
  writeFileSync(at(name), bytes);
  return at(name);
};

const noticed = (code: string, more: Record<string, unknown> = {}): unknown =>
  expect.arrayContaining([expect.objectContaining({ code, ...more })]);

describe('a workbook', () => {
  test('gives each row of merged cells their value (case 04)', async () => {
    const { list } = await imported('04-merged-team-cells.xlsx', '--type', 'student');
    const teams = (await list('student')).map(({ title, derived }) => [title, derived.team_title]);
    expect(teams).toEqual([
      ['Ada Novak', 'Avionics'],
      ['Ben Oz', 'Avionics'],
      ['Cleo Ruiz', 'Avionics'],
      ['Dia Sen', 'Thermal'],
      ['Eve Li', 'Thermal'],
    ]);
  });

  test('shows numbers with the leading zeros of their format (case 13)', async () => {
    const { list } = await imported('13-leading-zero-format.xlsx', '--type', 'student');
    expect((await list('student')).map(({ payload }) => payload['Student ID'])).toEqual(['000012', '000345']);
  });

  test('reports formulas that were never calculated (case 14)', async () => {
    const { report } = await imported('14-formula-without-value.xlsx');
    expect(report).toMatchObject({
      report: {
        complete: false,
        notices: noticed('formula_without_value', { count: 3, params: { cell: 'C2' } }),
      },
    });
  });

  test('joins two lines of headings (case 21)', async () => {
    const { report, titles } = await imported('21-two-heading-rows.xlsx');
    expect(Object.keys(report.columns as object)).toEqual([
      'Name',
      'Contact Email',
      'Contact Phone',
      'Team',
      'Joined',
    ]);
    expect(report).toMatchObject({ report: { notices: noticed('headings_joined') } });
    expect(await titles('student')).toEqual(['Ada Novak', 'Ben Oz']);
  });
});

describe('a text', () => {
  test.each([
    ['05-windows-1250.csv', 'windows-1250', ['Wałęsa Śląski', 'Zbigniew Żuk']],
    ['05b-windows-1251.csv', 'windows-1251', ['Анна Петрова', 'Олег Жуков']],
  ])('%s is read in its encoding, which is said (case 05)', async (file, encoding, names) => {
    const { report, titles } = await imported(file, '--type', 'student');
    expect(await titles('student')).toEqual(names);
    expect(report).toMatchObject({
      report: { notices: noticed('encoding_guessed', { params: { encoding } }) },
    });
  });

  test('is read in the encoding that was chosen', async () => {
    const { titles, report } = await imported(
      '05-windows-1250.csv',
      '--type',
      'student',
      '--encoding',
      'windows-1251',
    );
    expect(await titles('student')).toContain('Zbigniew Їuk');
    expect(JSON.stringify(report)).not.toContain('encoding_guessed');
  });

  test('with an unclosed quotation mark is reported (case 06)', async () => {
    const { report } = await imported('06-open-quote.csv');
    expect(report).toMatchObject({
      report: { complete: false, notices: noticed('open_quote', { where: { line: 2 } }) },
    });
  });

  test('may name its delimiter in its first line (case 07)', async () => {
    const { list } = await imported('07-sep-line-two-columns.csv', '--type', 'student');
    const teams = (await list('student')).map(({ title, derived }) => [title, derived.team_title]);
    expect(teams).toEqual([
      ['Ada', 'Avionics'],
      ['Ben', 'Thermal'],
    ]);
  });

  test('may part its cells by blanks and count its rows, as R does (case 08)', async () => {
    const { list } = await imported('08-r-write-table.txt');
    const sizes = (await list('team')).map(({ title, payload }) => [title, payload.size]);
    expect(sizes).toEqual([
      ['Avionics', 7],
      ['Thermal', 4],
    ]);
  });
});

describe('other texts', () => {
  test.each([
    ['sep=,', 'sep=,\nName,Discipline,Size\nRadio,x,3\n'],
    ['sep=|', '"sep=|"\r\nName|Size\r\nRadio|3\r\n'],
    ['one column', 'sep=;\nName\nRadio\n'],
    ['R without quotation marks', 'name size\n1 Radio 3\n2 Power 4\n'],
    ['R with names of rows', '"discipline" "size"\n"Radio" "power" 3\n"Power" "thermal" 4\n'],
    ['R with tabs', 'name\tsize\n1\tRadio\t3\n2\tPower\t4\n'],
  ])('%s', async (_, text) => {
    const { titles } = await imported(written('text.txt', text), '--type', 'team');
    expect(await titles('team')).toContain('Radio');
    expect((await titles('team')).length).toBeLessThan(3);
  });

  test('a list of names with blanks is one column', async () => {
    const { titles } = await imported(written('list.txt', 'Team\nFlight software\nGround station\n'));
    expect(await titles('team')).toEqual(['Flight software', 'Ground station']);
  });

  test('UTF-16 without its mark is read', async () => {
    const { titles } = await imported(
      written('wide.csv', Buffer.from('Name,Size\nŁódź,3\n', 'utf16le')),
      '--type',
      'team',
    );
    expect(await titles('team')).toEqual(['Łódź']);
  });

  test('two lines of headings of a text are joined', async () => {
    const text =
      'Name,Contact,,Team\n,Email,Phone,\nAda Novak,a@x.org,0170 1,Radio\nBen Oz,b@x.org,0170 2,Power\n';
    const { report } = await imported(written('headings.csv', text));
    expect(Object.keys(report.columns as object)).toEqual(['Name', 'Contact Email', 'Contact Phone', 'Team']);
  });
});
