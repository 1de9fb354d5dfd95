import { clause } from '#shared/texts/sentence.ts';
import { existsSync } from 'node:fs';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';

/** WORKSPACE if nothing of live can be read: `lost` if the file is missing, else `damaged`. */
export function nothingToSalvage({ live }: Pick<WorkspaceFiles, 'live'>): Fault {
  return workspaceFault(existsSync(live) ? 'damaged' : 'lost', { why: clause('nothingReadable') });
}
