import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'frames-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the lint reports errors of the compiler, so that the types need no check of their own', () => {
  for (const name of ['.oxlintrc.json', 'tsconfig.base.json'])
    copyFileSync(join(root, name), join(folder, name));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: './tsconfig.base.json', include: ['*.ts'] }),
  );
  writeFileSync(
    join(folder, 'planted.ts'),
    `export const planted: number = 'text';\nexport const missing = document.title;\n`,
  );

  const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format=unix', 'planted.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });

  expect(stdout).toContain("Type 'string' is not assignable to type 'number'");
  expect(stdout).toContain("Cannot find name 'document'");
});
