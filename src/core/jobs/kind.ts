import type { z } from 'zod';
import { isFault } from '#shared/contract/faults.ts';
import type { FaultCode } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import type { CallContext } from '../model/services.ts';

/** What a job has to work with. */
export interface JobRun<I> {
  id: string;
  input: I;
  /** What an earlier attempt saved; null in the first. */
  checkpoint: Json;
  /** Raised when the job is cancelled, has lost its lease, or the workspace is being closed. */
  signal: AbortSignal;
  tell: OnProgress;
  /**
   * The workspace, as whoever enqueued the job. Each write checks the lease in its transaction. Do not keep its services in a singleton: they
   * end with the job.
   */
  call: CallContext;
  /** As `call`; `after` runs in each write transaction, after the write. There, `save` and `complete` make effect and job one commit. */
  callWith: (after: (write: JobWrite, value: unknown) => void) => CallContext;
  /** Saves a checkpoint in a transaction of its own. */
  save: (checkpoint: Json) => Promise<void>;
}

export interface JobWrite {
  readonly db: WriteHandle;
  save: (checkpoint: Json) => void;
  /** The job is complete when this transaction is committed. What `run` returns after that is ignored. */
  complete: (result: Json) => void;
}

/** One kind of job. The same input must be safe to run again after a crash at any point. */
export interface JobKind<I = unknown> {
  input: z.ZodType<I>;
  maxAttempts: number;
  run: (job: JobRun<I>) => Promise<Json>;
}

export type JobKinds = Readonly<Record<string, JobKind>>;

/** Declares a kind; the type of its input stays inside. */
export const jobKind = <I>(kind: JobKind<I>): JobKind => kind as unknown as JobKind;

/** Errors that may be gone at the next attempt. Any other declared error repeats. */
const passing: ReadonlySet<FaultCode> = new Set(['BUSY', 'SYNC', 'INTERNAL', 'CANCELLED']);

export const isFinal = (error: unknown): boolean => {
  if (!isFault(error)) return false;
  if (error.code === 'WORKSPACE') return 'reason' in error.data && error.data.reason === 'damaged';
  return !passing.has(error.code);
};
