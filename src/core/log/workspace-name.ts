import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from './records/locate.ts';
import type { Located } from './records/locate.ts';
import { readFacts } from './workspace-facts.ts';

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
