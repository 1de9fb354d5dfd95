import type { WriteQueueMethods } from '../log/commands/write-queue.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import type { Lease } from '#shared/domain/jobs.ts';
import type { JobQueue } from './queue.ts';

/** Runs inside each write transaction, after the write; receives its return value. */
export type AfterWrite = (db: WriteHandle, value: unknown) => void;

/** A write queue for a job. Each transaction asserts the job's lease first; if the lease is lost, it throws LeaseLost and rolls back. */
export function fencedWrites(
  writes: WriteQueueMethods,
  jobs: JobQueue,
  lease: Lease,
  afterWrite: AfterWrite = () => {},
): WriteQueueMethods {
  const runFenced = <T>(db: WriteHandle, work: () => T): T => {
    jobs.assertLease(db, lease);
    const value = work();
    afterWrite(db, value);
    return value;
  };
  const runFencedAsync = async <T>(db: WriteHandle, work: () => Promise<T>): Promise<T> => {
    jobs.assertLease(db, lease);
    const value = await work();
    afterWrite(db, value);
    return value;
  };
  return {
    command: (session, work) => writes.command(session, (write) => runFenced(write.db, () => work(write))),
    job: (session, label, work) =>
      writes.job(session, label, (write) => runFencedAsync(write.db, () => work(write))),
    series: (label, work) => writes.series(label, (series) => runFencedAsync(series.db, () => work(series))),
    unaudited: (work) => writes.unaudited((db) => runFenced(db, () => work(db))),
    checkpoint: () => writes.checkpoint(),
    close: () => writes.close(),
  };
}
