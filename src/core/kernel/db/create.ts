import { writeNewFileSync } from '#files/open-file.ts';
import type { Log } from '../logger.ts';
import { openConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { applicationId } from './files.ts';
import { migrateTo, schemaVersion } from './migrate.ts';

/** An empty database with the current schema. Built once per process, because the migrations take 11 ms. */
let emptyDatabase: Buffer | undefined;

/** Creates an empty database with the current schema and opens it for writing. Throws EEXIST. */
export async function createDatabase(file: string, log: Log): Promise<Connection> {
  emptyDatabase ??= await createEmptyDatabase(log);
  writeNewFileSync(file, emptyDatabase);
  return openConnection(file, { mode: 'write', log });
}

async function createEmptyDatabase(log: Log): Promise<Buffer> {
  using db = openConnection(':memory:', { mode: 'write', log });
  db.pragma(`application_id = ${applicationId}`);
  await migrateTo(db, schemaVersion);
  return db.raw.serialize();
}
