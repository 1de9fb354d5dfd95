import { describe, expect, it } from 'vitest';
import type { SheetPreview, SheetProblem } from '#shared/contract/sheets.ts';
import { sheetTypes } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { guess } from '#core/import/table/guess.ts';
import { oursMarks, ownMarks, plain, typeWords } from '#core/interchange/headings.ts';
import { knownValue } from '#core/import/table/words.ts';
import germanTransfer from '#renderer/i18n/de/transfer.ts';
import englishTransfer from '#renderer/i18n/en/transfer.ts';
import german from '#renderer/i18n/de/records.ts';
import english from '#renderer/i18n/en/records.ts';
import '#renderer/i18n/setup.ts';
import {
  aboutField,
  leadSentences,
  problemText,
  readingsText,
  shownValue,
  whereText,
  writesOf,
} from '#renderer/features/transfer/sheet/words.ts';
import { describeTransaction } from '#renderer/text/audit.ts';

const problem = (part: Partial<SheetProblem> = {}): SheetProblem => ({
  code: 'unknown_choice',
  column: 1,
  field: 'discipline',
  value: 'Elec',
  count: 1,
  lines: [3],
  came: 1,
  held: false,
  action: 'kept',
  becomes: null,
  suggestions: [],
  ...part,
});

/** The lists that columns of a table may have. */
const fields = new Set(sheetTypes.flatMap((type) => fieldsOf(type)).map(({ list }) => list));

const preview = (part: Partial<SheetPreview> = {}): SheetPreview => ({
  sha256: '',
  rows: 3,
  creates: 0,
  updates: 0,
  restores: 0,
  unchanged: 0,
  skipped: 0,
  matched: { by_id: 0, by_name: 0, undecided: 0 },
  along: [],
  along_count: 0,
  problems: [],
  problem_count: 0,
  sample: [],
  date_columns: [],
  loss_unit: null,
  blocked: null,
  others: [],
  values_used: [],
  titles: {},
  changed: [],
  changed_fields: [],
  workspace_empty: true,
  forbidden: null,
  ...part,
});

