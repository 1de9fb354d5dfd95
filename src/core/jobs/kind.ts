import type { z } from 'zod';
import { isFault } from '#shared/contract/faults.ts';
import type { FaultCode } from '#shared/contract/fault-data.ts';
import type { Json } from '#shared/domain/json.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import type { CallContext } from '../model/services.ts';

export interface JobRun<I> {
  id: string;
  input: I;
  /** The checkpoint that an earlier attempt saved; null in the first attempt. */
  checkpoint: Json;
  /** Aborted when the job is cancelled, loses its lease, or the workspace closes. */
  signal: AbortSignal;
  onProgress: OnProgress;
  /** The workspace, acting as the profile that enqueued the job. Its services end with the job: do not keep them. */
  call: CallContext;
  /** Like `call`, but passes the result of each write to `afterWrite` in its transaction: the job's state commits together with its effect. */
  callWith: (afterWrite: (write: JobWrite, result: unknown) => void) => CallContext;
  save: (checkpoint: Json) => Promise<void>;
}

export interface JobWrite {
  readonly db: WriteHandle;
  save: (checkpoint: Json) => void;
  /** Completes the job when this transaction commits. The return value of `run` is then ignored. */
  complete: (result: Json) => void;
}

/** A kind of job. Its `run` must be idempotent: a crash at any point repeats it with the same input. */
export interface JobKind<I = unknown> {
  input: z.ZodType<I>;
  maxAttempts: number;
  run: (job: JobRun<I>) => Promise<Json>;
}

export type JobKinds = Readonly<Record<string, JobKind>>;

/** Declares a kind and hides the type of its input. */
export const jobKind = <I>(kind: JobKind<I>): JobKind => kind as unknown as JobKind;

/** Temporary errors, after which a retry can succeed. Of the WORKSPACE errors, only `damaged` is permanent. */
const transientCodes: ReadonlySet<FaultCode> = new Set(['BUSY', 'SYNC', 'INTERNAL', 'CANCELLED']);

export const isPermanent = (error: unknown): boolean => {
  if (!isFault(error)) return false;
  if (error.code === 'WORKSPACE') return 'reason' in error.data && error.data.reason === 'damaged';
  return !transientCodes.has(error.code);
};
