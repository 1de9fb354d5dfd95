import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { profilesOf } from './session.ts';
import { readFacts } from './workspace-facts.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

const tablesQuery = 'SELECT name FROM sqlite_master WHERE type = ?';
const requiredTables = ['audit_logs', 'audit_transactions', ...auditedTypes.map((type) => tableOf[type])];

export function factProblems(db: ReadHandle): Sentence[] {
  const { id, replica } = readFacts(db);
  const problems = id === '' ? [clause('noWorkspaceId')] : [];
  return replica === '' ? [...problems, clause('noReplicaId')] : problems;
}

/** Reads the facts if tables, ids and a profile that can act exist. Throws WORKSPACE (`damaged`), and SQLite's errors. */
export function readCompleteFacts(db: ReadHandle): WorkspaceFacts {
  const existing = new Set(db.column<string>(tablesQuery, ['table']));
  const missing = requiredTables
    .filter((name) => !existing.has(name))
    .map((name) => clause('noSuchTable', { name }));
  const problems = missing.length > 0 ? missing : factProblems(db);
  if (problems.length === 0 && profilesOf(db).length === 0) problems.push(clause('nobody'));
  if (problems[0] === undefined) return readFacts(db);
  throw workspaceFault('damaged', { why: problems[0] });
}
