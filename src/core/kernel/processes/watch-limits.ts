import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { diskMark, hasProcessGroups, memoryMark, timeMark } from './task.ts';
import type { ProcessRequest } from './task.ts';

/** Milliseconds between memory checks; every sixth check also counts temporary files. */
const memoryIntervalMs = 5;
const checksPerDiskCheck = 6;

/** Source of the watching thread, as text so that no extra file needs bundling. SIGKILL also ends a long native call. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { folder, maxBytes, maxDiskBytes, timeoutMs, parent, group, memoryMark, diskMark, timeMark } = workerData;
const { fstatSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const began = performance.now();
const end = () => process.kill(group, 'SIGKILL');
const endWith = (mark) => {
  try { writeFileSync(mark, ''); } finally { end(); }
};
// SQLite deletes the names of temporary files at once, except on Windows.
function diskBytes() {
  let sum = 0;
  for (const name of readdirSync(folder, { recursive: true })) {
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
let checks = 0;
setInterval(() => {
  if (process.memoryUsage.rss() > maxBytes) endWith(memoryMark);
  checks += 1;
  if (checks % ${checksPerDiskCheck} === 0 && diskBytes() > maxDiskBytes) endWith(diskMark);
  if (performance.now() - began > timeoutMs) endWith(timeMark);
  // The parent has ended, so it cannot remove the folder.
  if (process.ppid !== parent) {
    try { rmSync(folder, { recursive: true, force: true }); } finally { end(); }
  }
}, ${memoryIntervalMs});
parentPort.postMessage('watching');
`;

/** Kills this process when it exceeds its limits, leaving a mark in `folder`, or when its parent has ended (not on Windows). */
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
      group: hasProcessGroups ? -process.pid : process.pid,
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
  // The process must not continue unwatched.
  watcher.on('error', () => process.exit(1));
}
