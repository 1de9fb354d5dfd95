import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#server/db/database.ts';
import { migrate } from '#server/db/migrate.ts';
import { startTrialPostgres } from '#server/db/trial-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the run's Postgres: its database `frames`, in which nothing is but what makes databases. */
    postgres: string;
  }
}

export const template = 'frames_template';

/** The same Postgres, another database. */
export function databaseUrl(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

/** One Postgres for the whole run, on loopback, with a migrated database that those of the tests are copies of. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-postgres-'));
  chmodSync(folder, 0o755);
  const postgres = await startTrialPostgres(folder, () => {}, process.env['FRAMES_TEST_POSTGRES']);
  const main = openDatabase(postgres.url);
  // What a power cut would lose is of no use to anybody here.
  for (const setting of ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off'])
    await main.run(`ALTER SYSTEM SET ${setting}`);
  await main.run('SELECT pg_reload_conf()');
  await main.run(`CREATE DATABASE ${template}`);
  await main.close();
  const migrated = openDatabase(databaseUrl(postgres.url, template));
  await migrate(migrated);
  await migrated.close();
  project.provide('postgres', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
