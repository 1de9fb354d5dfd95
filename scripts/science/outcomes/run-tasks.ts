import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { taskName } from './tasks.ts';
import type { Findings, Task, TaskResult } from './tasks.ts';

interface RunOptions {
  threads: number;
  signal: AbortSignal;
  /** Called after each task. */
  onDone: (name: string, done: number) => void;
}

/** Runs the tasks in threads. Returns what they found, in the order of the tasks. Throws the first error, and the reason of an abort. */
export async function runTasks(
  tasks: readonly Task[],
  { threads, signal, onDone }: RunOptions,
): Promise<Findings> {
  const results: Partial<Findings>[] = [];
  let [next, done] = [0, 0];
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
    try {
      for (let at = next++; at < tasks.length; at = next++) {
        const task = tasks[at] as Task;
        worker.postMessage(task);
        const [result] = (await once(worker, 'message', { signal: stopped })) as [TaskResult];
        if ('error' in result) throw new Error(`${taskName(task)}: ${result.error}`);
        results[at] = result;
        done += 1;
        onDone(taskName(task), done);
      }
    } catch (error) {
      stop.abort(error);
      throw error;
    } finally {
      await worker.terminate();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(threads, tasks.length) }, work));
  signal.throwIfAborted();
  stop.signal.throwIfAborted();
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
  return {
    observations: results.flatMap(({ observations = [] }) => observations),
    promises: results.flatMap(({ promises = [] }) => promises),
    proposals: results.flatMap(({ proposals = [] }) => proposals),
    repairs: results.flatMap(({ repairs = [] }) => repairs),
    forecasts: results.flatMap(({ forecasts = [] }) => forecasts),
  };
}
