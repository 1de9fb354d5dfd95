import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import type { AuditSource } from '../log/audit/audit-transaction.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import type { Log } from '../kernel/logger.ts';
import { readFacts, writeFact } from '../log/workspace-facts.ts';
import { nameOfWorkspace, nameRecord } from '../log/workspace-name.ts';
import { readFromLive } from '../log/guest.ts';

interface Adopting {
  files: WorkspaceFiles;
  source: AuditSource;
  by: string;
  log: Log;
}

/**
 * Makes a copy one of the workspace that it lies in: what came of another, as a golden version, has the id and the name of live from then on.
 * Where live cannot be read it stays what it is. Returns whether its log says something of that.
 */
export function adoptLive(copy: Connection, { files, source, by, log }: Adopting): boolean {
  const live = readFromLive(files.folder, log, (db) => {
    const row = nameRecord(db);
    return { id: readFacts(db).id, name: nameOfWorkspace(db), isRenamed: row !== undefined && !row.deleted };
  });
  if (live === null || live.id === readFacts(copy).id) return false;
  writeFact(copy.write, 'id', live.id);
  writeFact(copy.write, 'name', live.name);
  // What an older program wrote has no such row, or is written by nobody before it is brought forward.
  const row = versionOf(copy) === schemaVersion ? nameRecord(copy) : undefined;
  if (!row || row.deleted) return false;
  const audit = new AuditTransaction(copy.write, source, by);
  const records = new RecordWriter(copy.write, audit);
  // As live has it, so that the two do not differ in it.
  if (live.isRenamed) records.update(row, { name: live.name });
  else records.remove(row);
  audit.label('sandbox.adopted', { title: live.name });
  return audit.finish() !== null;
}
