import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Core } from '#core/open.ts';
import { openForBench } from './open.ts';

export interface Place {
  folder: string;
  core: Core;
  /** A database of the same tables and settings, written to without core: the raw thing to compare with. */
  raw: Database.Database;
  close(): Promise<void>;
}

/** Opens a new workspace and beside it an empty raw copy of its schema. */
export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-bench-'));
  const core = await openForBench(join(folder, 'workspace'));
  const raw = new Database(join(folder, 'raw.sqlite'));
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'temp_store = MEMORY',
    'foreign_keys = ON',
    'cache_size = -65536',
  ])
    raw.pragma(pragma);
  const schema = core.services.read.column<string>(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
  );
  for (const statement of schema) raw.exec(statement);
  return {
    folder,
    core,
    raw,
    async close() {
      raw.close();
      await core.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const teamPayload = (n: number) => ({
  name: `Flight software ${n}`,
  discipline: 'software',
  lifecycle: 'established',
  size: 5 + (n % 7),
  experience: 12,
  description: 'Writes and tests what runs on board, and keeps the simulator that everybody else depends on.',
});
