import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Log } from '../kernel/logger.ts';
import { readPlain } from './plain-file.ts';

/** What the latest check of a backup found, and when. */
const verified = z.object({ at: z.iso.datetime(), ok: z.boolean() });
export type Verified = z.infer<typeof verified>;

const longest = 10_000;
/** Beside the manifest, which is sealed and never changes; it goes when the backup goes. */
const fileOf = (backups: string, id: string): string => join(backups, id, 'verified.json');

/** Writes down what a check found. Where nothing can be written, as on a disk that is read-only, that is only logged: the report counts. */
export async function noteVerified(backups: string, id: string, found: Verified, log: Log): Promise<void> {
  try {
    await writeFileAtomic(fileOf(backups, id), `${JSON.stringify(found)}\n`);
  } catch (error) {
    log.warn(
      { backup: id, error: String(error) },
      'what the check of a backup found could not be written down',
    );
  }
}

/** What was written down last; null when nothing was, or nothing that can be read. */
export async function readVerified(backups: string, id: string): Promise<Verified | null> {
  try {
    return verified.parse(JSON.parse(await readPlain(fileOf(backups, id), longest)));
  } catch {
    return null;
  }
}