describe('the words of a spreadsheet import', () => {
  it.each([
    ['English', english.value],
    ['German', german.value],
  ])(
    'are understood when somebody writes them into a table, in %s',
    (_, names: Readonly<Record<string, string>>) => {
      const lists = (Object.keys(vocabulary) as Vocabulary[]).filter((list) => fields.has(list));
      for (const list of lists) {
        for (const value of vocabulary[list])
          expect(knownValue(list, names[value] ?? value), value).toBe(value);
      }
    },
  );

  it.each([
    ['English', english],
    ['German', german],
  ])('head every column that a list has, as it is exported in %s', (_, { field, many, one }) => {
    const heads: Readonly<Record<string, string>> = field;
    for (const type of sheetTypes) {
      for (const { key, kind } of fieldsOf(type)) {
        const cells =
          kind === 'boolean' ? 'yes' : kind === 'number' ? '2000' : (vocabulary.lifecycle[0] as string);
        const table = { columns: [heads[key] ?? key], rows: [{ line: 2, cells: [cells] }] };
        const { byType } = guess({ ...table, header: 1, notices: [], decimalComma: false }, '');
        expect(byType[type], `${type} ${key}`).toEqual([{ to: 'field', field: key }]);
      }
      expect(typeWords[type], type).toEqual(expect.arrayContaining([many[type].toLowerCase()].map(plain)));
      expect(
        typeWords[type].some((word) => plain(one[type]).split(' ').includes(word)),
        type,
      ).toBe(true);
    }
  });

  it('mark a field of ours in an exported list as the import knows it', () => {
    expect([englishTransfer.export.ours, germanTransfer.export.ours]).toEqual([...oursMarks]);
    expect([englishTransfer.export.own, germanTransfer.export.own]).toEqual([...ownMarks]);
  });

  it('explain every field that a column may become, in a sentence', () => {
    const shown = sheetTypes.flatMap((type) => fieldsOf(type)).filter(({ kind }) => kind !== 'json');
    for (const { key } of shown) expect(aboutField(key), key).toMatch(/\.$/);
    for (const key of ['id', 'meta', 'times', 'computed', 'ignore'])
      expect(aboutField(key), key).toMatch(/\.$/);
    expect(aboutField('starship')).toBe('');
  });

  it('say what is wrong, where, and what it is read as', () => {
    expect(problemText(problem(), 'team')).toBe('“Elec” is not a discipline that FRAMES knows');
    const converted = problem({ code: 'converted', field: 'experience', value: '2 years', becomes: 24 });
    expect(problemText(converted, 'team')).toBe('“2 years” is read as 24 months');
    expect(problemText(problem({ value: 'x'.repeat(200) }), 'team').length).toBeLessThan(140);
    expect(whereText(problem(), ['Name', 'Major'])).toBe('Column “Major”, line 3');
    const called = problem({ called: 'Radio' });
    expect(whereText(called, ['Name', 'Major'])).toBe('Column “Major”, line 3 (Radio)');
    expect(whereText(problem({ count: 2, lines: [3, 5] }), ['Name', 'Major'])).toBe(
      'Column “Major”, 2 rows: lines 3 and 5',
    );
    const many = problem({ count: 9, lines: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(whereText(many, ['Name', 'Major'])).toBe(
      'Column “Major”, 9 rows: lines 1, 2, 3, 4, 5, 6 and 3 more',
    );
    expect(whereText(problem({ column: null }), [])).toBe('Line 3');
    const twice = problem({ code: 'repeated', lines: [21], first: 4 });
    expect(whereText(twice, ['Name', 'Major'])).toBe('Column “Major”, line 21; first in line 4');
    const others = (lines: number[]) =>
      problem({ suggestions: [{ value: 'B', label: 'B', rows: lines.length, lines }] });
    expect(whereText(others([5]), ['Name', 'Major'])).toBe('Column “Major”, line 3; “B” in line 5');
    expect(whereText(others([5, 7, 8, 9, 10, 11, 12]), ['Name', 'Major'])).toBe(
      'Column “Major”, line 3; “B” in lines 5, 7, 8, 9, 10, 11 and 1 more',
    );
  });

  it('say in sentences what an import would do', () => {
    expect(leadSentences(preview(), { type: 'team' })).toEqual(['There is nothing to import.']);
    const along = [1, 2, 3, 4, 5, 6].map((one) => ({ type: 'university' as const, title: `U${one}` }));
    const all = preview({
      creates: 2,
      updates: 1,
      unchanged: 1,
      skipped: 1,
      along,
      along_count: 7,
      matched: { by_id: 0, by_name: 2, undecided: 2 },
    });
    expect(leadSentences(all, { type: 'team' })).toEqual([
      '2 teams will be added.',
      'With them come 7 records that the rows name: U1, U2, U3, U4, U5 and 2 more.',
      '1 team will be updated.',
      'Here already, just as the file has it: 1 team.',
      '2 rows wait for your decision.',
      '1 row is left out.',
    ]);
    expect(writesOf(all)).toBe(10);
  });

  it('show values as the lists do', () => {
    expect(shownValue('team', 'university_id', 'u1', { u1: 'Summit' })).toBe('Summit');
    expect(shownValue('team', 'university_id', 'u2', {})).toBe('u2');
    expect(shownValue('interface', 'bond_type', 'codified-strong', {})).toBe('codified, strong');
    expect(shownValue('team', 'size', null, {})).toBe('');
    expect(shownValue('team', 'Room', 'B', {})).toBe('B');
    expect(shownValue('team', 'meta', { room: 'A1', floor: 4 }, {})).toBe('room: A1 · floor: 4');
  });

  it('name the import in the history', () => {
    const params = { source: 'teams.csv', type: 'team', count: 17 };
    expect(describeTransaction('sheet.import', params)).toBe('Imported 17 records from the table teams.csv');
    expect(describeTransaction('sheet.import', { type: 'team' })).toBe('Imported a table');
    expect(describeTransaction('sheet.import', { source: 'teams.csv', type: 'team' })).toBe(
      'Imported the table teams.csv',
    );
  });
});

describe('the figures of own fields', () => {
  it('keep their digits together, as in a list; those of our fields do not', () => {
    expect(shownValue('team', 'Founded', 2015, {})).toBe('2015');
    expect(shownValue('team', 'experience', 2015, {})).toMatch(/2,015/);
  });

  it('say without unfolding what values are read as', () => {
    const read = (value: string) =>
      problem({ code: 'converted', field: 'lifecycle', value, becomes: 'established' });
    expect(readingsText([read('active')], 'team')).toBe('“active” → established');
    expect(readingsText(['a', 'b', 'c', 'd'].map(read), 'team')).toMatch(/^“a” .*“c” → established · …$/);
    expect(readingsText([problem()], 'team')).toBe('');
    const day = problem({ code: 'date_read', field: null, value: '03/04/2020', becomes: '2020-04-03' });
    expect(readingsText([day], 'team')).toBe('“03/04/2020” → 3 Apr 2020');
  });

  it('says how an unlikely figure was read, where that is not what stands there', () => {
    const unlikely = problem({ code: 'unlikely_number', field: 'size', value: '9999' });
    expect(problemText(unlikely, 'team')).toBe('“9999” is unusually high for size: is it meant so?');
    const read = problem({
      code: 'unlikely_number',
      field: 'duration_months',
      value: '100 years',
      becomes: 1200,
    });
    expect(problemText(read, 'project')).toMatch(
      /^“100 years”, read as 1,200 months, is unusually high for /,
    );
  });
});
