import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

/** Linux mounts a file system in memory here. Containers often limit it to 64 MB. */
const shared = '/dev/shm';
/** Tests at work held at most a third of it. */
const roomNeeded = 3 * 1024 ** 3;
const prefix = 'frames-tests-';

/**
 * Makes a memory file system the place of temporary folders (`TMPDIR`) for this process and its children, if the system has one with
 * room: SQLite's and Postgres's fsync cost nothing there. The folder is removed when this process exits.
 */
export function useMemoryFolder(): void {
  if (process.env['NOMEM']) return;
  if (process.platform !== 'linux' || process.env['TMPDIR']?.startsWith(shared) === true) return;
  if (!hasRoom()) return;
  removeAbandoned(shared);
  const folder = mkdtempSync(join(shared, `${prefix}${process.pid}-`));
  // Postgres runs as a user of its own.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  process.once('exit', () => removeWhatGoes(folder));
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(shared);
    return bavail * bsize >= roomNeeded && freemem() >= roomNeeded;
  } catch {
    return false;
  }
}

/** Removes the folders of runs that were killed: they hold memory. */
export function removeAbandoned(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) removeWhatGoes(join(place, name));
  }
}

/** A killed run may leave a disk that a test mounted, which cannot be removed: that must not stop the runs after it. */
function removeWhatGoes(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    process.stderr.write(`Temporary files stay: ${(error as Error).message}\n`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
