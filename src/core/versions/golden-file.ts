import { join } from 'node:path';
import { maxGoldenVersions } from '#shared/contract/golden.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { badGolden } from './manifest.ts';

/** Path of a golden version. Throws GOLDEN `missing` for an invalid number. */
export function goldenFile({ golden }: Pick<WorkspaceFiles, 'golden'>, version: number): string {
  if (Number.isInteger(version) && version >= 1 && version <= maxGoldenVersions)
    return join(golden, `${version}.frames`);
  throw badGolden('missing', version, {});
}

/** Path of the golden version that comes with the program. Throws GOLDEN `missing` without one. */
export function shippedFile(resources: string | null): string {
  if (resources !== null) return join(resources, 'golden', 'golden.frames');
  throw badGolden('missing', 0, {});
}
