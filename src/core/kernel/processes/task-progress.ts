import { join } from 'node:path';
import { overwriteSync, readText } from '#files/open-file.ts';
import type { Progress } from '#shared/contract/progress.ts';

export type TaskProgress = Omit<Progress, 'kind'>;

const progressFile = 'progress.json';
const intervalMs = 100;
let lastReport = -intervalMs;
let lastStep = '';

/** Reports the progress of this process's task to the process that started it, ten times a second. */
export function reportTaskProgress(folder: string, progress: TaskProgress): void {
  const now = performance.now();
  if (now - lastReport < intervalMs && progress.step === lastStep) return;
  [lastReport, lastStep] = [now, progress.step];
  overwriteSync(join(folder, progressFile), JSON.stringify(progress));
}

/** The latest progress; null if there is none, or it is being written. */
export async function readTaskProgress(folder: string): Promise<TaskProgress | null> {
  try {
    return JSON.parse(await readText(join(folder, progressFile))) as TaskProgress;
  } catch {
    return null;
  }
}
