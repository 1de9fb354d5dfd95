import { z } from 'zod';
import { jobStates } from '../domain/jobs.ts';
import { json } from './json.ts';
import { progress } from './progress.ts';
import { withDisplay } from './display-rules.ts';

/** A code of `faults`, or LAPSED if the process of the job ended. */
const jobError = z.object({ code: z.string(), message: z.string(), data: json.optional() });

export const job = z.object({
  id: z.string(),
  /** In a workspace one of `jobKinds`, or a kind of a newer version. */
  kind: z.string(),
  state: z.enum(jobStates),
  priority: z.number(),
  attempts: z.number(),
  max_attempts: z.number(),
  created_at: z.string(),
  /** A profile id; at a server, a user id; '' for a scheduled job. */
  created_by: z.string(),
  /** Earliest start of a waiting job. */
  run_after: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  worker: z.string().nullable(),
  progress: withDisplay(progress.omit({ kind: true, open: true }), {
    text: ({ step, done, total }) => `${step} ${done}${total === null ? '' : ` of ${total}`}`,
  }).nullable(),
  error: jobError.nullable(),
  schedule: z.string().nullable(),
});
export type Job = z.infer<typeof job>;
