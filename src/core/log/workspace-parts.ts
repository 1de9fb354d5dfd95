import { Fault } from '#shared/contract/faults.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { profilesOf } from './session.ts';
import { readFacts } from './workspace-facts.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

const tablesQuery = 'SELECT name FROM sqlite_master WHERE type = ?';
const requiredTables = ['audit_logs', 'audit_transactions', ...auditedTypes.map((type) => tableOf[type])];

export function factProblems(db: ReadHandle): string[] {
  const { id, replica } = readFacts(db);
  const unknown = id === '' ? ['the file does not say which workspace it is'] : [];
  return replica === '' ? [...unknown, 'the file does not say which copy of the workspace it is'] : unknown;
}

/** Reads the facts if tables, ids and a profile that can act exist. Throws WORKSPACE (`damaged`), and SQLite's errors. */
export function readCompleteFacts(db: ReadHandle): WorkspaceFacts {
  const existing = new Set(db.column<string>(tablesQuery, ['table']));
  const missing = requiredTables
    .filter((name) => !existing.has(name))
    .map((name) => `the table ${name} is missing`);
  const problems = missing.length > 0 ? missing : factProblems(db);
  if (problems.length === 0 && profilesOf(db).length === 0) problems.push('nobody is in it who could act');
  if (problems[0] === undefined) return readFacts(db);
  throw new Fault('WORKSPACE', `The workspace is damaged: ${problems[0]}. Nothing was changed.`, {
    reason: 'damaged',
  });
}
