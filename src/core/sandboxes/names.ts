import { existsSync } from 'node:fs';
import { fold } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { noSandbox } from '../db/files.ts';
import { invalid } from '../entities/validate.ts';
import { Fault } from '#shared/contract/faults.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { placeOf, standing } from './folder.ts';
import type { Shelf } from './folder.ts';
import { factsOf } from './look.ts';

interface Named {
  id: string;
  name: string;
}

function namesOn(files: WorkspaceFiles, shelf: Shelf): Named[] {
  return standing(files, shelf).ids.flatMap((id) => {
    const facts = factsOf(placeOf(files, shelf, id), id);
    return facts ? [{ id, name: facts.name }] : [];
  });
}

/** Throws INVALID, naming the field, when a name means live or some id, or another sandbox outside of the trash has it already. */
export function checkName(files: WorkspaceFiles, name: string, id?: string): void {
  const wanted = fold(name);
  if (wanted === 'live' || isSandboxId(name))
    throw invalid([
      {
        path: 'name',
        code: 'reserved',
        message: `"${name}" means something else to commands: choose another`,
      },
    ]);
  if (namesOn(files, 'sandboxes').some((other) => other.id !== id && fold(other.name) === wanted))
    throw invalid([{ path: 'name', code: 'taken', message: `is what another sandbox is called: "${name}"` }]);
}

/**
 * The id of a sandbox by its id or its name. Throws NOT_FOUND, which says so where it lies in the trash; INVALID when several in the trash
 * have that name.
 */
export function findSandbox(files: WorkspaceFiles, wanted: string, shelf: Shelf = 'sandboxes'): string {
  if (isSandboxId(wanted)) {
    if (shelf === 'sandboxes') refuseTrashed(files, wanted);
    return wanted;
  }
  const found = calledSo(files, shelf, wanted);
  const [first, ...more] = found;
  if (!first) {
    const [gone] = shelf === 'sandboxes' ? calledSo(files, 'trash', wanted) : [];
    throw gone ? inTrash(gone) : noSandbox(wanted);
  }
  if (more.length === 0) return first.id;
  const message = `names ${found.length} sandboxes: give the id of one, ${found.map(({ id }) => id).join(', ')}`;
  throw invalid([{ path: 'id', code: 'ambiguous', message }]);
}

function calledSo(files: WorkspaceFiles, shelf: Shelf, wanted: string): Named[] {
  const name = fold(wanted);
  return namesOn(files, shelf).filter((one) => fold(one.name) === name);
}

function refuseTrashed(files: WorkspaceFiles, id: string): void {
  const trashed = placeOf(files, 'trash', id);
  if (existsSync(placeOf(files, 'sandboxes', id).data) || !existsSync(trashed.data)) return;
  throw inTrash({ id, name: factsOf(trashed, id)?.name ?? id });
}

function inTrash({ id, name }: Named): Fault<'NOT_FOUND'> {
  const message = `The sandbox "${name}" (${id}) is in the trash: recover it first ("frames sandbox recover").`;
  return new Fault('NOT_FOUND', message, { type: 'sandbox', id });
}
