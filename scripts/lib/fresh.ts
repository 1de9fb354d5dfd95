import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Whether `product` exists and is not older than anything in `sources` (files, or folders with all
 * they hold; those that do not exist do not count). A folder's own time counts too: that is how a
 * deleted file shows.
 */
export async function isFresh(product: string, sources: string[]): Promise<boolean> {
  const made = await timeOf(product);
  if (made === undefined) return false;
  for (const source of sources) if (await hasNewer(source, made)) return false;
  return true;
}

async function hasNewer(path: string, limit: number): Promise<boolean> {
  const time = await timeOf(path);
  if (time === undefined) return false;
  if (time > limit) return true;
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  const times = await Promise.all(entries.map((entry) => timeOf(join(entry.parentPath, entry.name))));
  return times.some((other) => other !== undefined && other > limit);
}

async function timeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs;
}
