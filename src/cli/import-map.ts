import { realpath } from 'node:fs/promises';
import { systemClock, systemRandom, createIds } from '#core/system.ts';
import { workspaceFiles } from '#core/db/files.ts';
import { writeAtomically } from '#core/transfer/atomic-file.ts';
import type { ImportMap } from '#core/transfer/map.ts';
import { refuseOwnFile } from '#core/transfer/own-files.ts';
import { isFault } from '#shared/contract/faults.ts';
import { UsageError } from './args/usage-error.ts';
import { Failed } from './output/errors.ts';

const real = (path: string): Promise<string> => realpath(path).catch(() => path);

/** Refuses a map that would replace the file to be imported, or a file of the workspace. Throws UsageError, BAD_FILE. */
export async function checkMapPath(map: string, source: string, workspace: string): Promise<void> {
  if ((await real(map)) === (await real(source))) {
    throw new UsageError('--map names the file to be imported, which would be replaced by its map.', {
      argument: '--map',
      given: map,
    });
  }
  const folder = await realpath(workspace).catch(() => null);
  if (folder !== null) await refuseOwnFile(map, workspaceFiles(folder));
}

/** Writes a map, whole or not at all. `done` says what stands although the map could not be written. Throws BAD_FILE or Failed. */
export async function writeMap(path: string, map: ImportMap, done?: string): Promise<void> {
  const unique = createIds(systemClock, systemRandom).uuid();
  try {
    for await (const _ of writeAtomically(path, unique, [`${JSON.stringify(map, null, 2)}\n`]));
  } catch (error) {
    if (done === undefined || !isFault(error)) throw error;
    throw new Failed('MAP_NOT_WRITTEN', `${done}, but not its map: ${error.message}`, error.data);
  }
}
