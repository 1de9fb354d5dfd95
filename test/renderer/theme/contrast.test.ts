import { describe, expect, test } from 'vitest';
import { contrast, parseColour } from './support/colour.ts';
import { readTokens } from './support/tokens.ts';

const themes = readTokens();

/** Grounds that text stands on. */
const grounds = ['bg', 'bg-panel', 'bg-sunken', 'hover'];

/** Text and the ground it stands on: WCAG AA, 4.5:1. */
const texts: readonly [string, string][] = [
  ...['text', 'text-2', 'text-3', 'accent-text'].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ...['ok', 'warn', 'bad', 'past', 'info'].flatMap((text): [string, string][] => [
    [text, 'bg'],
    [text, 'bg-panel'],
    [text, `${text}-bg`],
  ]),
  ['text', 'accent-bg'],
  ['text-2', 'accent-bg'],
  ['text-3', 'accent-bg'],
  ['accent-text', 'accent-bg'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['bg', 'text'],
];

/** Marks that are looked at, not read, and the edges of controls: 3:1. */
const marks: readonly [string, string][] = [
  ...Object.keys(themes.light)
    .filter((name) => /^(loss|life)-/.test(name))
    .flatMap((mark): [string, string][] => [
      [mark, 'bg'],
      [mark, 'hover'],
      [mark, 'accent-bg'],
    ]),
  ...Object.keys(themes.light)
    .filter((name) => /^(cat|seq|node)-/.test(name))
    .map((mark): [string, string] => [mark, 'bg']),
  ...[...grounds, 'accent-bg'].map((ground): [string, string] => ['control', ground]),
  ['accent', 'bg'],
  ['accent', 'bg-panel'],
  ['accent', 'bg-sunken'],
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const ratio = ([front, back]: [string, string]): number => {
    const tokens = themes[theme];
    return contrast(parseColour(tokens[front] ?? ''), parseColour(tokens[back] ?? ''));
  };

  test.each(texts)('--%s can be read on --%s', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks)('--%s can be seen on --%s', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });
});

test('the two themes name the same colours', () => {
  const colours = (theme: Readonly<Record<string, string>>): string[] =>
    Object.keys(theme).filter((name) => theme[name]?.startsWith('#'));
  for (const name of colours(themes.light)) expect(themes.dark[name], name).not.toBe(themes.light[name]);
});

test('the contrast of black and white is 21, and of a colour with itself 1', () => {
  const [black, white] = [parseColour('#000000'), parseColour('#ffffff')];
  expect(contrast(black, white)).toBeCloseTo(21, 5);
  expect(contrast(white, white)).toBe(1);
});
