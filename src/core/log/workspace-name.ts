import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from './records/locate.ts';
import type { LocatedRecord } from './records/locate.ts';
import { readFacts } from './workspace-facts.ts';

const currentNameQuery = 'SELECT name FROM workspaces WHERE deleted_at IS NULL AND name IS NOT NULL LIMIT 1';
const nameRowQuery = 'SELECT id FROM workspaces WHERE name IS NOT NULL LIMIT 1';

/** The workspace's latest name, or its name at creation. */
export function nameOfWorkspace(db: ReadHandle): string {
  return db.get<{ name: string | null }>(currentNameQuery)?.name ?? readFacts(db).name;
}

/** The record that stores the name, possibly deleted; undefined if the workspace was never renamed. */
export function nameRecord(db: ReadHandle): LocatedRecord<'workspace'> | undefined {
  const [id] = db.column<string>(nameRowQuery);
  return id === undefined ? undefined : locateIn(db, 'workspace', id);
}

/** Like `nameOfWorkspace` for a file that is possibly corrupt or too old to store names: falls back to the name at creation. */
export function nameOrOriginal(db: ReadHandle): string {
  try {
    return nameOfWorkspace(db);
  } catch {
    return readFacts(db).name;
  }
}
