import type { Json } from './json.ts';

/** A `failed` job waits for its next attempt. A `dead` job has used all attempts or failed permanently. */
export const jobStates = ['pending', 'running', 'failed', 'completed', 'cancelled', 'dead'] as const;
export type JobState = (typeof jobStates)[number];

export interface JobError {
  code: string;
  message: string;
  data?: Json;
}

/** The job fields that the state machine uses. Times are ISO 8601 in UTC. */
export interface JobFields {
  state: JobState;
  /** Attempts started since the job was enqueued or retried. */
  attempts: number;
  max_attempts: number;
  run_after: string;
  lease_until: string | null;
  /** Grows with each lease. Only the worker that holds the newest token is allowed to write. */
  token: number;
  worker: string | null;
  error: JobError | null;
  result: Json;
  started_at: string | null;
  finished_at: string | null;
}

export type JobChange = Partial<JobFields>;

/** Lease duration without a heartbeat and heartbeat interval, in milliseconds. */
export interface LeaseTimes {
  lease: number;
  heartbeat: number;
}
export const defaultLease: LeaseTimes = { lease: 15_000, heartbeat: 5000 };

/** The job was cancelled or leased to another worker. The worker must not write any result. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

export interface Lease {
  id: string;
  token: number;
}

const firstRetryDelay = 10_000;
const maxRetryDelay = 10 * 60_000;

/** Delay before the next attempt in milliseconds; doubles after each failure. */
export const retryDelay = (attempts: number): number =>
  Math.min(maxRetryDelay, firstRetryDelay * 2 ** Math.max(0, attempts - 1));

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

const isWaiting = ({ state }: Pick<JobFields, 'state'>): boolean => state === 'pending' || state === 'failed';
export const holdsLease = ({ state, token }: Pick<JobFields, 'state' | 'token'>, ownToken: number): boolean =>
  state === 'running' && token === ownToken;

const releasedLease: JobChange = { lease_until: null, worker: null };

/** Leases a waiting job to a worker; null if it is not due. */
export function claimJob(
  job: JobFields,
  { now, worker, lease }: { now: number; worker: string; lease: number },
): JobChange | null {
  if (!isWaiting(job) || Date.parse(job.run_after) > now) return null;
  return {
    state: 'running',
    attempts: job.attempts + 1,
    token: job.token + 1,
    lease_until: isoTime(now + lease),
    worker,
    started_at: isoTime(now),
    finished_at: null,
  };
}

/**
 * Whether the lease has expired. A lease that ends more than two leases from now was made before the clock was set back; it counts as
 * expired, otherwise the job would wait for that time.
 */
export function isLeaseExpired(
  { state, lease_until }: Pick<JobFields, 'state' | 'lease_until'>,
  { now, lease }: { now: number; lease: number },
): boolean {
  if (state !== 'running' || lease_until === null) return false;
  const leaseEnd = Date.parse(lease_until);
  return leaseEnd <= now || leaseEnd > now + 2 * lease;
}

/** Fails the job because its worker ended. The attempt counts, and the next one can start at once. */
export function expireLease(job: JobFields, now: number): JobChange {
  const error = { code: 'LAPSED', message: 'The process that ran this job ended or stopped responding.' };
  return failJob(job, { now, error, delay: 0 });
}

export function completeJob(now: number, result: Json): JobChange {
  return { ...releasedLease, state: 'completed', result, error: null, finished_at: isoTime(now) };
}

/** `isPermanent`: another attempt would fail in the same way. */
export function failJob(
  job: JobFields,
  {
    now,
    error,
    isPermanent = false,
    delay = retryDelay(job.attempts),
  }: { now: number; error: JobError; isPermanent?: boolean; delay?: number },
): JobChange {
  if (isPermanent || job.attempts >= job.max_attempts)
    return { ...releasedLease, state: 'dead', error, finished_at: isoTime(now) };
  return { ...releasedLease, state: 'failed', error, run_after: isoTime(now + delay) };
}

/** Returns the job to the queue, because the worker shuts down. The attempt does not count. */
export const releaseJob = (job: JobFields): JobChange => ({
  ...releasedLease,
  state: 'pending',
  attempts: Math.max(0, job.attempts - 1),
});

/** Null if the job is completed or cancelled. A running worker loses the lease, because the state is no longer `running`. */
export function cancelJob({ state }: Pick<JobFields, 'state'>, now: number): JobChange | null {
  if (state === 'completed' || state === 'cancelled') return null;
  return { ...releasedLease, state: 'cancelled', finished_at: isoTime(now) };
}

/** Gives a dead job all its attempts again and makes a failed one due now. Null in other states. */
export function retryJob({ state }: Pick<JobFields, 'state'>, now: number): JobChange | null {
  if (state === 'failed') return { run_after: isoTime(now) };
  if (state !== 'dead') return null;
  return { ...releasedLease, state: 'pending', attempts: 0, run_after: isoTime(now), finished_at: null };
}
