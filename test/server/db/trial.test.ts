import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { testFolder } from '#test/support/folder.ts';

const program = `
import { startTrialPostgres } from '#server/db/trial.ts';
const postgres = await startTrialPostgres(process.argv[1], () => {});
await postgres.stop();
process.exitCode = 3;
`;

test('a program that had a Postgres of its own ends with the code that it chose', async () => {
  const args = ['--input-type=module', '--eval', program, join(testFolder(), 'trial')];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([3, null]);
});
