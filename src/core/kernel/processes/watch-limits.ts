import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { diskMark, memoryMark, timeMark } from './task.ts';
import type { ProcessRequest } from './task.ts';

/** Milliseconds between two looks at the memory, and looks at it between two at temporary files. */
const interval = 5;
const often = 6;

/**
 * The program of the watching thread. It is a text because a file of its own would be one more to bundle and find. SIGKILL also ends a process
 * whose main thread is inside one long call.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { folder, maxBytes, maxDiskBytes, timeoutMs, parent, memoryMark, diskMark, timeMark } = workerData;
const { fstatSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const began = performance.now();
const end = () => process.kill(process.pid, 'SIGKILL');
const give = (mark) => {
  try { writeFileSync(mark, ''); } finally { end(); }
};
// SQLite deletes the names of temporary files at once, except on Windows.
function diskBytes() {
  let sum = 0;
  for (const name of readdirSync(folder)) {
    try { sum += statSync(join(folder, name)).size; } catch {}
  }
  for (let fd = 3; fd < 64; fd += 1) {
    try {
      const { nlink, size } = fstatSync(fd);
      if (nlink === 0) sum += size;
    } catch {}
  }
  return sum;
}
let looks = 0;
setInterval(() => {
  if (process.memoryUsage.rss() > maxBytes) give(memoryMark);
  looks += 1;
  if (looks % ${often} === 0 && diskBytes() > maxDiskBytes) give(diskMark);
  if (performance.now() - began > timeoutMs) give(timeMark);
  // Nobody waits any more, or removes the folder.
  if (process.ppid !== parent) {
    try { rmSync(folder, { recursive: true, force: true }); } finally { end(); }
  }
}, ${interval});
parentPort.postMessage('watching');
`;

/**
 * Ends this process as soon as it takes more time or memory, or writes more temporary files, than it may, and leaves a mark in `folder`. Ends it also,
 * and removes the folder, when its parent has ended; Windows does not tell. Resolves when the watch has begun.
 */
export async function watchLimits(
  folder: string,
  limits: Pick<ProcessRequest, 'maxBytes' | 'maxDiskBytes' | 'timeoutMs' | 'parent'>,
): Promise<void> {
  const watcher = new Worker(program, {
    eval: true,
    execArgv: [],
    workerData: {
      ...limits,
      folder,
      memoryMark: join(folder, memoryMark),
      diskMark: join(folder, diskMark),
      timeMark: join(folder, timeMark),
    },
  });
  await new Promise((resolve, reject) => {
    watcher.once('message', resolve);
    watcher.once('error', reject);
  });
  watcher.removeAllListeners('error');
  watcher.unref();
  // Nothing may go on that nobody watches.
  watcher.on('error', () => process.exit(1));
}
