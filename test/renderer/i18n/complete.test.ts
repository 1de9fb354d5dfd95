import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '#renderer/i18n/languages.ts';
import germanRecords from '#renderer/i18n/de/records.ts';
import { english } from '#renderer/i18n/resources.ts';
import { headingsByField } from '#core/model/interchange/heading-words.ts';
import { plainHeading } from '#core/model/interchange/headings.ts';
import { knownValue } from '#core/import/table/synonyms.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { alike, bare } from './allowed.ts';

type Flat = ReadonlyMap<string, string>;

function flat(value: unknown, at = ''): [string, string][] {
  if (typeof value === 'string') return [[at, value]];
  return Object.entries(value as object).flatMap(([key, part]) =>
    flat(part, at === '' ? key : `${at}.${key}`),
  );
}

/** `{{count, number}}` and the like, in order of the alphabet. */
const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{[^}]*\}\}/g)].map(([hole]) => hole.replaceAll(/\s+/g, ' ')).sort();

const source: Flat = new Map(flat(english));

it('has a label for every field of every type', () => {
  const keys = entityTypes.flatMap((type) => fieldsOf(type).map(({ key }) => key));
  expect(keys.filter((key) => !source.has(`records.field.${key}`))).toEqual([]);
});

describe.each(Object.entries(languages).filter(([code]) => code !== 'en'))('%s', (code, language) => {
  let texts: Flat;
  beforeAll(async () => {
    texts = new Map(flat(await language.load()));
  });

  it('has exactly the keys of the English catalogue', () => {
    expect([...source.keys()].filter((key) => !texts.has(key))).toEqual([]);
    expect([...texts.keys()].filter((key) => !source.has(key))).toEqual([]);
  });

  it('has the parameters of the English text in the same form', () => {
    const other = [...texts].filter(
      ([key, text]) => holes(text).join(' ') !== holes(source.get(key) ?? '').join(' '),
    );
    expect(other).toEqual([]);
  });

  it('leaves nothing in English, beyond names and signs', () => {
    const same = [...texts].filter(([key, text]) => text === source.get(key) && !alike(code, key, text));
    expect(same).toEqual([]);
  });

  it('leaves no text empty, and no blank at its ends', () => {
    expect([...texts].filter(([, text]) => text.trim() === '' || text !== text.trim())).toEqual([]);
  });
});

describe('German', () => {
  it('uses the quotation marks and per cent signs of its readers', async () => {
    const texts = flat(await languages['de']?.load());
    expect(texts.filter(([, text]) => /[“][^„]*[”]|[”]/.test(text))).toEqual([]);
    expect(texts.filter(([, text]) => /[\d}] %/.test(text))).toEqual([]);
  });

  it('calls sandboxes and golden versions by one name each', async () => {
    // Keywords are what people may type into the palette.
    const texts = flat(await languages['de']?.load()).filter(([key]) => !key.startsWith('keywords.'));
    expect(texts.filter(([, text]) => /Sandbox|Golden-Version/.test(text))).toEqual([]);
  });
});

describe('an import', () => {
  const fields: Readonly<Record<string, string>> = germanRecords.field;
  const values: Readonly<Record<string, string>> = germanRecords.value;

  it('knows the fields of a list that was exported in German', () => {
    const missed = Object.entries(headingsByField).filter(
      ([key, words]) => fields[key] !== undefined && !words.includes(plainHeading(fields[key])),
    );
    expect(missed.map(([key]) => key)).toEqual([]);
  });

  it('knows the values of the open lists by their German words', () => {
    const lists = ['discipline', 'lifecycle', 'project_type', 'interface_type', 'bond_type', 'faculty_role'];
    const missed = (lists as Vocabulary[]).flatMap((list) =>
      vocabulary[list].filter((value) => knownValue(list, values[value] ?? '') !== value),
    );
    expect(missed).toEqual([]);
  });
});

it('a word is known for every value of the open lists', () => {
  const known = new Set(Object.keys(english.records.value));
  const values = Object.values(vocabulary).flat() as string[];
  expect([...new Set(values)].filter((value) => !known.has(value))).toEqual([]);
});

describe('components', () => {
  const root = join(import.meta.dirname, '../../../src/renderer');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

  it('would be found out if they did', () => {
    expect(bare('<p>Nothing here</p>')).toEqual(['Nothing here']);
    expect(bare('<b aria-label="Close it" title={t("x")}>{t("y")}</b>')).toEqual(['Close it']);
    expect(bare('// <p>Not shown</p>\nconst f = (a: X) => a;')).toEqual([]);
  });

  it('contain no text outside of a catalogue', () => {
    const found = files.flatMap(({ file, text }) => bare(text).map((words) => `${file}: ${words}`));
    expect(files.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  });
});
