import type { Json } from './json.ts';

/** `failed` waits for its next attempt; `dead` has used all of them, or failed in a way that repeats. */
export const jobStates = ['pending', 'running', 'failed', 'completed', 'cancelled', 'dead'] as const;
export type JobState = (typeof jobStates)[number];

export interface JobError {
  code: string;
  message: string;
  /** Of a declared error. */
  data?: Json;
}

/** What the state machine reads and writes of a job. Times are ISO 8601 in UTC. */
export interface JobFields {
  state: JobState;
  /** Attempts that have begun since the job was enqueued or retried. */
  attempts: number;
  max_attempts: number;
  run_after: string;
  lease_until: string | null;
  /** Grows with each lease. Only the worker that holds the newest token may write. */
  token: number;
  worker: string | null;
  error: JobError | null;
  result: Json;
  started_at: string | null;
  finished_at: string | null;
}

export type JobChange = Partial<JobFields>;

/** How long a worker holds a job without a heartbeat, and the time between heartbeats, in milliseconds. */
export interface LeaseTimes {
  lease: number;
  heartbeat: number;
}
export const usualLease: LeaseTimes = { lease: 15_000, heartbeat: 5000 };

/** Another worker has the job by now, or it was cancelled: nothing may be written for it. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** A job in the hands of a worker. */
export interface Lease {
  id: string;
  token: number;
}

const firstPause = 10_000;
const longestPause = 10 * 60_000;

/** The pause before the next attempt, in milliseconds: doubled after each failure. */
export const backOff = (attempts: number): number =>
  Math.min(longestPause, firstPause * 2 ** Math.max(0, attempts - 1));

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const isWaiting = ({ state }: Pick<JobFields, 'state'>): boolean => state === 'pending' || state === 'failed';
/** Whether a worker still holds the job under this token. */
export const holdsLease = ({ state, token }: Pick<JobFields, 'state' | 'token'>, held: number): boolean =>
  state === 'running' && token === held;

const ended: JobChange = { lease_until: null, worker: null };

/** Gives a waiting job to a worker; null if it is not its turn. */
export function claimed(
  job: JobFields,
  { now, worker, lease }: { now: number; worker: string; lease: number },
): JobChange | null {
  if (!isWaiting(job) || Date.parse(job.run_after) > now) return null;
  return {
    state: 'running',
    attempts: job.attempts + 1,
    token: job.token + 1,
    lease_until: iso(now + lease),
    worker,
    started_at: iso(now),
    finished_at: null,
  };
}

/**
 * Whether the lease is over. One that ends more than two leases from now was given by a clock that was set back since; it counts as over, or the job
 * would wait for that clock.
 */
export function isLapsed(
  { state, lease_until }: Pick<JobFields, 'state' | 'lease_until'>,
  { now, lease }: { now: number; lease: number },
): boolean {
  if (state !== 'running' || lease_until === null) return false;
  const until = Date.parse(lease_until);
  return until <= now || until > now + 2 * lease;
}

/** The worker is gone: the attempt counts, and the next one may begin at once. */
export function lapsed(job: JobFields, now: number): JobChange {
  const error = { code: 'LAPSED', message: 'The process that ran this job ended or stopped responding.' };
  return failed(job, { now, error, pause: 0 });
}

export function completed(now: number, result: Json): JobChange {
  return { ...ended, state: 'completed', result, error: null, finished_at: iso(now) };
}

/** `final`: another attempt would fail in the same way. */
export function failed(
  job: JobFields,
  {
    now,
    error,
    final = false,
    pause = backOff(job.attempts),
  }: { now: number; error: JobError; final?: boolean; pause?: number },
): JobChange {
  if (final || job.attempts >= job.max_attempts)
    return { ...ended, state: 'dead', error, finished_at: iso(now) };
  return { ...ended, state: 'failed', error, run_after: iso(now + pause) };
}

/** The worker ends in good order and gives the job back: the attempt does not count. */
export const released = (job: JobFields): JobChange => ({
  ...ended,
  state: 'pending',
  attempts: Math.max(0, job.attempts - 1),
});

/** Null if the job is completed or cancelled. A running worker learns of it by its token, which it cannot use any more. */
export function cancelled({ state }: Pick<JobFields, 'state'>, now: number): JobChange | null {
  if (state === 'completed' || state === 'cancelled') return null;
  return { ...ended, state: 'cancelled', finished_at: iso(now) };
}

/** A dead job gets all its attempts again; a failed one begins its next attempt now. Null for any other. */
export function retried({ state }: Pick<JobFields, 'state'>, now: number): JobChange | null {
  if (state === 'failed') return { run_after: iso(now) };
  if (state !== 'dead') return null;
  return { ...ended, state: 'pending', attempts: 0, run_after: iso(now), finished_at: null };
}

const refusals = {
  cancel: 'only jobs that are not over can be cancelled',
  retry: 'only failed and dead jobs can be retried',
};

/** Why a job cannot be cancelled or retried, as a sentence. */
export const refusalOf = (
  deed: keyof typeof refusals,
  { id, state }: { id: string; state: JobState },
): string => `Job "${id}" is ${state}; ${refusals[deed]}. Nothing was changed.`;
