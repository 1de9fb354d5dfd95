import Database from 'better-sqlite3';
import type { Tell } from '../threads/said.ts';
import { verifyChain } from './verify-chain.ts';

/** Walks the chain of the audit in a file that nobody writes. Gives what is wrong with it. Throws what SQLite throws. */
export function walkLog({ file }: { file: string }, _tell: Tell<never>): string[] {
  const raw = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const walk = verifyChain({ raw }, null);
    for (let step = walk.next(); ; step = walk.next()) if (step.done) return step.value.problems;
  } finally {
    raw.close();
  }
}
