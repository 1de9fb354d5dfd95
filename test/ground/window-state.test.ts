import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const isWorker = /\.worker\.ts$/;
const sources = globSync('src/renderer/**/*.{ts,tsx}')
  .filter((file) => !isWorker.test(file))
  .map((file) => [file, readFileSync(file, 'utf8')] as const);

it('every variable of a module of the window is begun by atStart', () => {
  const left = sources.filter(([, text]) => /^let \w+/m.test(text) && !text.includes('atStart('));
  expect(left.map(([file]) => file)).toEqual([]);
});

it('every store that lasts as long as the window is reset', () => {
  const left = sources.filter(
    ([, text]) => /import \{[^}]*\bcreate\b[^}]*\} from 'zustand'/.test(text) && !text.includes('atReset('),
  );
  expect(left.map(([file]) => file)).toEqual([]);
});
