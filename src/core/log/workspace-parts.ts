import { Fault } from '#shared/contract/faults.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { profilesOf } from './session.ts';
import { readFacts } from './workspace-facts.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

const tables = 'SELECT name FROM sqlite_master WHERE type = ?';
const wanted = ['audit_logs', 'audit_transactions', ...auditedTypes.map((type) => tableOf[type])];

/** What a file does not say of itself that nothing can be written without, in words. */
export function factProblems(db: ReadHandle): string[] {
  const { id, replica } = readFacts(db);
  const unknown = id === '' ? ['the file does not say which workspace it is'] : [];
  return replica === '' ? [...unknown, 'the file does not say which copy of the workspace it is'] : unknown;
}

/**
 * What the file says of itself, once it has been seen that no part is missing without which it cannot be worked with: a table, who it is,
 * somebody who may act. Damage inside of these is found when it is read. Throws WORKSPACE, reason damaged, and what SQLite throws.
 */
export function factsOfWhole(db: ReadHandle): WorkspaceFacts {
  const there = new Set(db.column<string>(tables, ['table']));
  const missing = wanted.filter((name) => !there.has(name)).map((name) => `the table ${name} is missing`);
  const problems = missing.length > 0 ? missing : factProblems(db);
  if (problems.length === 0 && profilesOf(db).length === 0) problems.push('nobody is in it who could act');
  if (problems[0] === undefined) return readFacts(db);
  throw new Fault('WORKSPACE', `The workspace is damaged: ${problems[0]}. Nothing was changed.`, {
    reason: 'damaged',
  });
}
