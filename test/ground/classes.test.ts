import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (file: string): string => readFileSync(file, 'utf8');
const sources = new Map(globSync('src/renderer/**/*.{ts,tsx}').map((file) => [file, read(file)]));
const sheets = globSync('src/renderer/**/*.css');
const modules = sheets.filter((file) => file.endsWith('.module.css'));
const className = /\.([a-z_][\w-]*)/gi;

const namesIn = (text: string): string[] => [...text.matchAll(className)].map(([, name = '']) => name);

/** The classes of a style sheet: its own ones, and those of other sheets, which a module writes as `:global(…)`. */
function classesOf(css: string): { own: Set<string>; global: Set<string> } {
  const selectors = css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .match(/[^{}]+(?=\{)/g)
    ?.filter((selector) => !selector.trim().startsWith('@'));
  const [own, global] = [new Set<string>(), new Set<string>()];
  const inner = /:global\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g;
  for (const selector of selectors ?? []) {
    for (const [, part = ''] of selector.matchAll(inner)) for (const name of namesIn(part)) global.add(name);
    for (const name of namesIn(selector.replaceAll(inner, ''))) own.add(name);
  }
  return { own, global };
}

/** How the sources use a module: names, and whether one is computed (`styles[state]`). */
function usesOf(module: string): { names: Set<string>; computed: boolean } {
  const names = new Set<string>();
  let computed = false;
  for (const [file, text] of sources) {
    for (const [, variable = '', path = ''] of text.matchAll(/import (\w+) from '(\.[^']*\.module\.css)'/g)) {
      if (join(dirname(file), path) !== module) continue;
      const code = text.replaceAll(/^import .*$/gm, '');
      for (const [, name = ''] of code.matchAll(new RegExp(`(?<![.\\w])${variable}\\.(\\w+)\\b(?!\\()`, 'g')))
        names.add(name);
      for (const [, key = ''] of code.matchAll(new RegExp(`\\b${variable}\\[([^\\]]*)\\]`, 'g'))) {
        const literals = [...key.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name);
        for (const name of literals) names.add(name);
        computed ||= literals.length === 0;
      }
    }
  }
  return { names, computed };
}

describe('classes', () => {
  it.each(modules)('%s has each class that is used, and no other', (module) => {
    const { own } = classesOf(read(module));
    const { names, computed } = usesOf(module);
    expect([...names].filter((name) => !own.has(name))).toEqual([]);
    expect([...own].filter((name) => !computed && !names.has(name))).toEqual([]);
  });

  it('of global sheets are used', () => {
    const all = [...sources.values(), read('src/renderer/index.html')].join('\n');
    const words = new Set(all.match(/[\w-]+/g));
    // `pill-${tone}` uses every class with this beginning.
    const computed = [...all.matchAll(/([\w-]+-)\$\{/g)].map(([, start = '']) => start);
    const isUsed = (name: string): boolean =>
      words.has(name) || computed.some((start) => name.startsWith(start));
    const ofPackages = /^(mantine|recharts|sigma|tabler)-/;
    const unused = sheets.flatMap((sheet) => {
      const { own, global } = classesOf(read(sheet));
      const names = sheet.endsWith('.module.css') ? global : new Set([...own, ...global]);
      return [...names].filter((name) => !ofPackages.test(name) && !isUsed(name));
    });
    expect(unused).toEqual([]);
  });
});
