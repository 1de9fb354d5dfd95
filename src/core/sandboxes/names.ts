import { fold } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { noSandbox } from '../db/files.ts';
import { invalid } from '../entities/validate.ts';
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

/** The id of a sandbox by its id or its name. Throws NOT_FOUND; INVALID when several in the trash have that name. */
export function findSandbox(files: WorkspaceFiles, wanted: string, shelf: Shelf = 'sandboxes'): string {
  if (isSandboxId(wanted)) return wanted;
  const name = fold(wanted);
  const found = namesOn(files, shelf).filter((one) => fold(one.name) === name);
  const [first, ...more] = found;
  if (!first) throw noSandbox(wanted);
  if (more.length === 0) return first.id;
  const message = `names ${found.length} sandboxes: give the id of one, ${found.map(({ id }) => id).join(', ')}`;
  throw invalid([{ path: 'id', code: 'ambiguous', message }]);
}
