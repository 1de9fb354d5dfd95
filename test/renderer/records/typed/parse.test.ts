import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Filter } from '#shared/contract/entities.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { filterFields } from '#renderer/features/records/filters/model.ts';
import type { FilterField } from '#renderer/features/records/filters/model.ts';
import { contextAt } from '#renderer/features/records/filters/typed/useSuggestions.ts';
import { dayOf, spanOf, typedMoment } from '#renderer/features/records/filters/typed/days.ts';
import { typedText, lexiconOf } from '#renderer/features/records/filters/typed/lexicon.ts';
import { parseText } from '#renderer/features/records/filters/typed/parse.ts';
import { quoteToken, tokensOf } from '#renderer/features/records/filters/typed/tokens.ts';
import '#renderer/i18n/setup.ts';

const universities: Readonly<Record<string, string[]>> = {
  'redwood coast': ['univ_1'],
  summit: ['univ_2', 'univ_3'],
};
const lexicon = lexiconOf('team', (field, text) =>
  field.to === 'university' ? (universities[text.toLowerCase()] ?? []) : [],
);
const read = (text: string) => parseText(lexicon, text);
const filters = (text: string): readonly Filter[] => {
  const { filters: found, problems, search } = read(text);
  expect({ problems, search }).toEqual({ problems: [], search: '' });
  return found;
};
const problem = (text: string): string | undefined => {
  const { filters: found, problems } = read(text);
  expect(found).toEqual([]);
  return problems[0]?.code;
};

describe('typed filters', () => {
  it('becomes filters, and words to search for', () => {
    expect(
      read(
        'discipline:software size>=5 lifecycle:incoming,outgoing -university:"Redwood Coast" has:project no:description flight "ground control"',
      ),
    ).toEqual({
      filters: [
        { field: 'discipline', op: 'is', value: 'software' },
        { field: 'size', op: 'gte', value: 5 },
        { field: 'lifecycle', op: 'in', value: ['incoming', 'outgoing'] },
        { field: 'university_id', op: 'is_not', value: 'univ_1' },
        { field: 'project_id', op: 'not_empty' },
        { field: 'description', op: 'empty' },
      ],
      search: 'flight ground control',
      problems: [],
      rest: 'flight "ground control"',
    });
  });

  it('names fields by key, by label and without the end of a key, in any case', () => {
    const expected = [{ field: 'university_id', op: 'contains', value: 'Lake' }];
    for (const name of ['university_id', 'UNIVERSITY', 'University-Id'])
      expect(filters(`${name}~Lake`)).toEqual(expected);
    expect(parseText(lexiconOf('student'), 'terms-left<=1').filters).toEqual([
      { field: 'terms_remaining', op: 'lte', value: 1 },
    ]);
    expect(
      parseText(
        lexiconOf('interface'),
        'bond:"In reviewed documents" "Knowledge lost">=50 knowledge-lost<=60',
      ).filters,
    ).toEqual([
      { field: 'bond_type', op: 'is', value: 'codified-strong' },
      { field: 'energy_loss', op: 'gte', value: 50 },
      { field: 'energy_loss', op: 'lte', value: 60 },
    ]);
    expect(parseText(lexiconOf('interface'), 'bond:"in reviewed documents"').filters).toEqual([
      { field: 'bond_type', op: 'is', value: 'codified-strong' },
    ]);
  });

  it('knows fields by their earlier labels', () => {
    expect(
      parseText(
        lexiconOf('interface'),
        '"Energy lost">=50 energy-lost<=60 energieverlust:70 no:bearers no:carried-by',
      ).filters,
    ).toEqual([
      { field: 'energy_loss', op: 'gte', value: 50 },
      { field: 'energy_loss', op: 'lte', value: 60 },
      { field: 'energy_loss', op: 'is', value: 70 },
      { field: 'bearers', op: 'empty' },
      { field: 'bearers', op: 'empty' },
    ]);
  });

  it('compares: at least, more than for whole numbers, ranges, one of', () => {
    expect(filters('size>5 size<9')).toEqual([
      { field: 'size', op: 'gte', value: 6 },
      { field: 'size', op: 'lte', value: 8 },
    ]);
    expect(filters('size:2..5 size:..9')).toEqual([
      { field: 'size', op: 'gte', value: 2 },
      { field: 'size', op: 'lte', value: 5 },
      { field: 'size', op: 'lte', value: 9 },
    ]);
    expect(filters('size: 3 size≥4 size!=5 size:1,2')).toEqual([
      { field: 'size', op: 'is', value: 3 },
      { field: 'size', op: 'gte', value: 4 },
      { field: 'size', op: 'is_not', value: 5 },
      { field: 'size', op: 'in', value: [1, 2] },
    ]);
    expect(problem('experience>2.5')).toBe('strict');
  });

  it('take days, months and years in local time', () => {
    const day = spanOf('2026-11-20');
    expect(filters('updated:2026-11-20')).toEqual([
      { field: 'updated_at', op: 'gte', value: day?.from },
      { field: 'updated_at', op: 'lte', value: day?.until },
    ]);
    expect(filters('created>=2026-11')).toEqual([
      { field: 'created_at', op: 'gte', value: spanOf('2026-11-1')?.from },
    ]);
    expect(filters('created<2026')).toEqual([
      { field: 'created_at', op: 'lte', value: spanOf('2025-12-31')?.until },
    ]);
    expect(filters('created>2026-02-28')).toEqual([
      { field: 'created_at', op: 'gte', value: spanOf('2026-03-01')?.from },
    ]);
    expect(problem('created:2026-02-30')).toBe('day');
    expect(problem('created>=soon')).toBe('day');
  });

  it('find records by name, all of that name, or by a part of it', () => {
    expect(filters('university:summit')).toEqual([
      { field: 'university_id', op: 'in', value: ['univ_2', 'univ_3'] },
    ]);
    expect(filters('university:Wood')).toEqual([{ field: 'university_id', op: 'contains', value: 'Wood' }]);
    expect(problem('-university:Nobody')).toBe('name');
    expect(problem('university:Summit,Nobody')).toBe('name');
  });

  it('know presence and absence, also negated', () => {
    expect(filters('has:project,description -has:size -no:size')).toEqual([
      { field: 'project_id', op: 'not_empty' },
      { field: 'description', op: 'not_empty' },
      { field: 'size', op: 'empty' },
      { field: 'size', op: 'not_empty' },
    ]);
    expect(problem('has:siez')).toBe('field');
  });

  it('report conditions that are not understood, and keep them', () => {
    expect(read('siez:5 flight')).toMatchObject({
      filters: [],
      search: 'siez:5 flight',
      problems: [{ code: 'field', text: 'siez' }],
      rest: 'siez:5 flight',
    });
    expect(read('size>=five')).toMatchObject({ search: '', problems: [{ code: 'number', field: 'size' }] });
    expect(problem('discipline>=software')).toBe('compare');
    expect(problem('-size>=5')).toBe('negate');
    expect(problem('-name:rover')).toBe('negate');
    expect(problem('description:a,b')).toBe('one');
    expect(parseText(lexiconOf('student'), 'active:maybe').problems).toMatchObject([{ code: 'yesNo' }]);
  });
});

