import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { valueAsText } from '#renderer/features/records/sheet/clipboard.ts';
import { parseValue } from '#renderer/features/records/sheet/paste-plan.ts';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { isReferenceKind } from '#shared/domain/references.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';

const field = (type: EntityType, key: string): Field => {
  const found = fieldOf(type, key);
  if (!found) throw new Error(`${type} has no ${key}`);
  return found;
};

/** Values that a field may hold. */
function valuesOf({ kind, list, min = -1000, max = 1000, whole }: Field): fc.Arbitrary<Json> {
  if (kind === 'number')
    return whole
      ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
      : fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
  if (kind === 'boolean') return fc.boolean();
  if (kind === 'choice') return fc.constantFrom(...(list ? vocabulary[list] : ['other']));
  if (kind === 'json') return fc.constantFrom<Json>({ note: 'a "b"\tc' }, [], 'text', 5);
  return fc
    .string({ minLength: 1, maxLength: 40 })
    .map((text) => text.replaceAll(/\p{Cc}/gu, ' ').trim())
    .filter((text) => text !== '');
}

const scalar = entityTypes.flatMap((type) =>
  fieldsOf(type)
    .filter(
      (one) =>
        !isReferenceKind(one) &&
        !['values', 'factors', 'factor_values', 'file', 'evidence', 'area_names', 'area_teams'].includes(
          one.key,
        ),
    )
    .map((one) => ({ type, one })),
);

describe('the text of a cell', () => {
  test.prop([
    fc.constantFrom(...scalar).chain(({ type, one }) => valuesOf(one).map((value) => ({ type, one, value }))),
  ])('is read back as the value that it was written from', ({ type, one, value }) => {
    expect(parseValue(type, one, valueAsText(value, one))).toEqual({ ok: true, value });
  });

  it.each([
    ['team', 'size', '12 people', 12],
    ['team', 'experience', '1,250', 1250],
    ['team', 'lifecycle', 'Established', 'established'],
    ['interface', 'bond_type', 'In reviewed documents', 'codified-strong'],
    ['interface', 'bond_type', 'codified-strong', 'codified-strong'],
    ['interface', 'energy_loss', '18 %', 18],
    ['university', 'is_lead', 'YES', true],
    ['university', 'is_lead', 'false', false],
    ['university', 'is_lead', '', null],
    ['team', 'discipline', 'propulsion', 'propulsion'],
    ['team', 'size', '', null],
    ['team', 'meta', '', undefined],
  ] as const)('%s %s: %s', (type, key, text, value) => {
    expect(parseValue(type, field(type, key), text)).toEqual({ ok: true, value });
  });

  it.each([
    ['team', 'size', 'many'],
    ['team', 'size', '0'],
    ['team', 'size', '2.5'],
    ['team', 'name', ''],
    ['interface', 'energy_loss', '120'],
    ['university', 'is_lead', 'perhaps'],
    ['team', 'meta', '{'],
  ] as const)('%s %s does not take %j', (type, key, text) => {
    expect(parseValue(type, field(type, key), text)).toMatchObject({ ok: false });
  });
});
