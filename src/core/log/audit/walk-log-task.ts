import type { Sentence } from '#shared/texts/sentence.ts';
import Database from 'better-sqlite3';
import { openConnection } from '../../kernel/db/connection.ts';
import { silentLog } from '../../kernel/logger.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { verifyChain } from './verify-chain.ts';
import { verifyReplay } from './verify-replay.ts';

export interface WalkInput {
  file: string;
  replay: boolean;
}

function runWithoutYielding<R>(walk: Generator<unknown, R, void>): R {
  for (let step = walk.next(); ; step = walk.next()) if (step.done) return step.value;
}

/** Verifies the audit of a file that no process writes. Returns the problems of its chain and replay. Throws SQLite's errors. */
export const walkLog = defineTask(
  'walkLog',
  ({ file, replay }: WalkInput): { chain: Sentence[]; replayed: Sentence[] } => {
    const raw = new Database(file, { readonly: true, fileMustExist: true });
    let chain: Sentence[];
    try {
      chain = runWithoutYielding(verifyChain({ raw }, null)).problems;
    } finally {
      raw.close();
    }
    if (!replay || chain.length > 0) return { chain, replayed: [] };
    const db = openConnection(file, { mode: 'read', log: silentLog, slowMs: 60_000 });
    try {
      return { chain, replayed: runWithoutYielding(verifyReplay(db)).problems };
    } finally {
      db.close();
    }
  },
);
