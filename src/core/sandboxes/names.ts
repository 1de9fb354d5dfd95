import { ambiguousIssue, issueOf } from '#shared/texts/issues.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { foldText } from '#shared/domain/fold.ts';
import { existsSync } from 'node:fs';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { noSandboxFault } from '../kernel/db/files.ts';
import { invalidFault } from '../model/validate.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { sandboxPaths, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { SandboxFolder } from '../kernel/db/sandbox-folder.ts';
import { readSandboxFile } from '../log/read-sandbox-file.ts';

interface SandboxName {
  id: string;
  name: string;
}

interface FolderNames {
  names: SandboxName[];
  unread: { id: string; error: unknown }[];
}

function readNames(files: WorkspaceFiles, folder: SandboxFolder): FolderNames {
  const result: FolderNames = { names: [], unread: [] };
  for (const id of sandboxIds(files, folder).ids) {
    try {
      readSandboxFile(
        sandboxPaths(files, folder, id),
        id,
        (_db, { name }) => result.names.push({ id, name }),
        { allowNewer: true },
      );
    } catch (error) {
      // The sandbox was discarded or recovered meanwhile.
      const isMissing = isFault(error) && error.code === 'NOT_FOUND';
      if (!isMissing) result.unread.push({ id, error });
    }
  }
  return result;
}

/** Throws INVALID, naming the field, for a name that means live or looks like an id, or that another sandbox outside the trash has. */
export function checkName(files: WorkspaceFiles, name: string, renamedId?: string): void {
  const foldedName = foldText(name);
  if (foldedName === 'live' || isSandboxId(name)) throw invalidFault([issueOf('name', 'reserved')]);
  if (
    readNames(files, 'sandboxes').names.some(
      (other) => other.id !== renamedId && foldText(other.name) === foldedName,
    )
  )
    throw invalidFault([issueOf('name', 'taken')]);
}

/**
 * The id of a sandbox by id or name. Throws NOT_FOUND, which says whether the sandbox is in the trash; INVALID if several in the trash have
 * the name; WORKSPACE or BUSY if no readable sandbox has the name and one is unreadable.
 */
export function findSandbox(
  files: WorkspaceFiles,
  idOrName: string,
  folder: SandboxFolder = 'sandboxes',
): string {
  if (isSandboxId(idOrName)) {
    if (folder === 'sandboxes') assertNotInTrash(files, idOrName);
    return idOrName;
  }
  const { matches, unread } = findByName(files, folder, idOrName);
  const [match, ...otherMatches] = matches;
  if (!match) {
    const [discarded] = folder === 'sandboxes' ? findByName(files, 'trash', idOrName).matches : [];
    if (discarded) throw inTrashFault(discarded.id);
    throw unread[0] ? unreadableFault(idOrName, unread[0]) : noSandboxFault(idOrName);
  }
  if (otherMatches.length === 0) return match.id;
  throw invalidFault([ambiguousIssue('id', matches)]);
}

function findByName(
  files: WorkspaceFiles,
  folder: SandboxFolder,
  idOrName: string,
): { matches: SandboxName[]; unread: FolderNames['unread'] } {
  const name = foldText(idOrName);
  const { names, unread } = readNames(files, folder);
  return { matches: names.filter((sandbox) => foldText(sandbox.name) === name), unread };
}

/** The unreadable sandbox can be the one with this name. */
function unreadableFault(idOrName: string, { id, error }: FolderNames['unread'][number]): unknown {
  if (!isFault(error) || error.code !== 'WORKSPACE') return error;
  const { data } = error as Fault<'WORKSPACE'>;
  const why = clause('unreadName', { name: idOrName, id, why: data.values?.['why'] as Sentence | undefined });
  return new Fault('WORKSPACE', { ...data, values: { ...data.values, why } });
}

function assertNotInTrash(files: WorkspaceFiles, id: string): void {
  const trashPaths = sandboxPaths(files, 'trash', id);
  if (existsSync(sandboxPaths(files, 'sandboxes', id).data) || !existsSync(trashPaths.data)) return;
  throw inTrashFault(id);
}

function inTrashFault(id: string): Fault<'NOT_FOUND'> {
  return new Fault('NOT_FOUND', { type: 'sandbox', id, state: 'in_trash' });
}
