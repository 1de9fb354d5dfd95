import { idPrefix } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { permit } from '../model/permissions.ts';
import { readFacts } from '../log/workspace-facts.ts';

const live = 'SELECT name FROM workspaces WHERE deleted_at IS NULL AND name IS NOT NULL LIMIT 1';
const only = 'SELECT id FROM workspaces WHERE name IS NOT NULL LIMIT 1';

/** What the workspace is called: as somebody named it last, or else as it was made. */
export function nameOfWorkspace(db: ReadHandle): string {
  return db.get<{ name: string | null }>(live)?.name ?? readFacts(db).name;
}

/** The row that the name is written in since somebody first gave one; undefined before. It may be deleted. */
export function rowOfName(db: ReadHandle): Located<'workspace'> | undefined {
  const [id] = db.column<string>(only);
  return id === undefined ? undefined : locateIn(db, 'workspace', id);
}

/** As `nameOfWorkspace`, of a file that may be damaged, or older than its names: what it was called when it was made where nobody can tell. */
export function nameInAny(db: ReadHandle): string {
  try {
    return nameOfWorkspace(db);
  } catch {
    return readFacts(db).name;
  }
}

/**
 * Gives the workspace another name; the folder that it lies in stays as it is. There is one row of it for ever: undoing the first name takes it
 * away, and the next brings it back. Returns whether anything changed. Throws FORBIDDEN.
 */
export function renameWorkspace(write: WriteContext, name: string): boolean {
  const was = nameOfWorkspace(write.db);
  const record = rowOfName(write.db);
  const id = record?.id ?? `${idPrefix.workspace}_${write.ids.uuid()}`;
  const before = record && !record.deleted ? record.payload : null;
  permit(write.db, write.actor, { type: 'workspace', id, before, after: { name } });
  if (name === was) return false;
  if (!record) write.records.create({ type: 'workspace', id, payload: { name } });
  else {
    if (record.deleted) write.records.restore(record);
    write.records.update(record, { name });
  }
  write.audit.label('workspace.rename', { title: name, was });
  return true;
}
