import { describe, expect, it } from 'vitest';
import { sheetTypes } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { guessColumns } from '#core/import/table/columns/guess.ts';
import { declaredMarks, customMarks, plainHeading } from '#core/model/interchange/headings.ts';
import { typeWords } from '#core/model/interchange/type-words.ts';
import { knownValue } from '#core/import/table/synonyms.ts';
import germanTransfer from '#renderer/i18n/de/transfer.ts';
import englishTransfer from '#renderer/i18n/en/transfer.ts';
import german from '#renderer/i18n/de/records.ts';
import english from '#renderer/i18n/en/records.ts';
import '#renderer/i18n/setup.ts';
import { shownValue } from '#renderer/features/transfer/sentences.ts';

/** The lists that columns of a table may have. */
const fields = new Set(sheetTypes.flatMap((type) => fieldsOf(type)).map(({ list }) => list));

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
        const { byType } = guessColumns({ ...table, headerLine: 1, notices: [], decimalComma: false }, '');
        expect(byType[type], `${type} ${key}`).toEqual([{ to: 'field', field: key }]);
      }
      expect(typeWords[type], type).toEqual(
        expect.arrayContaining([many[type].toLowerCase()].map(plainHeading)),
      );
      expect(
        typeWords[type].some((word) => plainHeading(one[type]).split(' ').includes(word)),
        type,
      ).toBe(true);
    }
  });

  it('mark a field of ours in an exported list as the import knows it', () => {
    expect([englishTransfer.export.ours, germanTransfer.export.ours]).toEqual([...declaredMarks]);
    expect([englishTransfer.export.own, germanTransfer.export.own]).toEqual(customMarks.slice(0, 2));
  });

  it('show values as the lists do', () => {
    expect(shownValue('team', 'university_id', 'u1', { u1: 'Summit' })).toBe('Summit');
    expect(shownValue('team', 'university_id', 'u2', {})).toBe('u2');
    expect(shownValue('interface', 'bond_type', 'codified-strong', {})).toBe('in reviewed documents');
    expect(shownValue('team', 'size', null, {})).toBe('');
    expect(shownValue('team', 'Room', 'B', {})).toBe('B');
    expect(shownValue('team', 'meta', { room: 'A1', floor: 4 }, {})).toBe('room: A1 · floor: 4');
  });
});

describe('numbers of custom fields', () => {
  it('keep their digits together, as in a list; those of our fields do not', () => {
    expect(shownValue('team', 'Founded', 2015, {})).toBe('2015');
    expect(shownValue('team', 'experience', 2015, {})).toMatch(/2,015/);
  });
});
