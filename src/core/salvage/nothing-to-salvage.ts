import { existsSync } from 'node:fs';
import { Fault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';

/** WORKSPACE if nothing of live can be read: `lost` if the file is missing, else `damaged`. */
export function nothingToSalvage({ live }: Pick<WorkspaceFiles, 'live'>): Fault {
  if (!existsSync(live)) return lostFault();
  const message =
    'Nothing in frames.sqlite can be read: there is nothing to salvage. Nothing was changed; restore a backup.';
  return new Fault('WORKSPACE', message, { reason: 'damaged' });
}

const lostFault = (): Fault =>
  new Fault(
    'WORKSPACE',
    'frames.sqlite is missing: there is nothing to salvage. Nothing was changed; restore a backup.',
    { reason: 'lost' },
  );
