import type { Sentence } from '#shared/texts/sentence.ts';
import Database from 'better-sqlite3';
import { openConnection } from '../../kernel/db/connection.ts';
import { silentLog } from '../../kernel/logger.ts';
import { runSync } from '../../kernel/progress.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { verifyChain } from './verify-chain.ts';
import { verifyReplay } from './verify-replay.ts';

export interface WalkInput {
  file: string;
  replay: boolean;
}

/** Verifies the audit of a file that no process writes. Returns the problems of its chain and replay. Throws SQLite's errors. */
export const walkLog = defineTask(
  'walkLog',
  ({ file, replay }: WalkInput): { chain: Sentence[]; replayed: Sentence[] } => {
    const raw = new Database(file, { readonly: true, fileMustExist: true });
    let chain: Sentence[];
    try {
      chain = runSync(verifyChain({ raw }, null)).problems;
    } finally {
      raw.close();
    }
    if (!replay || chain.length > 0) return { chain, replayed: [] };
    using db = openConnection(file, { mode: 'read', log: silentLog, slowMs: 60_000 });
    return { chain, replayed: runSync(verifyReplay(db)).problems };
  },
);
