import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import {
  checkField,
  inputsOf,
  payloadOf,
  resolverFor,
  fromRaw,
  toRaw,
} from '#renderer/features/records/form/values.ts';
import { defaultsOf, fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';

const field = (type: (typeof entityTypes)[number], key: string): Field => fieldOf(type, key) as Field;
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as never);

describe('the content of a control', () => {
  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0))])(
    'a number is read back from its text',
    (value) => {
      const size = field('team', 'experience');
      expect(fromRaw(size, toRaw(size, value))).toEqual({ ok: true, value });
    },
  );

  test.prop([json])('JSON is read back from its text', (value) => {
    const meta = field('team', 'meta');
    expect(fromRaw(meta, toRaw(meta, value))).toEqual({ ok: true, value });
  });

  test.prop([fc.string({ unit: 'grapheme' }).map((text) => text.trim())])('text is read back', (value) => {
    const text = field('student', 'expertise_area');
    expect(fromRaw(text, toRaw(text, value))).toEqual({ ok: true, value: value === '' ? null : value });
  });

  it('a day that no calendar has is refused', () => {
    for (const text of ['31.02.2026', '2026-02-31', '30/02/2026', '2025-13-01'])
      for (const one of [
        field('interface', 'confirmed_at'),
        { key: 'Start', kind: 'date', own: true } as const,
      ])
        expect(fromRaw(one, text)).toMatchObject({ ok: false });
    expect(fromRaw(field('interface', 'confirmed_at'), 'soon')).toEqual({ ok: true, value: 'soon' });
  });

  it('an emptied field becomes null, a required one stays empty, JSON is removed', () => {
    expect(fromRaw(field('team', 'discipline'), '')).toEqual({ ok: true, value: null });
    expect(fromRaw(field('team', 'size'), ' ')).toEqual({ ok: true, value: null });
    expect(fromRaw(field('team', 'name'), '  ')).toEqual({ ok: true, value: '' });
    expect(fromRaw(field('team', 'meta'), '')).toEqual({ ok: true, value: undefined });
  });

  it('invalid input keeps its text and has a reason', () => {
    expect(fromRaw(field('team', 'size'), 'five')).toEqual({ ok: false, message: 'must be a number' });
    expect(fromRaw(field('team', 'meta'), '{"a":')).toMatchObject({ ok: false });
    expect(fromRaw(field('university', 'active'), 'perhaps')).toEqual({
      ok: false,
      message: 'must be yes or no',
    });
  });
});

describe('checking a form by the contract’s schema', () => {
  const check = async (type: (typeof entityTypes)[number], inputs: Record<string, string>) => {
    const all = { ...inputsOf(type, { ...defaultsOf[type] }), ...inputs };
    const result = await resolverFor(type)(all, undefined, { fields: {}, shouldUseNativeValidation: false });
    return Object.fromEntries(Object.entries(result.errors).map(([key, error]) => [key, error?.message]));
  };

  it('names the field and its rule', async () => {
    expect(await check('team', { name: 'Thermal' })).toEqual({});
    expect(await check('team', { name: '' })).toEqual({ name: 'must be filled in' });
    expect(await check('team', { name: 'Thermal', size: '0' })).toEqual({ size: 'must be at least 1' });
    expect(await check('team', { name: 'Thermal', size: '2.5' })).toEqual({ size: 'must be a whole number' });
    expect(await check('team', { name: 'Thermal', size: 'x' })).toEqual({ size: 'must be a number' });
    expect(await check('interface', { from: 'a', to: 'b', energy_loss: '101' })).toEqual({
      energy_loss: 'must be at most 100',
    });
    expect(await check('interface', { from: 'a', to: 'a' })).toEqual({
      to: 'must be a different record',
    });
    expect(await check('interface', { to: 'b' })).toEqual({ from: 'must be filled in' });
  });

  it('a new record holds its defaults and nothing empty', () => {
    const inputs = { ...inputsOf('team', { ...defaultsOf.team }), name: 'Thermal' };
    expect(payloadOf(fieldsOf('team'), inputs).payload).toEqual({ name: 'Thermal' });
  });
});

describe('a single field', () => {
  test.prop([fc.constantFrom(...entityTypes), fc.string()])(
    'any text is judged, never a crash',
    (type, text) => {
      for (const one of fieldsOf(type)) expect(() => checkField(type, one, text)).not.toThrow();
    },
  );
});