const text = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('a b', 'a,b', '"', '""', '1..2', '..', 'ünï 🛰', '-x', 'has:y', ' '),
);
const nameless = (type: EntityType, field: FilterField): fc.Arbitrary<Filter> => {
  const key = field.key;
  const of = (op: Filter['op'], value: fc.Arbitrary<NonNullable<Filter['value']>>): fc.Arbitrary<Filter> =>
    value.map((one) => ({ field: key, op, value: one }));
  const presence = fc.constantFrom<Filter>({ field: key, op: 'empty' }, { field: key, op: 'not_empty' });
  const several = <T extends string | number>(value: fc.Arbitrary<T>) =>
    of('in', fc.uniqueArray(value, { minLength: 2, maxLength: 4 }));
  const part = of(
    'contains',
    text.filter((one) => one.trim() !== ''),
  );
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one));
  const moment = fc
    .date({ noInvalidDate: true, min: new Date('1970-01-02'), max: new Date('2100-01-01') })
    .map((date) => date.toISOString());
  if (field.kind === 'date') {
    const day = moment.map((one) => one.slice(0, 10));
    const compared = fc.constantFrom<Filter['op']>('is', 'is_not', 'gte', 'lte');
    return fc.oneof(
      presence,
      part,
      several(day),
      compared.chain((op) => of(op, day)),
    );
  }
  if (field.kind === 'moment') return fc.oneof(presence, of('gte', moment), of('lte', moment));
  if (field.kind === 'longtext' || field.kind === 'references') return fc.oneof(presence, part);
  if (field.kind === 'boolean') return fc.oneof(presence, of('is', fc.boolean()), of('is_not', fc.boolean()));
  if (field.kind === 'number') {
    const compared = fc.constantFrom<Filter['op']>('is', 'is_not', 'gte', 'lte');
    return fc.oneof(
      presence,
      several(number),
      compared.chain((op) => of(op, number)),
    );
  }
  const value =
    field.kind === 'choice' && field.list ? fc.oneof(text, fc.constantFrom(...vocabulary[field.list])) : text;
  const rest = [part, of('is', value), of('is_not', value), several(value)];
  // What a custom field holds has an order, whatever it is.
  if (field.own) rest.push(of('gte', value), of('lte', value));
  return fc.oneof(presence, ...rest);
};
/** Own fields of any name, also of one that is written like a field of ours or a condition. */
const own: readonly CustomField[] = [
  { name: 'Phase', kind: 'text' },
  { name: 'Lead email', kind: 'text' },
  { name: 'Size', kind: 'number' },
  { name: 'no', kind: 'boolean' },
  { name: '"a", b:c', kind: 'number' },
  { name: '€', kind: 'text' },
  { name: 'Start', kind: 'date' },
];
const typedFilter = fc.constantFrom(...entityTypes).chain((type) =>
  fc
    .constantFrom(...filterFields(type, own))
    .chain((field) => nameless(type, field))
    .map((filter) => ({ type, filter })),
);

