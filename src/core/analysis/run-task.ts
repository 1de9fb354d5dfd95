import type { RequestPace } from '../kernel/progress.ts';
import { runWithFallback } from '../kernel/workers/worker-pool.ts';
import type { Task } from '../kernel/workers/task.ts';
import type { Services } from '../model/services.ts';

/** Runs a task on a worker. The share done, 0 to 1, that the task reports becomes a percentage. */
export const runShareTask = <I, R>(
  { log }: Pick<Services, 'log'>,
  task: Task<I, number, R>,
  input: I,
  { onProgress, signal }: RequestPace,
): Promise<R> =>
  runWithFallback(task, input, {
    signal,
    log,
    onProgress: (share) =>
      onProgress({ kind: 'progress', step: 'checking', done: Math.round(100 * share), total: 100 }),
  });
