import { parentPort } from 'node:worker_threads';
import { runTask } from './tasks.ts';
import type { Task, TaskResult } from './tasks.ts';

async function answer(task: Task): Promise<void> {
  let result: TaskResult;
  try {
    result = await runTask(task);
  } catch (error) {
    result = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(result);
}

parentPort?.on('message', (task: Task) => void answer(task));
