import { jobQueue, waitForChange } from '#core/jobs/queue.ts';
import { jobKindNames } from '#shared/contract/jobs.ts';
import type { Job, JobRequest } from '#shared/contract/jobs.ts';
import { jobStates } from '#shared/domain/jobs.ts';
import { field, flag, requiredOneOf, resultSchemaOf, text, wholeNumber } from '../args/option.ts';
import { parseJsonObject } from '../args/values.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { CommandFailure, UsageError } from '../output/errors.ts';
import { resultLines } from '../output/result.ts';
import { operationCommand, pagingOptions } from '../operation.ts';
import { countPhrase, capitalise } from '../format.ts';
import { liveOptions, resolvePath, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

const jobParameter = (name: 'jobs.show' | 'jobs.retry' | 'jobs.cancel') => ({
  id: field(name, 'id', 'ID', 'The job'),
});

/** Processes the queue until it is empty, or with `watch` until interrupted. Shows the progress of one job. */
async function runQueue(
  { core }: OpenWorkspace,
  { output, signal }: Context,
  args: { watch: boolean; workers: number | undefined },
): Promise<Job[]> {
  const queue = jobQueue(core.services);
  const runner = core.runJobs({ workers: args.workers });
  const stopProgress = new AbortController();
  const progressLoop = (async () => {
    while (!stopProgress.signal.aborted) {
      const runningJob = queue.overview().running.find(({ progress }) => progress !== null);
      if (runningJob?.progress)
        output.progress({ ...runningJob.progress, step: `${runningJob.kind}, ${runningJob.progress.step}` });
      await waitForChange(queue, 200, stopProgress.signal);
    }
  })();
  try {
    if (args.watch) while (!signal.aborted) await waitForChange(queue, 60_000, signal);
    else await runner.waitUntilEmpty(signal);
  } finally {
    stopProgress.abort();
    await progressLoop;
    await runner.stop();
    output.endProgress();
  }
  return [...runner.startedIds].map((id) => queue.get(id));
}

const runCommand = command({
  path: ['jobs', 'run'],
  summary: 'Run the jobs of a workspace',
  details: [
    'Runs until no job waits or runs, in this process or another; with --watch until it is interrupted. The window runs jobs while a ' +
      'workspace is open. Interrupted jobs go back to the queue. Exits with 1 if a job has failed for good.',
  ],
  examples: ['frames jobs run --workspace W', 'frames jobs run --watch --workers 1 --workspace W'],
  parameters: {},
  options: {
    ...liveOptions,
    watch: flag('Keep running and wait for new jobs'),
    workers: wholeNumber('N', 'Number of jobs at once (default 2)', { min: 1, max: 16 }),
  },
  async run(context, args) {
    const jobs = await withWorkspace(context, args, 'jobs run', (open) => runQueue(open, context, args));
    const deadJobs = jobs.filter(({ state }) => state === 'dead');
    context.output.result({ jobs }, () => [
      ...(jobs.length > 0
        ? resultLines(resultSchemaOf('jobs.list'), { jobs }, context.output.width)
        : ['No jobs run.']),
    ]);
    if (deadJobs.length > 0)
      throw new CommandFailure(
        'JOBS_FAILED',
        `${capitalise(countPhrase(deadJobs.length, 'job'))} failed: ${deadJobs[0]?.error?.message ?? ''} Run it again with "frames jobs retry ${deadJobs[0]?.id ?? ''}".`,
        { ids: deadJobs.map(({ id }) => id) },
      );
  },
});

/** The operation validates the input. */
function buildJobRequest(
  context: Context,
  { core }: OpenWorkspace,
  args: { kind: JobRequest['kind']; input?: string | undefined; file?: string | undefined },
): JobRequest {
  const input = parseJsonObject(args.input, '--input');
  if (args.kind !== 'import') return { kind: args.kind, input } as unknown as JobRequest;
  const grant = core.grants.issue(resolvePath(context, args.file ?? ''), 'read');
  return { kind: 'import', input: { ...input, grant } };
}

export const jobCommands = [
  operationCommand({
    path: 'jobs list',
    operation: 'jobs.list',
    summary: 'List jobs, newest first',
    details: [
      'pending and failed jobs wait for a worker; a failed one has attempts left. A dead job has none left: see its error, and run it ' +
        'again with "frames jobs retry".',
    ],
    examples: ['frames jobs list --state dead --workspace W'],
    targetOptions: liveOptions,
    options: {
      state: field('jobs.list', 'states', 'STATE', `Only jobs in this state: ${jobStates.join(', ')}`),
      kind: field('jobs.list', 'kinds', 'KIND', 'Only jobs of this kind'),
      ...pagingOptions('jobs.list'),
    },
  }),
  operationCommand({
    path: 'jobs schedules',
    operation: 'jobs.schedules',
    summary: 'List the scheduled jobs',
    details: ['A window adds them when they are due, or "frames jobs run".'],
    examples: ['frames jobs schedules --workspace W'],
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'jobs show',
    operation: 'jobs.show',
    summary: 'Show a job with its input, result and error',
    examples: ['frames jobs show job_1 --workspace W --json'],
    targetOptions: liveOptions,
    parameters: jobParameter('jobs.show'),
  }),
  operationCommand({
    path: 'jobs add',
    operation: 'jobs.enqueue',
    summary: 'Add a job to the queue',
    details: [
      'The window runs it if it has the workspace open, or "frames jobs run". backup, index and verify need no input; simulate and ' +
        'analyze take that of the operations "simulate" and "insights". import needs --file, which must be readable now; force, backup and options go into --input.',
    ],
    examples: [
      'frames jobs add backup --workspace W',
      `frames jobs add analyze --input '{"question": "leavers"}' --workspace W`,
      `frames jobs add import --file frames_data.json --input '{"force": true}' --workspace W`,
    ],
    targetOptions: liveOptions,
    parameters: { kind: requiredOneOf('KIND', 'What to do', jobKindNames) },
    options: {
      input: text('JSON', 'Input, as a JSON object'),
      file: text('FILE', 'The file to import'),
      priority: field('jobs.enqueue', 'priority', 'N', 'Jobs with a higher priority run first'),
    },
    checkArguments(args) {
      parseJsonObject(args.input, '--input');
      if ((args.kind === 'import') !== (args.file !== undefined))
        throw new UsageError('--file FILE goes with "import", which requires it.', { argument: '--file' });
    },
    input: (args, open, context) => ({ job: buildJobRequest(context, open, args) }),
    done: 'Added. Run it with "frames jobs run", or open the workspace in the window.',
  }),
  operationCommand({
    path: 'jobs retry',
    operation: 'jobs.retry',
    summary: 'Run a failed job again',
    details: [
      'A dead job gets all its attempts again and goes on from its last checkpoint. A job in any other state but failed is refused, with exit code 1.',
    ],
    examples: ['frames jobs retry job_1 --workspace W'],
    targetOptions: liveOptions,
    parameters: jobParameter('jobs.retry'),
  }),
  operationCommand({
    path: 'jobs cancel',
    operation: 'jobs.cancel',
    summary: 'Cancel a job',
    details: [
      'A running job stops within seconds. What it has written stays. A completed or cancelled job is refused, with exit code 1.',
    ],
    examples: ['frames jobs cancel job_1 --workspace W'],
    targetOptions: liveOptions,
    parameters: jobParameter('jobs.cancel'),
  }),
  runCommand,
];
