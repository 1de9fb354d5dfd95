import { clause, verbatim } from '#shared/texts/sentence.ts';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';
import { hasWorkspaceTraces } from '#shared/domain/workspace-files.ts';
import { fileProbe } from '../file-probe.ts';
import type { WorkspaceFiles } from './files.ts';

/** Files that FRAMES or the system leaves in a folder; a workspace can still be created next to them. */
const harmlessNames =
  /^(logs|backups|holders|lock\.sqlite.*|(search|questions)\.sqlite.*|\..*|frames\.sqlite\.new.*)$/;

/** Throws WORKSPACE: `lost` if a workspace lacks its live file, `not_empty_folder` for other files. Accepts a missing folder. */
export function refuseForeignFolder(files: WorkspaceFiles): void {
  const entries = existsSync(files.folder) ? readdirSync(files.folder) : [];
  if (lstatSync(files.live, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(files.live)) {
    throw workspaceFault('lost', { file: basename(files.live), why: clause('noFile') });
  }
  if (entries.includes(basename(files.live))) return;
  if (hasWorkspaceTraces(files.folder, sep, fileProbe)) {
    throw workspaceFault('lost', { file: basename(files.live), why: clause('otherFilesThere') });
  }
  const foreignNames = entries.filter((entry) => !harmlessNames.test(entry));
  if (foreignNames.length === 0) return;
  throw workspaceFault('not_empty_folder', { why: verbatim(foreignNames.slice(0, 3).join(', ')) });
}
