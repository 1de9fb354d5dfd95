import { z } from 'zod';
import { jobStates } from '../domain/jobs.ts';
import { json } from './json.ts';
import { progress } from './progress.ts';

/** As declared in `faults`, or LAPSED: its process ended. */
const jobError = z.object({ code: z.string(), message: z.string(), data: json.optional() });

export const job = z.object({
  id: z.string(),
  /** Of a workspace one of `jobKinds`, or one that only a newer version knows. */
  kind: z.string(),
  state: z.enum(jobStates),
  priority: z.number(),
  /** Attempts begun, and how many there may be. */
  attempts: z.number(),
  max_attempts: z.number(),
  created_at: z.string(),
  /** Id of a profile, at a server of a user; '' for a scheduled job. */
  created_by: z.string(),
  /** When a waiting job begins at the earliest. */
  run_after: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  /** The process that runs it. */
  worker: z.string().nullable(),
  progress: progress.omit({ kind: true, open: true }).nullable(),
  error: jobError.nullable(),
  schedule: z.string().nullable(),
});
export type Job = z.infer<typeof job>;
