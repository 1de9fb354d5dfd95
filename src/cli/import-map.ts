import { open, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { systemClock, systemRandom, createIds } from '#core/system.ts';
import { workspaceFiles } from '#core/db/files.ts';
import { refuseInstead, writeAtomically } from '#core/files/atomic-file.ts';
import type { ImportMap } from '#core/import/json/preview.ts';
import { refuseOwnFile } from '#core/files/own-files.ts';
import { isFault } from '#shared/contract/faults.ts';
import { UsageError } from './args/usage-error.ts';
import { Failed } from './output/errors.ts';

const real = (path: string): Promise<string> => realpath(path).catch(() => path);

/** What every map begins with. */
const beginning = '{\n  "source_file": ';

/**
 * Refuses a map that would replace the file to be imported, a file of a workspace, or any other that is no map of an earlier import. Throws
 * UsageError, BAD_FILE.
 */
export async function checkMapPath(map: string, source: string, workspace: string): Promise<void> {
  if ((await real(map)) === (await real(source))) {
    throw new UsageError('--map names the file to be imported, which would be replaced by its map.', {
      argument: '--map',
      given: map,
    });
  }
  const folder = await realpath(workspace).catch(() => null);
  if (folder !== null) await refuseOwnFile(map, workspaceFiles(folder));
  const target = await real(map);
  await refuseInstead(target, basename(map), { replace: true });
  const start = await startOf(target);
  if (start === null || start === beginning) return;
  const message = `${basename(map)} is there already and is no map of an import: name another file (--map). Nothing was changed.`;
  throw new UsageError(message, { argument: '--map', given: map });
}

/** What a file begins with, as much as a map would; null where there is none that can be read. */
async function startOf(path: string): Promise<string | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginning.length), 0, beginning.length, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    // A folder: writing says so.
    return null;
  } finally {
    await handle.close();
  }
}

/** Writes a map, whole or not at all. `done` says what stands although the map could not be written. Throws BAD_FILE or Failed. */
export async function writeMap(path: string, map: ImportMap, done?: string): Promise<void> {
  const unique = createIds(systemClock, systemRandom).uuid();
  try {
    for await (const _ of writeAtomically(path, unique, [`${JSON.stringify(map, null, 2)}\n`], {
      replace: true,
    }));
  } catch (error) {
    if (done === undefined || !isFault(error)) throw error;
    throw new Failed('MAP_NOT_WRITTEN', `${done}, but not its map: ${error.message}`, error.data);
  }
}