describe('custom fields', () => {
  const withOwn = lexiconOf('team', undefined, own);
  const typed = (text: string) => parseText(withOwn, text);

  it('go by their name in one word, or quoted', () => {
    const expected = [{ field: 'own:Lead email', op: 'contains', value: 'ada' }];
    for (const name of ['lead-email', 'LEAD-EMAIL', '"Lead email"', '"lead email"'])
      expect(typed(`${name}:ada`)).toMatchObject({ filters: expected, problems: [], rest: '' });
    expect(typed('has:phase -"Phase"=Build no:"Lead email"').filters).toEqual([
      { field: 'own:Phase', op: 'not_empty' },
      { field: 'own:Phase', op: 'is_not', value: 'Build' },
      { field: 'own:Lead email', op: 'empty' },
    ]);
  });

  it('of words are compared too, as they stand', () => {
    expect(typed('"Phase">=C phase<="D 1"').filters).toEqual([
      { field: 'own:Phase', op: 'gte', value: 'C' },
      { field: 'own:Phase', op: 'lte', value: 'D 1' },
    ]);
    expect(typed('"Phase">=1000').problems).toEqual([
      { code: 'compare', text: '"Phase">=1000', field: 'own:Phase' },
    ]);
    expect(typed('"Phase">C').problems).toEqual([{ code: 'strict', text: '"Phase">C', field: 'own:Phase' }]);
  });

  it('of days are compared by day, month and year', () => {
    const start = (op: 'gte' | 'lte' | 'is', value: string) => ({ field: 'own:Start', op, value });
    expect(typed('start>=2025 start<=2025-03').filters).toEqual([
      start('gte', '2025-01-01'),
      start('lte', '2025-03-31'),
    ]);
    expect(typed('start>2025-02-28 "Start"<2025').filters).toEqual([
      start('gte', '2025-03-01'),
      start('lte', '2024-12-31'),
    ]);
    const month = [start('gte', '2025-02-01'), start('lte', '2025-02-28')];
    expect(typed('start:2025-02').filters).toEqual(month);
    expect(typed('start:2025-02-01..2025-02-28').filters).toEqual(month);
    expect(typed('start:2025-02-01').filters).toEqual([start('is', '2025-02-01')]);
    expect(typed('start=soon').filters).toEqual([start('is', 'soon')]);
    expect(typed('start>=soon').problems).toEqual([{ code: 'day', text: 'start>=soon', field: 'own:Start' }]);
  });
});

describe('a filter that is written down', () => {
  test.prop([fc.array(typedFilter, { minLength: 1, maxLength: 4 })])(
    'is read back as the same filter',
    (all) => {
      const [{ type }] = all as [(typeof all)[number]];
      const same = all.filter((one) => one.type === type).map(({ filter }) => filter);
      const written = same.map((filter) => typedText(type, filter)).join(' ');
      expect(parseText(lexiconOf(type, undefined, own), written)).toEqual({
        filters: same,
        search: '',
        problems: [],
        rest: '',
      });
    },
  );

  test.prop([fc.string({ unit: 'binary' })])(
    'any text is read to its end, and what is left of it says the same',
    (any) => {
      const once = read(any);
      expect(read(once.rest)).toMatchObject({ filters: [], search: once.search, problems: once.problems });
      for (const token of tokensOf(any)) expect(any.slice(token.from, token.to)).toBe(token.raw);
    },
  );

  test.prop([fc.string()])('any value can be quoted', (value) => {
    expect(tokensOf(`name=${quoteToken(value)}`)[0]?.values.map(({ text: inside }) => inside)).toEqual([
      value,
    ]);
  });
});

describe('days', () => {
  it('have the language of the person, and round-trip', () => {
    const span = spanOf('2026-11-20');
    expect(dayOf(span?.from ?? '')).toBe('2026-11-20');
    expect(typedMoment(span?.until ?? '', 'until')).toBe('2026-11-20');
    expect(typedMoment(span?.until ?? '', 'from')).toBe(span?.until);
    expect(spanOf('2026-13')).toBeNull();
    expect(dayOf('never')).toBe('never');
  });
});

describe('the caret', () => {
  const at = (typed: string) => contextAt(lexicon, typed.replace('|', ''), typed.indexOf('|'));
  it('is in the name of a field, in a value, or nowhere', () => {
    expect(at('flight dis|')).toMatchObject({ kind: 'field', prefix: 'dis', from: 7, to: 10 });
    expect(at('-uni|')).toMatchObject({ kind: 'field', prefix: 'uni', negated: true });
    expect(at('discipline:so|')).toMatchObject({ kind: 'value', prefix: 'so', field: { key: 'discipline' } });
    expect(at('lifecycle:incoming,|')).toMatchObject({ kind: 'value', prefix: '', from: 19 });
    expect(at('university:"Red|')).toMatchObject({ kind: 'value', prefix: 'Red', from: 11 });
    expect(at('has:pro|')).toMatchObject({ kind: 'presence', prefix: 'pro' });
    expect(at('flight |')).toBeNull();
    expect(at('nothing:x|')).toBeNull();
  });
});
