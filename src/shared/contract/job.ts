import { z } from 'zod';
import { jobStates } from '../domain/jobs.ts';
import { json } from './json.ts';
import { progress } from './progress.ts';
import { shown } from './shown.ts';

/** A code of `faults`, or LAPSED if its process ended. */
const jobError = z.object({ code: z.string(), message: z.string(), data: json.optional() });

export const job = z.object({
  id: z.string(),
  /** In a workspace one of `jobKinds`, or one of a newer version. */
  kind: z.string(),
  state: z.enum(jobStates),
  priority: z.number(),
  attempts: z.number(),
  max_attempts: z.number(),
  created_at: z.string(),
  /** Profile id, at a server user id; '' for a scheduled job. */
  created_by: z.string(),
  /** Earliest start of a waiting job. */
  run_after: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  worker: z.string().nullable(),
  progress: shown(progress.omit({ kind: true, open: true }), {
    text: ({ step, done, total }) => `${step} ${done}${total === null ? '' : ` of ${total}`}`,
  }).nullable(),
  error: jobError.nullable(),
  schedule: z.string().nullable(),
});
export type Job = z.infer<typeof job>;
