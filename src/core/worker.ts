import { parentPort } from 'node:worker_threads';
import type { TaskError, TaskMessage, TaskRequest } from './kernel/workers/task.ts';
import { workerTasks } from './tasks.ts';

/** The program of a worker: runs one task after the other, as `worker-pool.ts` asks. */
const send = (message: TaskMessage): void => parentPort?.postMessage(message);

function toTaskError(error: unknown): TaskError {
  const { code, message, path } = error as { code?: unknown; message?: unknown; path?: string };
  return { code: String(code ?? error), message: String(message ?? error), path };
}

/** Time between two messages of progress: each wakes the other thread. */
const progressIntervalMs = 50;

function throttledProgress(): (progress: unknown) => void {
  let lastSent = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - lastSent < progressIntervalMs) return;
    lastSent = now;
    send({ progress });
  };
}

async function runTask({ task: name, input }: TaskRequest): Promise<void> {
  try {
    const task = workerTasks.find(({ taskName }) => taskName === name);
    if (!task) throw new Error(`no task is called ${name}`);
    const run = task as (input: unknown, onProgress: (progress: unknown) => void) => unknown;
    send({ answer: await run(input, throttledProgress()) });
  } catch (error) {
    send({ failed: toTaskError(error) });
  }
}

parentPort?.on('message', (request: TaskRequest) => void runTask(request));
