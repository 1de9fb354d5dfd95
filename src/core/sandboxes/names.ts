import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { foldText } from '#shared/domain/fold.ts';
import { existsSync } from 'node:fs';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { noSandbox } from '../kernel/db/files.ts';
import { invalidFault } from '../model/validate.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { placeOf, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { Shelf } from '../kernel/db/sandbox-folder.ts';
import { readSandboxFile } from '../log/sandbox-look.ts';

interface Named {
  id: string;
  name: string;
}

interface ShelfNames {
  named: Named[];
  unread: { id: string; error: unknown }[];
}

function namesOn(files: WorkspaceFiles, shelf: Shelf): ShelfNames {
  const found: ShelfNames = { named: [], unread: [] };
  for (const id of sandboxIds(files, shelf).ids) {
    try {
      readSandboxFile(placeOf(files, shelf, id), id, (_db, { name }) => found.named.push({ id, name }), true);
    } catch (error) {
      // Just discarded or recovered.
      const isMissing = isFault(error) && error.code === 'NOT_FOUND';
      if (!isMissing) found.unread.push({ id, error });
    }
  }
  return found;
}

/** Throws INVALID, naming the field, for a name that means live or looks like an id, or that another sandbox outside the trash has. */
export function checkName(files: WorkspaceFiles, name: string, id?: string): void {
  const foldedName = foldText(name);
  if (foldedName === 'live' || isSandboxId(name))
    throw invalidFault([
      {
        path: 'name',
        code: 'reserved',
        message: `"${name}" is reserved; choose another`,
      },
    ]);
  if (
    namesOn(files, 'sandboxes').named.some((other) => other.id !== id && foldText(other.name) === foldedName)
  )
    throw invalidFault([
      { path: 'name', code: 'taken', message: `is already the name of another sandbox: "${name}"` },
    ]);
}

/**
 * The id of a sandbox by id or name. Throws NOT_FOUND, which says whether it is in the trash; INVALID if several in the trash have the
 * name; WORKSPACE or BUSY if no readable sandbox has it and one is unreadable.
 */
export function findSandbox(files: WorkspaceFiles, idOrName: string, shelf: Shelf = 'sandboxes'): string {
  if (isSandboxId(idOrName)) {
    if (shelf === 'sandboxes') refuseTrashed(files, idOrName);
    return idOrName;
  }
  const { found, unread } = calledSo(files, shelf, idOrName);
  const [first, ...more] = found;
  if (!first) {
    const [discarded] = shelf === 'sandboxes' ? calledSo(files, 'trash', idOrName).found : [];
    if (discarded) throw inTrash(discarded.id);
    throw unread[0] ? unreadable(idOrName, unread[0]) : noSandbox(idOrName);
  }
  if (more.length === 0) return first.id;
  const message = `names ${found.length} sandboxes: give the id of one, ${found.map(({ id }) => id).join(', ')}`;
  throw invalidFault([{ path: 'id', code: 'ambiguous', message }]);
}

function calledSo(
  files: WorkspaceFiles,
  shelf: Shelf,
  idOrName: string,
): { found: Named[]; unread: ShelfNames['unread'] } {
  const name = foldText(idOrName);
  const { named, unread } = namesOn(files, shelf);
  return { found: named.filter((one) => foldText(one.name) === name), unread };
}

/** The unreadable one may be the one that is meant. */
function unreadable(idOrName: string, { id, error }: ShelfNames['unread'][number]): unknown {
  if (!isFault(error) || error.code !== 'WORKSPACE') return error;
  const { data } = error as Fault<'WORKSPACE'>;
  const why = clause('unreadName', { name: idOrName, id, why: data.values?.['why'] as Sentence | undefined });
  return new Fault('WORKSPACE', { ...data, values: { ...data.values, why } });
}

function refuseTrashed(files: WorkspaceFiles, id: string): void {
  const trashed = placeOf(files, 'trash', id);
  if (existsSync(placeOf(files, 'sandboxes', id).data) || !existsSync(trashed.data)) return;
  throw inTrash(id);
}

function inTrash(id: string): Fault<'NOT_FOUND'> {
  return new Fault('NOT_FOUND', { type: 'sandbox', id, state: 'in_trash' });
}
