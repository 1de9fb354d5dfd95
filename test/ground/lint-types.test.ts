import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'frames-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lint = (path: string): string =>
  spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format=unix', path], {
    cwd: folder,
    encoding: 'utf8',
  }).stdout;

test('the lint reports errors of the compiler, so that the types need no check of their own', () => {
  for (const name of ['.oxlintrc.json', 'tsconfig.base.json'])
    copyFileSync(join(root, name), join(folder, name));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: './tsconfig.base.json', include: ['**/*.ts'] }),
  );
  writeFileSync(
    join(folder, 'planted.ts'),
    `export const planted: number = 'text';\nexport const missing = document.title;\n`,
  );

  const found = lint('planted.ts');

  expect(found).toContain("Type 'string' is not assignable to type 'number'");
  expect(found).toContain("Cannot find name 'document'");
});

test('only src/files opens files by their path', () => {
  const ways = [
    `import { openSync } from 'node:fs';\nvoid openSync;\n`,
    `import { readFile } from 'node:fs/promises';\nvoid readFile;\n`,
    `import fs from 'node:fs';\nvoid fs;\n`,
    `import * as fs from 'node:fs/promises';\nvoid fs;\n`,
    `import writeFileAtomic from 'write-file-atomic';\nvoid writeFileAtomic;\n`,
  ];
  const zones = ['core', 'server', 'cli', 'data', 'main', 'http'];
  for (const zone of [...zones, 'files'])
    for (const [index, code] of ways.entries()) {
      mkdirSync(join(folder, 'src', zone), { recursive: true });
      writeFileSync(join(folder, `src/${zone}/way-${index}.ts`), code);
    }

  const caughtIn = (zone: string): number =>
    lint('src')
      .split('\n')
      .filter((line) => line.includes(`src/${zone}/`) && line.includes('no-restricted-imports')).length;

  expect(zones.map(caughtIn)).toEqual(zones.map(() => ways.length));
  expect(caughtIn('files')).toBe(0);
});
