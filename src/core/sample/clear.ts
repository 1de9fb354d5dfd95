import { Fault } from '#shared/contract/faults.ts';
import type { CallContext } from '../model/services.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { invertTransaction } from '../history/invert.ts';
import { isUndone, latestTransactionOf } from '../log/audit/undone.ts';
import { runYielding } from '../kernel/progress.ts';
import { readFacts, writeFact } from '../log/workspace-facts.ts';

export interface ClearResult {
  op_id: string;
  removed: number;
  /** Sample records that stay, because they were changed or other records refer to them. */
  left: number;
}

/** Whether the workspace contains sample records. */
export function hasSample(db: ReadHandle): boolean {
  const { sample, cleared } = readFacts(db);
  return sample !== '' && !isUndone(db, sample) && (cleared === '' || isUndone(db, cleared));
}

/** Deletes unchanged, unreferenced sample records. Throws NOT_FOUND, UNDO_CONFLICT if all stays, FORBIDDEN, CANCELLED, BUSY. */
export function clearSample({ session, services }: CallContext, signal?: AbortSignal): Promise<ClearResult> {
  const { queue, source } = services;
  return queue.job(session, 'clear sample', async (write) => {
    const { sample } = readFacts(write.db);
    const transaction = hasSample(write.db) ? latestTransactionOf(write.db, sample) : undefined;
    if (!transaction) throw new Fault('NOT_FOUND', { type: 'sample', id: sample });
    const inversion = invertTransaction(write, transaction, { overwrite: false });
    const conflicts = await runYielding(inversion, { clock: source.clock, signal });
    const removed = write.audit.changes;
    if (removed === 0) {
      throw new Fault('UNDO_CONFLICT', { conflicts, op_id: sample });
    }
    write.audit.label('sample.clear', { removed, left: conflicts.length });
    writeFact(write.db, 'cleared', write.audit.op_id);
    return { op_id: write.audit.op_id, removed, left: conflicts.length };
  });
}
