import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '#server/db/database.ts';
import { startTrialPostgres } from '#server/db/trial-postgres.ts';
import { root } from '#scripts/lib/paths.ts';
import { testFolder } from '#test/support/folder.ts';

const program = `
import { startTrialPostgres } from '#server/db/trial-postgres.ts';
const postgres = await startTrialPostgres(process.argv[1], () => {});
await postgres.stop();
process.exitCode = 3;
`;

test('a program with its own Postgres ends with its own exit code', async () => {
  const args = ['--input-type=module', '--eval', program, join(testFolder(), 'trial')];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([3, null]);
});

const held = `
import { startTrialPostgres } from '#server/db/trial-postgres.ts';
const postgres = await startTrialPostgres(process.argv[1], () => {});
process.stdout.write('ready');
setInterval(() => {}, 1000);
`;

test('a folder whose server was killed is served again, and one that is being served is not taken, even if its Postgres does not answer', async () => {
  const folder = join(testFolder(), 'trial');
  const args = ['--input-type=module', '--eval', held, folder];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await expect(startTrialPostgres(folder, () => {})).rejects.toThrow(`process ${child.pid}`);
  // With another password its Postgres does not answer.
  const passwordFile = join(folder, 'postgres-password');
  const password = readFileSync(passwordFile, 'utf8');
  writeFileSync(passwordFile, 'another');
  await expect(startTrialPostgres(folder, () => {})).rejects.toThrow(`process ${child.pid}`);
  expect(readFileSync(join(folder, 'served-by'), 'utf8')).toBe(String(child.pid));
  writeFileSync(passwordFile, password);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const postgres = await startTrialPostgres(folder, () => {});
  const database = openDatabase(postgres.url);
  expect(await database.get('SELECT 1 AS one')).toEqual({ one: 1 });
  await database.close();
  await postgres.stop();
});

test('a Postgres that ends by itself is restarted, and its cause is named', async () => {
  const folder = join(testFolder(), 'trial');
  const lines: string[] = [];
  const postgres = await startTrialPostgres(folder, (line) => lines.push(line));
  const database = openDatabase(postgres.url);
  const [pid] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGINT');
  await vi.waitFor(() => expect(lines.join('\n')).toMatch(/ended and is started again: \S/), 30_000);
  await vi.waitFor(async () => expect(await database.get('SELECT 1 AS one')).toEqual({ one: 1 }), 30_000);
  await database.close();
  await postgres.stop();
});

test('the reason for a failed start is reported', async () => {
  const folder = join(testFolder(), 'trial');
  await (await startTrialPostgres(folder, () => {})).stop();
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '1\n');
  await expect(startTrialPostgres(folder, () => {})).rejects.toThrow(
    'Postgres does not start: database files are incompatible with server',
  );
});
