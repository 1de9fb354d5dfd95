import { fc } from '@fast-check/vitest';
import { isReferenceKind } from '#shared/domain/references.ts';
import { describe, expect, test } from 'vitest';
import { defaultsOf, fieldOf, fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import { nameField } from '#shared/domain/title.ts';
import { entityTypes } from '#shared/domain/types.ts';

describe.each(entityTypes)('%s', (type) => {
  test('every field of its schema is described', () => {
    expect(fieldsOf(type).map(({ key }) => key)).toEqual(Object.keys(payloadSchemas[type].shape));
  });

  test('requires its name and references', () => {
    const name = nameField(type);
    const required = fieldsOf(type).filter((field) => field.required);
    const others: Partial<Record<typeof type, string[]>> = {
      interface: ['from', 'to'],
      comment: ['record_id', 'text'],
    };
    expect(required.map(({ key }) => key)).toEqual(others[type] ?? (name ? [name] : []));
  });

  test('its name holds no control characters, a long text may', () => {
    const name = nameField(type);
    if (name === null) return;
    const fits = (value: string): boolean => payloadSchemas[type].safeParse({ [name]: value }).success;
    expect(fits('Flight software')).toBe(true);
    for (const bad of ['a\u001b[2J', 'a\nb', 'a\tb', '\u009b31m', 'a\u007f'])
      expect(fits(bad), bad).toBe(false);
    const long = fieldsOf(type).filter(({ kind }) => kind === 'longtext');
    const lines = Object.fromEntries(long.map(({ key }) => [key, 'a\n\tb']));
    expect(payloadSchemas[type].safeParse({ [name]: 'N', ...lines }).success).toBe(true);
  });

  test('references name a type, choices a list, and limits are in order', () => {
    for (const { kind, to, list, min, max } of fieldsOf(type)) {
      expect(isReferenceKind({ kind })).toBe(to !== undefined);
      expect(kind === 'choice').toBe(list !== undefined);
      expect((min ?? -Infinity) < (max ?? Infinity)).toBe(true);
    }
  });

  test('defaults are of its own fields and valid', () => {
    const least: Record<string, unknown> = { ...defaultsOf[type] };
    for (const key of Object.keys(least)) expect(fieldOf(type, key), key).toBeDefined();
    for (const { key, required } of fieldsOf(type)) if (required) least[key] = key;
    expect(payloadSchemas[type].safeParse(least).success).toBe(true);
  });

  test('optional fields may be absent or null, and unknown fields are kept', () => {
    const payload: Record<string, unknown> = {};
    for (const { key, required, kind } of fieldsOf(type))
      payload[key] = required ? key : kind === 'json' ? undefined : null;
    payload['x_unknown'] = { deep: [1] };
    const result = payloadSchemas[type].safeParse(payload);
    expect(result.success && result.data).toMatchObject({ x_unknown: { deep: [1] } });
  });

  test('a number outside its limits is refused, one on them is not', () => {
    const least = Object.fromEntries(
      fieldsOf(type).flatMap(({ key, required }) => (required ? [[key, key]] : [])),
    );
    const fits = (key: string, value: number): boolean =>
      payloadSchemas[type].safeParse({ ...least, [key]: value }).success;
    for (const { key, kind, min, max, whole } of fieldsOf(type)) {
      if (kind !== 'number') continue;
      expect(
        [min ?? 0, max ?? 0].map((value) => fits(key, Math.max(value, min ?? value))),
        key,
      ).toEqual([true, true]);
      expect(fits(key, (min ?? 0) - 1), key).toBe(min === undefined);
      expect(fits(key, (max ?? 0) + 1), key).toBe(max === undefined);
      expect(fits(key, (min ?? 0) + 0.5), key).toBe(!whole);
      expect(fits(key, Number.NaN), key).toBe(false);
    }
  });
});

test('an id is any text of a line, neither blank nor too long', () => {
  const good = fc
    .string({ minLength: 1, maxLength: 100, unit: 'grapheme-ascii' })
    .filter((id) => id.trim() !== '');
  fc.assert(fc.property(good, (id) => recordId.safeParse(id).success));
  for (const id of ['', ' ', 'a\u0000', 'a\n', '\u007f', 'x'.repeat(201), '\ud800', 7, null]) {
    expect(recordId.safeParse(id).success, JSON.stringify(id)).toBe(false);
  }
});
