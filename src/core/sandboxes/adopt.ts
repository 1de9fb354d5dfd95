import type { Connection } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Log } from '../log.ts';
import { readFacts, writeFact } from '../workspace/facts.ts';
import { nameOfWorkspace } from '../workspace/rename.ts';
import { askLive } from './guest.ts';

/**
 * Makes a copy one of the workspace that it lies in: what came of another, as a golden version, has the id and the name of live from then on.
 * Where live cannot be read it stays what it is.
 */
export function adoptLive(copy: Connection, { folder }: WorkspaceFiles, log: Log): void {
  const live = askLive(folder, log, (db) => ({ id: readFacts(db).id, name: nameOfWorkspace(db) }));
  if (live === null || live.id === readFacts(copy).id) return;
  writeFact(copy.write, 'id', live.id);
  writeFact(copy.write, 'name', live.name);
}
