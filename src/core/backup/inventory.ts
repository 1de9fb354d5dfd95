import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';
import type { Retained } from '#shared/domain/retention.ts';
import { backupId } from '#shared/domain/workspace-files.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { backupIds } from './list.ts';
import { readManifest } from './read-manifest.ts';
import { readVerified } from './verified.ts';

/** A backup whose manifest can be read: what it is for the rule, and the packs that it needs. */
export interface Readable extends Retained {
  kind: 'usable' | 'newer';
  reason: string;
  /** SHA-256 of each. */
  packs: readonly string[];
}

/** One of the first format, which needs no packs; or one of which nobody knows what it needs. */
interface Closed {
  kind: 'early' | 'unreadable';
  id: string;
}

export type Entry = Readable | Closed;

/**
 * Everything that may need packs, the newest first: the backups, and folders of other names with a manifest in them, as somebody's copy of
 * a backup. `step` is told how many are read, and may throw to give up.
 */
export async function inventory(
  backups: string,
  step: (done: number, total: number) => void = () => {},
): Promise<Entry[]> {
  const ids = await backupIds(backups);
  const entries: Entry[] = [];
  for (const id of ids) {
    step(entries.length, ids.length);
    entries.push(await read(backups, id));
    await breathe();
  }
  for (const id of await strangers(backups)) entries.push({ kind: 'unreadable', id });
  return entries;
}

async function read(backups: string, id: string): Promise<Entry> {
  try {
    const { made, reason, workspace, packs, schema_version } = await readManifest(backups, id);
    const verified = (await readVerified(backups, id))?.ok ?? null;
    const kind = schema_version <= schemaVersion ? 'usable' : 'newer';
    return { kind, id, made, reason, workspace, verified, packs: packs.map(({ sha256 }) => sha256) };
  } catch (error) {
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    const early = (error.data as { reason: string }).reason === 'early';
    return { kind: early ? 'early' : 'unreadable', id };
  }
}

/** Folders that are no backups by their name and yet hold a manifest. Those in which somebody works, and were left, are none. */
async function strangers(backups: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await namesIn(backups)) {
    if (backupId.test(name) || name.startsWith('.')) continue;
    const manifest = await lstat(join(backups, name, 'manifest.json')).catch(() => null);
    if (manifest) found.push(name);
  }
  return found;
}

/** Names in a folder; none where it is missing. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
