import { describe, expect, it } from 'vitest';
import { i18n } from '#renderer/i18n/setup.ts';
import { english } from '#renderer/i18n/resources.ts';
import { countedRecords, fieldName, displayTitle, typeName, typeNames } from '#renderer/text/names.ts';
import { timeAgo, exactTime } from '#renderer/text/time.ts';
import { fieldNamed, numberText, valueText } from '#renderer/text/values.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { auditedTypes, entityTypes } from '#shared/domain/types.ts';

/** Every text of the catalogue with its key. */
function texts(part: object, path: string): [string, string][] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`),
  );
}

describe('the catalogue', () => {
  it('has a name for every field of every type', () => {
    const all = entityTypes.flatMap((type) => fieldsOf(type).map(({ key }) => key));
    expect(all.filter((key) => !i18n.exists(`records:field.${key}`))).toEqual([]);
  });

  it('names every type, one and many', () => {
    for (const type of auditedTypes) {
      expect(typeName(type)).not.toBe(type);
      expect(typeNames(type)).not.toBe('');
      expect(countedRecords(type, 1)).not.toBe(countedRecords(type, 2));
    }
  });

  it('speaks plainly: no exclamation marks, no empty text', () => {
    expect(texts(english, '').filter(([, text]) => text === '' || text.includes('!'))).toEqual([]);
  });
});

describe('words', () => {
  it('gives unnamed records a name', () => {
    expect(displayTitle(' ', 'team')).toBe('Untitled team');
    expect(fieldName('mascot')).toBe('mascot');
  });

  it('shows values with their units, nothing as a dash, choices by name', () => {
    expect(valueText(5, fieldNamed('team', 'size'))).toBe('5 people');
    expect(valueText(1, fieldNamed('team', 'experience'))).toBe('1 month');
    expect(valueText(2026, fieldNamed('outcome', 'cohort_year'))).toBe('2026');
    expect(valueText('codified-strong', fieldNamed('interface', 'bond_type'))).toBe('in reviewed documents');
    expect(valueText(null)).toBe('–');
    expect(valueText(false)).toBe('No');
    expect(valueText({ room: 'A431', floor: 4, lift: true, key: null })).toBe(
      'room: A431 · floor: 4 · lift: Yes · key: –',
    );
    expect([{}, [1], { tags: ['a'] }].map((one) => valueText(one))).toEqual(['{}', '[1]', '{"tags":["a"]}']);
    expect(numberText(100_000)).toBe('100,000');
  });

  it('shows times relative, old ones by date, and exactly on request', () => {
    const now = new Date('2026-11-20T12:00:00.000Z');
    expect(timeAgo('2026-11-20T11:59:40.000Z', now)).toBe('just now');
    expect(timeAgo('2026-11-20T09:00:00.000Z', now)).toBe('3 hours ago');
    const before = (minutes: number) =>
      timeAgo(new Date(now.getTime() - minutes * 60_000).toISOString(), now);
    expect([1, 45, 59, 60, 80].map(before)).toEqual([
      'a minute ago',
      '45 minutes ago',
      '59 minutes ago',
      'an hour ago',
      'an hour ago',
    ]);
    expect([22, 23, 24, 26 * 24].map((hours) => before(hours * 60))).toEqual([
      '22 hours ago',
      '23 hours ago',
      'a day ago',
      '26 days ago',
    ]);
    expect(timeAgo('2026-05-01T09:00:00.000Z', now)).toBe('1 May 2026');
    expect(exactTime('2026-05-01T09:00:00.000Z')).toContain('2026');
    expect(timeAgo('never', now)).toBe('never');
  });
});
