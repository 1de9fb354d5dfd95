import Database from 'better-sqlite3';
import { defineTask } from '../../kernel/workers/task.ts';
import { verifyChain } from './verify-chain.ts';

/** Verifies the audit chain of a file that nobody writes. Returns its problems. Throws what SQLite throws. */
export const walkLog = defineTask('walkLog', ({ file }: { file: string }): string[] => {
  const raw = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const walk = verifyChain({ raw }, null);
    for (let step = walk.next(); ; step = walk.next()) if (step.done) return step.value.problems;
  } finally {
    raw.close();
  }
});
