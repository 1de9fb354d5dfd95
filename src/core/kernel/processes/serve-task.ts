import { join } from 'node:path';
import { overwriteSync, readTextSync } from '#files/open-file.ts';
import { answerFile, requestFile } from './task.ts';
import type { LoadTask, ProcessAnswer, ProcessRequest } from './task.ts';
import { watchLimits } from './watch-limits.ts';

/** Runs the task of the request in `folder` and writes its answer there. The counterpart of `runInProcess`. */
export async function serveTask(
  tasks: readonly (readonly [name: string, load: LoadTask])[],
  folder: string,
): Promise<void> {
  const request = JSON.parse(readTextSync(join(folder, requestFile))) as ProcessRequest;
  await watchLimits(folder, request);
  const answer = await answerRequest(request, tasks, folder);
  overwriteSync(join(folder, answerFile), JSON.stringify(answer));
}

async function answerRequest(
  { task, input }: ProcessRequest,
  tasks: readonly (readonly [name: string, load: LoadTask])[],
  folder: string,
): Promise<ProcessAnswer> {
  try {
    const load = tasks.find(([name]) => name === task)?.[1];
    if (!load) throw new Error(`No task is called ${task}.`);
    const run = await load();
    return { output: (await run(input, folder)) ?? null };
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    const message = error instanceof Error ? error.message : String(error);
    return { failed: { code: typeof code === 'string' ? code : 'ERROR', message } };
  }
}
