import { fc, test } from '@fast-check/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import '#renderer/i18n/setup.ts';
import { bulkFields, readEdit } from '#renderer/features/records/bulk/BulkPanel.tsx';
import { columnsOf, summaryOf } from '#renderer/features/records/columns.ts';
import { fromRaw, toRaw } from '#renderer/features/records/form/values.ts';
import { groupFieldOf, groupFields } from '#renderer/features/records/filters/model.ts';
import { editedAs, readAs, ownText } from '#renderer/features/records/custom-fields.ts';
import { formats } from '#renderer/text/formats.ts';
import { parseValue, givenBy } from '#renderer/features/records/sheet/paste-plan.ts';
import { listOf } from '#shared/address/view.ts';
import { fieldOfOwn, kindOfOwn, ownKinds, ownValue } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';

const own: readonly OwnField[] = [
  { name: 'Budget', kind: 'number' },
  { name: 'Flown', kind: 'boolean' },
  { name: 'Phase', kind: 'text' },
  { name: 'Tags', kind: 'json' },
];
const [budget, flown, phase, tags] = own.map(fieldOfOwn) as [F, F, F, F];
type F = ReturnType<typeof fieldOfOwn>;

const stored = fc.oneof(
  fc.string().map((text) => text.trim()),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constantFrom(null, '007', '+49 30', '12.50', 'a\nb', 'x'.repeat(200)),
  fc.array(fc.integer(), { maxLength: 2 }),
);

describe('the value of a custom field', () => {
  test.prop([stored, fc.constantFrom(...ownKinds)])(
    'is written back as what it is, whatever the others of its field are',
    (value, kind) => {
      // In a field of numbers every text is a figure.
      fc.pre(kind !== 'number' || typeof value !== 'string' || kindOfOwn(value) !== 'text');
      const field = editedAs(fieldOfOwn({ name: 'Any', kind }), value);
      const parsed = fromRaw(field, toRaw(field, value));
      expect(parsed.ok).toBe(true);
      const back = parsed.ok ? parsed.value : undefined;
      expect(ownValue(back)).toEqual(value === '' ? null : ownValue(value));
      expect(kindOfOwn(back)).toBe(kindOfOwn(value));
    },
  );

  test.prop([fc.string(), fc.constantFrom(budget, flown, phase)])(
    'may be any text, and nothing takes it out of its record',
    (text, field) => {
      expect(parseValue('team', field, text).ok).toBe(true);
      const parsed = fromRaw(field, text);
      expect(parsed).toMatchObject({ ok: true });
      if (text.trim() === '') expect(parsed).toEqual({ ok: true, value: undefined });
    },
  );

  it('is a number where the others are, but not when it is a code', () => {
    expect(fromRaw(budget, '1,250.5')).toEqual({ ok: true, value: 1250.5 });
    expect(fromRaw(budget, '0.5')).toEqual({ ok: true, value: 0.5 });
    for (const code of ['007', '+49 30 12']) expect(fromRaw(budget, code)).toEqual({ ok: true, value: code });
    expect(fromRaw(phase, '12')).toEqual({ ok: true, value: '12' });
    expect(fromRaw(flown, 'yes')).toEqual({ ok: true, value: true });
    expect(fromRaw(flown, 'perhaps')).toEqual({ ok: true, value: 'perhaps' });
  });

  it('is a day where the others are, as this person writes days', () => {
    const start = fieldOfOwn({ name: 'Start', kind: 'date' });
    for (const text of ['2025-03-15', '15/03/2025', '15 Mar 2025', '3/15/2025'])
      expect(fromRaw(start, text)).toEqual({ ok: true, value: '2025-03-15' });
    const read = (text: string) => fromRaw(start, text);
    expect(read('03/04/2025')).toEqual({ ok: true, value: '2025-04-03' });
    expect(readAs(start, '3/4/25')).toBe('Read as 3 Apr 2025 and stored as 2025-04-03.');
    onTestFinished(() => formats.setState({ dates: 'day-month' }));
    formats.setState({ dates: 'month-day' });
    expect(read('03/04/2025')).toEqual({ ok: true, value: '2025-03-04' });
    expect(read('12.11.2023')).toEqual({ ok: true, value: '2023-11-12' });
    expect(parseValue('team', start, '1 Sep 2024')).toEqual({ ok: true, value: '2024-09-01' });
    formats.setState({ dates: 'iso' });
    expect(readAs(start, '03/04/2025')).toBeNull();
    expect(
      readEdit('team', { Start: { kind: 'set', raw: '15.03.2025' } }, [{ name: 'Start', kind: 'date' }]).edit,
    ).toEqual({
      data: { Start: '2025-03-15' },
      unset: [],
    });
    for (const text of ['03/04/2025', 'soon', '2024-02-30'])
      expect(fromRaw(start, text)).toEqual({ ok: true, value: text });
    expect(fromRaw(phase, '15/03/2025')).toEqual({ ok: true, value: '15/03/2025' });
    expect(editedAs(start, 'soon').kind).toBe('date');
  });

  it('is pasted as JSON only when it looks so', () => {
    expect(parseValue('team', tags, '["a"]')).toEqual({ ok: true, value: ['a'] });
    expect(parseValue('team', tags, 'a')).toEqual({ ok: true, value: 'a' });
  });

  it('is shown with its digits together', () => {
    expect([2026, 1200.5, true, 'a', null].map((value) => ownText(value))).toEqual([
      '2026',
      '1200.5',
      'Yes',
      'a',
      '–',
    ]);
  });
});

describe('custom fields in what a list offers', () => {
  it('are columns behind all others, hidden until they are chosen, without a summary until one is', () => {
    const columns = columnsOf('team', false, own);
    expect(columns.slice(-4).map(({ key, label, usual }) => [key, label, usual])).toEqual([
      ['own:Budget', 'Budget', false],
      ['own:Flown', 'Flown', false],
      ['own:Phase', 'Phase', false],
      ['own:Tags', 'Tags', false],
    ]);
    expect(columns.slice(-4).map(({ sortable, end }) => [sortable, end])).toEqual([
      [true, true],
      [true, false],
      [true, false],
      [false, false],
    ]);
    const [first] = columns.slice(-4);
    expect(first && summaryOf(first, {})).toBe('none');
    expect(first && summaryOf(first, { summaries: { 'own:Budget': 'sum' } })).toBe('sum');
  });

  it('can be grouped by, save lists and objects; also one that no record has', () => {
    expect(
      groupFields('team', own)
        .slice(-3)
        .map(({ key }) => key),
    ).toEqual(['own:Budget', 'own:Flown', 'own:Phase']);
    const list = { ...listOf('team'), group: 'own:Gone' };
    expect(groupFieldOf(list, own)).toEqual({ key: 'own:Gone', kind: 'text', own: true });
    expect(groupFieldOf({ ...list, group: 'gone' }, own)).toBeNull();
  });

  it('are edited in many records, under their names in the payload', () => {
    expect(bulkFields('team', own).slice(-3)).toEqual([budget, flown, phase]);
    const touched = {
      Budget: { kind: 'set', raw: '12' },
      Phase: { kind: 'empty' },
      size: { kind: 'set', raw: '4' },
    } as const;
    expect(readEdit('team', touched, own)).toEqual({
      edit: { data: { size: 4, Budget: 12 }, unset: ['Phase'] },
      problems: {},
    });
  });

  it('are given to what is pasted into a list that shows one value only', () => {
    const filters = [{ field: 'own:Phase', op: 'is', value: 'Build' }] as const;
    expect(givenBy(filters, 'team')).toEqual({ Phase: 'Build' });
  });
});
