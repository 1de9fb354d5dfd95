import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { jobStates } from '../domain/jobs.ts';
import { insightsInput } from './analysis.ts';
import { operation } from './base.ts';
import { job as jobOfQueue } from './job.ts';
import { json } from './json.ts';
import { simulateInput } from './simulation.ts';
import { importOptions } from './transfer.ts';
import { withDisplay } from './display-rules.ts';

const noInput = z.object({});
const dayCountText = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;

/** Every kind of job with its stored input and maximum attempts. `core/job-kinds.ts` implements them. */
export const jobKinds = {
  backup: { input: noInput, maxAttempts: 3 },
  /** Builds the search index; without `rebuild` only adds missing records. */
  index: { input: z.object({ rebuild: z.boolean().default(true) }), maxAttempts: 3 },
  /** Extracts missing texts of files, and computes vectors for search by meaning. Resumes an earlier run. */
  train: { input: noInput, maxAttempts: 3 },
  /** Checks file, audit chain and replay. Fails if there is a problem. */
  verify: { input: noInput, maxAttempts: 2 },
  /** Reads a repository by id; `name` is only shown. */
  scan: {
    input: z.object({ repository: z.string(), name: z.string().nullable().default(null) }),
    maxAttempts: 2,
  },
  simulate: { input: simulateInput, maxAttempts: 2 },
  analyze: { input: insightsInput, maxAttempts: 2 },
  /** Imports a file of records or a graph. */
  import: {
    input: z.object({
      path: z.string().min(1),
      options: importOptions.default(importOptions.parse({})),
      force: z.boolean().default(false),
      backup: z.boolean().optional(),
    }),
    maxAttempts: 3,
  },
} as const;
export type JobKindName = keyof typeof jobKinds;
export const jobKindNames = Object.keys(jobKinds) as [JobKindName, ...JobKindName[]];
export type JobInput<K extends JobKindName> = z.output<(typeof jobKinds)[K]['input']>;

/** A file is named by its grant; the queue stores its path. */
const jobRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup') }),
  z.object({ kind: z.literal('index'), input: jobKinds.index.input.prefault({}) }),
  z.object({ kind: z.literal('train') }),
  z.object({ kind: z.literal('verify') }),
  z.object({ kind: z.literal('scan'), input: jobKinds.scan.input }),
  z.object({ kind: z.literal('simulate'), input: jobKinds.simulate.input.prefault({}) }),
  z.object({ kind: z.literal('analyze'), input: jobKinds.analyze.input }),
  z.object({
    kind: z.literal('import'),
    input: jobKinds.import.input.omit({ path: true }).extend({ grant: z.string() }),
  }),
]);

const job = withDisplay(
  jobOfQueue.extend({
    /** The subject, taken from the job's input: a file name without its folder, an Insights question, a university's id, a repository's name or id. */
    about: withDisplay(
      z.object({
        file: z.string().nullable(),
        question: z.string().nullable(),
        university: z.string().nullable(),
        repository: z.string().nullable(),
      }),
      { text: (about) => Object.values(about).filter(Boolean).join(', ') },
    ),
  }),
  {
    columns: [
      'id',
      'kind',
      'state',
      'attempts',
      'about',
      'created_at',
      'progress',
      ['error.message', 'Error'],
    ],
  },
);
export type Job = z.infer<typeof job>;

const jobDetails = job.extend({ input: json, checkpoint: json, result: json });
export type JobDetails = z.infer<typeof jobDetails>;

export const list = operation
  .input(
    z.object({
      states: z.array(z.enum(jobStates)).min(1).optional(),
      kinds: z.array(z.string()).min(1).optional(),
      limit: z.number().int().min(1).max(500).default(50),
      offset: z.number().int().min(0).default(0),
    }),
  )
  .output(z.object({ jobs: z.array(job), total: z.number() }));

const jobKey = z.object({ id: z.string().min(1) });

export const show = operation.input(jobKey).output(jobDetails);

/** Adds a job to the queue. It starts at once if a worker is free; an open window is a worker. Throws BAD_FILE (unreadable), FORBIDDEN. */
export const enqueue = operation
  .input(z.object({ job: jobRequest, priority: z.number().int().min(-100).max(100).default(0) }))
  .output(job);
export type JobRequest = z.input<typeof jobRequest>;

/** Gives a dead job all its attempts again, or starts a failed one now. Throws ALREADY, NOT_FOUND, FORBIDDEN. */
export const retry = operation.input(jobKey).output(job);

/** Cancels a job; its writes stay. Throws ALREADY if it is completed or cancelled, NOT_FOUND, FORBIDDEN. */
export const cancel = operation.input(jobKey).output(job);

/** Jobs that a window or `frames jobs run` schedules, and when each is due. */
export const schedules = operation.input(z.object({})).output(
  z.array(
    z.object({
      kind: z.string(),
      /** Interval in milliseconds. */
      every: withDisplay(z.number(), { text: (every) => dayCountText(every / 86_400_000) }),
      /** Time of the last job; null if none was added on this computer. */
      last: z.string().nullable(),
      next: z.string(),
    }),
  ),
);

const jobOverview = z.object({
  running: z.array(job),
  counts: z.record(z.enum(jobStates), z.number()),
});
export type JobOverview = z.infer<typeof jobOverview>;

/** The running jobs and the number in each state: now and after each change, at most a few times a second. */
export const watch = operation.input(z.object({})).output(eventIterator(jobOverview));
