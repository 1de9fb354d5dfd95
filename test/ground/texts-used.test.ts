import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { english } from '../../src/renderer/i18n/resources.ts';

/** Keys composed of values, which no string shows: ids of commands, events of the server, codes of zod. */
const composed: readonly RegExp[] = [
  /^keywords:/,
  /^administration:audit\.read\./,
  /^audit:(?:missing\.|(?:profile|workspace)Rename|(?:undo|redo)Plain)/,
  /^languageModels:(?:ollama|lm-studio)$/,
  /^matrix:expertise\.basis\./,
  /^panel:history\.link\.moved_/,
  /^notices:plain$/,
  /^reasons:issue\.needs_/,
  /^steps:(?:gone|others|passed)$/,
  /^reasons:issue\.(?:not_multiple_of|invalid_(?:format|union|key|element))$/,
];

interface Source {
  text: string;
  /** What its strings say, with `\0` for each value put into one. */
  strings: Set<string>;
}

const sources = globSync('src/**/*.{ts,tsx}')
  .filter((file) => !/[\\/](?:i18n|texts)[\\/](?:en|de)[\\/]/.test(file))
  .map((file): Source => {
    const text = readFileSync(file, 'utf8');
    // Templates are found apart, because they have strings in them.
    const literals = [/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, /`(?:[^`\\]|\\.)*`/g].flatMap(
      (form) => text.match(form) ?? [],
    );
    const strings = literals.map((one) => one.slice(1, -1).replaceAll(/\$\{[^{}]*\}/g, '\0'));
    return { text, strings: new Set(strings) };
  });

const words = new Set(
  sources.flatMap(({ text }) => [...(text.match(/\w+/g) ?? []), ...(text.match(/[\w-]+/g) ?? [])]),
);

/** Strings whose values are themselves parts of a path. */
const takesPaths = /^(?:faults|care|reasons):/;

/** Whether the key is a string, or fits a composed one with words of the program. */
function isIn(strings: Iterable<string>, key: string): boolean {
  for (const string of strings) {
    if (string === key) return true;
    if (!/^[\w:.]+\0[\w.\0]*$|^\0\.[\w.\0]+$/.test(string)) continue;
    const parts = string.split('\0').map((part) => part.replaceAll('.', String.raw`\.`));
    const values = new RegExp(`^${parts.join(takesPaths.test(string) ? '([\\w.-]+?)' : '([\\w-]+)')}$`)
      .exec(key)
      ?.slice(1);
    if (values?.every((value) => value.split('.').every((word) => words.has(word)))) return true;
  }
  return false;
}

function* keysOf(texts: object, path = ''): Generator<string> {
  for (const [name, text] of Object.entries(texts)) {
    const key = path === '' ? name : `${path}.${name}`;
    if (typeof text === 'object') yield* keysOf(text as object, key);
    else yield key.replace(/_(?:zero|one|other)$/, '');
  }
}

const everywhere = sources.flatMap(({ strings }) =>
  [...strings].filter((one) => one.includes(':') && one !== 'golden:\0'),
);

test.each(Object.entries(english))('every text of %s is used', (namespace, texts) => {
  const own = sources
    .filter(({ text }) => new RegExp(`(?:useTexts\\(|Say<)'${namespace}'`).test(text))
    .flatMap(({ strings }) => [...strings]);
  const unused = [...new Set(keysOf(texts))].filter(
    (key) =>
      !isIn(everywhere, `${namespace}:${key}`) &&
      !isIn(own, key) &&
      !composed.some((family) => family.test(`${namespace}:${key}`)),
  );
  expect(unused).toEqual([]);
});
