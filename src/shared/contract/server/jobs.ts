import { z } from 'zod';
import { jobStates } from '../../domain/jobs.ts';
import { job } from '../job.ts';
import { operation, pageOf } from './base.ts';

/** For admins; each call is audited. */
const tags = ['Jobs'];

/** Jobs of the queue, backups and restores, newest first. */
export const list = operation
  .route({ method: 'GET', path: '/jobs', summary: 'List jobs', tags })
  .input(
    z.object({
      state: z.enum(jobStates).optional(),
      kind: z.string().max(100).optional(),
      page: z.coerce.number().int().min(1).max(1_000_000).default(1),
      page_size: z.coerce.number().int().min(1).max(100).default(20),
    }),
  )
  .output(pageOf(job));

/** Starts a job, or returns the waiting one of this kind. A backup is the same as that of `/admin/db/backup`, training as that of the knowledge base. */
export const create = operation
  .route({ method: 'POST', path: '/jobs', summary: 'Start a job', successStatus: 202, tags })
  .input(z.object({ kind: z.enum(['backup', 'train', 'check_files', 'purge']) }))
  .output(job);

const jobKey = z.object({ id: z.string().max(200) });

/** Gives a dead job all its attempts again, or starts a failed one now. Not for backups and restores. */
export const retry = operation
  .route({ method: 'POST', path: '/jobs/{id}/retry', summary: 'Retry a job', tags })
  .input(jobKey)
  .output(job);

/** Cancels a job. A running one stops soon; its writes stay. Backups and restores cannot be cancelled. */
export const cancel = operation
  .route({ method: 'POST', path: '/jobs/{id}/cancel', summary: 'Cancel a job', tags })
  .input(jobKey)
  .output(job);
