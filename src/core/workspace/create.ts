import { renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { name } from '#shared/domain/field.ts';
import { idPrefix } from '#shared/domain/types.ts';
import { writeHeadFile, readHead } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import type { AuditSource } from '../log/audit/audit-transaction.ts';
import { createDatabase } from '../kernel/db/create.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseForeignFolder } from '../kernel/db/foreign-folder.ts';
import { invalidFault } from '../model/validate.ts';
import { issueOfZod } from '#shared/texts/issues.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import type { Log } from '../kernel/logger.ts';
import { isoTime } from '../kernel/system.ts';
import { writeFact } from '../log/workspace-facts.ts';

export interface NewWorkspace {
  owner: string;
  name?: string | undefined;
}

/**
 * Creates a workspace in an empty folder, under a temporary name until it is complete. The caller holds the lock. Throws WORKSPACE, reason
 * `not_empty_folder`, and INVALID for the owner's name.
 */
export async function createWorkspace(
  files: WorkspaceFiles,
  options: NewWorkspace,
  source: Omit<AuditSource, 'replica'>,
  log: Log,
): Promise<void> {
  refuseForeignFolder(files);
  assertOwnerName(options.owner);
  const temporaryFile = `${files.live}.new-${process.pid}`;
  for (const leftover of [temporaryFile, `${temporaryFile}-journal`]) rmSync(leftover, { force: true });
  const connection = await createDatabase(temporaryFile, log);
  let head: Head;
  try {
    connection.exec('BEGIN IMMEDIATE');
    writeInitialData(connection, options, basename(files.folder), source);
    connection.exec('COMMIT');
    head = readHead(connection);
  } finally {
    connection.close();
  }
  renameSync(temporaryFile, files.live);
  // Kept from the start, so that a missing head file always means a lost one.
  writeHeadFile(files.head, head);
}

/** A profile's name is one line of text. Throws INVALID. */
function assertOwnerName(owner: string): void {
  const issues = name().safeParse(owner, { reportInput: true }).error?.issues ?? [];
  if (issues.length === 0) return;
  throw invalidFault(issues.map((issue) => issueOfZod(issue, { path: 'owner' })));
}

function writeInitialData(
  connection: Connection,
  options: NewWorkspace,
  folder: string,
  source: Omit<AuditSource, 'replica'>,
): void {
  const db = connection.write;
  const replica = source.ids.uuid();
  const facts = {
    id: source.ids.uuid(),
    name: options.name ?? folder,
    created_at: isoTime(source.clock.now()),
  };
  writeFact(db, 'replica', replica);
  for (const key of ['id', 'name', 'created_at'] as const) writeFact(db, key, facts[key]);
  const owner = `${idPrefix.profile}_${source.ids.uuid()}`;
  const audit = new AuditTransaction(db, { ...source, replica }, owner);
  const payload = { name: options.owner, role: 'admin', university_id: null };
  new RecordWriter(db, audit).create({ type: 'profile', id: owner, payload });
  audit.label('workspace.create', {
    title: options.owner,
    workspace: facts.id,
    name: facts.name,
    made: facts.created_at,
  });
  audit.finish();
}
