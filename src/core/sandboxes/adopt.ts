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
 * Gives a copy, such as one of a golden version, the id and name of live. Leaves it unchanged if live is unreadable. Returns whether it
 * wrote to the copy's log.
 */
export function adoptLive(copy: Connection, { files, source, by, log }: Adopting): boolean {
  const live = readFromLive(files.folder, log, (db) => {
    const row = nameRecord(db);
    return { id: readFacts(db).id, name: nameOfWorkspace(db), isRenamed: row !== undefined && !row.deleted };
  });
  if (live === null || live.id === readFacts(copy).id) return false;
  writeFact(copy.write, 'id', live.id);
  writeFact(copy.write, 'name', live.name);
  // Written by an older program; cannot be written before its migration.
  const row = versionOf(copy) === schemaVersion ? nameRecord(copy) : undefined;
  if (!row || row.deleted) return false;
  const audit = new AuditTransaction(copy.write, source, by);
  const records = new RecordWriter(copy.write, audit);
  // Equal to live's, so that this is no difference.
  if (live.isRenamed) records.update(row, { name: live.name });
  else records.remove(row);
  audit.label('sandbox.adopted', { title: live.name });
  return audit.finish() !== null;
}
