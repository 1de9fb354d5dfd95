import { fc, test } from '@fast-check/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import '#renderer/i18n/setup.ts';
import { readEdit } from '#renderer/features/records/bulk/BulkPanel.tsx';
import { fromRaw, toRaw } from '#renderer/features/records/form/values.ts';
import { groupFieldOf, groupFields } from '#renderer/features/records/filters/model.ts';
import { fieldForValue, interpretedText } from '#renderer/features/records/custom-fields.ts';
import { useFormats } from '#renderer/text/formats.ts';
import { parseValue } from '#renderer/features/records/sheet/paste-plan.ts';
import { listOf } from '#shared/address/view.ts';
import {
  describeCustomField,
  customKindOf,
  customKinds,
  customSortValue,
} from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';

const own: readonly CustomField[] = [
  { name: 'Budget', kind: 'number' },
  { name: 'Flown', kind: 'boolean' },
  { name: 'Phase', kind: 'text' },
  { name: 'Tags', kind: 'json' },
];
const [budget, flown, phase] = own.map(describeCustomField) as [F, F, F];
type F = ReturnType<typeof describeCustomField>;

const stored = fc.oneof(
  fc.string().map((text) => text.trim()),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constantFrom(null, '007', '+49 30', '12.50', 'a\nb', 'x'.repeat(200)),
  fc.array(fc.integer(), { maxLength: 2 }),
);

describe('the value of a custom field', () => {
  test.prop([stored, fc.constantFrom(...customKinds)])(
    'is written back as what it is, whatever the others of its field are',
    (value, kind) => {
      // In a field of numbers every text is a figure.
      fc.pre(kind !== 'number' || typeof value !== 'string' || customKindOf(value) !== 'text');
      const field = fieldForValue(describeCustomField({ name: 'Any', kind }), value);
      const parsed = fromRaw(field, toRaw(field, value));
      expect(parsed.ok).toBe(true);
      const back = parsed.ok ? parsed.value : undefined;
      expect(customSortValue(back)).toEqual(value === '' ? null : customSortValue(value));
      expect(customKindOf(back)).toBe(customKindOf(value));
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

  it('is a number if the others are, except codes', () => {
    expect(fromRaw(budget, '1,250.5')).toEqual({ ok: true, value: 1250.5 });
    expect(fromRaw(budget, '0.5')).toEqual({ ok: true, value: 0.5 });
    for (const code of ['007', '+49 30 12']) expect(fromRaw(budget, code)).toEqual({ ok: true, value: code });
    expect(fromRaw(phase, '12')).toEqual({ ok: true, value: '12' });
    expect(fromRaw(flown, 'yes')).toEqual({ ok: true, value: true });
    expect(fromRaw(flown, 'perhaps')).toEqual({ ok: true, value: 'perhaps' });
  });

  it('is a day if the others are, in the seat’s format', () => {
    const start = describeCustomField({ name: 'Start', kind: 'date' });
    for (const text of ['2025-03-15', '15/03/2025', '15 Mar 2025', '3/15/2025'])
      expect(fromRaw(start, text)).toEqual({ ok: true, value: '2025-03-15' });
    const read = (text: string) => fromRaw(start, text);
    expect(read('03/04/2025')).toEqual({ ok: true, value: '2025-04-03' });
    expect(interpretedText(start, '3/4/25')).toBe('Read as 3 Apr 2025 and stored as 2025-04-03.');
    onTestFinished(() => useFormats.setState({ dates: 'day-month' }));
    useFormats.setState({ dates: 'month-day' });
    expect(read('03/04/2025')).toEqual({ ok: true, value: '2025-03-04' });
    expect(read('12.11.2023')).toEqual({ ok: true, value: '2023-11-12' });
    expect(parseValue('team', start, '1 Sep 2024')).toEqual({ ok: true, value: '2024-09-01' });
    useFormats.setState({ dates: 'iso' });
    expect(interpretedText(start, '03/04/2025')).toBeNull();
    expect(readEdit('team', { Start: '15.03.2025' }, [{ name: 'Start', kind: 'date' }]).edit).toEqual({
      set: { Start: '2025-03-15' },
      unset: [],
    });
    for (const text of ['03/04/2025', 'soon'])
      expect(fromRaw(start, text)).toEqual({ ok: true, value: text });
    expect(fromRaw(start, '2024-02-30')).toMatchObject({ ok: false });
    expect(fromRaw(phase, '15/03/2025')).toEqual({ ok: true, value: '15/03/2025' });
    expect(fieldForValue(start, 'soon').kind).toBe('date');
  });
});

describe('custom fields in a list', () => {
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
});
