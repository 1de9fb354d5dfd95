import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { wasWorkspace } from '#shared/domain/workspace-files.ts';
import { fileProbe } from '../file-probe.ts';
import type { WorkspaceFiles } from './files.ts';

/** Files that we or the system leave in a folder; a workspace may still be created next to them. */
const harmless =
  /^(logs|backups|holders|lock\.sqlite.*|(search|questions)\.sqlite.*|\..*|frames\.sqlite\.new.*)$/;

/** Throws WORKSPACE: `lost` if a workspace lacks its live file, `not_empty_folder` for other files. Accepts a missing folder. */
export function refuseForeignFolder(files: WorkspaceFiles): void {
  const entries = existsSync(files.folder) ? readdirSync(files.folder) : [];
  if (lstatSync(files.live, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(files.live)) {
    const message = `${basename(files.live)} is a link, and what it leads to is not there. Nothing was changed.`;
    throw new Fault('WORKSPACE', message, { reason: 'lost' });
  }
  if (entries.includes(basename(files.live))) return;
  if (wasWorkspace(files.folder, sep, fileProbe)) {
    const message = `${basename(files.live)} is missing, although other files of the workspace are here. Nothing was changed.`;
    throw new Fault('WORKSPACE', message, { reason: 'lost' });
  }
  const strangers = entries.filter((entry) => !harmless.test(entry));
  if (strangers.length === 0) return;
  const message = `The folder already holds other files (${strangers.slice(0, 3).join(', ')}): choose an empty one.`;
  throw new Fault('WORKSPACE', message, { reason: 'not_empty_folder' });
}
