import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { wasWorkspace } from '#shared/domain/workspace-files.ts';
import { look } from '../file-probe.ts';
import type { WorkspaceFiles } from './files.ts';

/** Files that a folder may hold and still become a workspace: those that we or the system leave there. */
const harmless =
  /^(logs|backups|holders|lock\.sqlite.*|(search|questions)\.sqlite.*|\..*|frames\.sqlite\.new.*)$/;

/**
 * Throws WORKSPACE, reason `lost` where a workspace was whose file is gone or a link leads to one that is, and `not_empty_folder`, when the folder holds what is not ours. A missing folder is an empty one, and one
 * in which somebody has just made a workspace is no stranger's.
 */
export function refuseStrangers(files: WorkspaceFiles): void {
  const entries = existsSync(files.folder) ? readdirSync(files.folder) : [];
  if (lstatSync(files.live, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(files.live)) {
    const gone = `${basename(files.live)} is a link, and what it leads to is not there. Nothing was changed.`;
    throw new Fault('WORKSPACE', gone, { reason: 'lost' });
  }
  if (entries.includes(basename(files.live))) return;
  if (wasWorkspace(files.folder, sep, look)) {
    const gone = `${basename(files.live)} is missing, although other files of the workspace are here. Nothing was changed.`;
    throw new Fault('WORKSPACE', gone, { reason: 'lost' });
  }
  const strangers = entries.filter((entry) => !harmless.test(entry));
  if (strangers.length === 0) return;
  const message = `The folder already holds other files (${strangers.slice(0, 3).join(', ')}): choose an empty one.`;
  throw new Fault('WORKSPACE', message, { reason: 'not_empty_folder' });
}
