import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { memoryMark } from './task.ts';

/** Milliseconds between two looks at the memory. */
const interval = 5;

/**
 * The program of the watching thread. It is a text because a file of its own would be one more to bundle and find. SIGKILL also ends a process
 * whose main thread is inside one long call.
 */
const program = `
const { parentPort, workerData: { maxBytes, mark, folder, orphanedAfter } } = require('node:worker_threads');
const { rmSync, writeFileSync } = require('node:fs');
const began = performance.now();
const end = () => process.kill(process.pid, 'SIGKILL');
setInterval(() => {
  if (process.memoryUsage.rss() > maxBytes) {
    try { writeFileSync(mark, ''); } finally { end(); }
  }
  if (performance.now() - began > orphanedAfter) {
    try { rmSync(folder, { recursive: true, force: true }); } finally { end(); }
  }
}, ${interval});
parentPort.postMessage('watching');
`;

/**
 * Ends this process as soon as it holds more memory than that, leaving a mark in `folder`. Ends it also, and removes the folder, if nobody has
 * after `orphanedAfter` milliseconds. Resolves when the watch has begun.
 */
export async function watchMemory(folder: string, maxBytes: number, orphanedAfter: number): Promise<void> {
  const watcher = new Worker(program, {
    eval: true,
    execArgv: [],
    workerData: { maxBytes, mark: join(folder, memoryMark), folder, orphanedAfter },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  await new Promise((resolve, reject) => {
    watcher.once('message', resolve);
    watcher.once('error', reject);
  });
  watcher.unref();
}
