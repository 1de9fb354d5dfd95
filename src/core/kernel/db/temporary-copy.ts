import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeNewFileSync } from '#files/open-file.ts';
import { isAlive } from './holders.ts';

/** The path of a copy of a workspace's file that does not outlive its process. */
export interface TemporaryCopy {
  readonly folder: string;
  readonly data: string;
  readonly remove: () => void;
}

const folderOf = (workspace: string): string => join(workspace, 'moments');

/** Reserves a path in the workspace's `moments` folder. Other processes do not remove its files while this process lives. */
export function reserveTemporaryCopy(workspace: string, uuid: string): TemporaryCopy {
  const folder = folderOf(workspace);
  const data = join(folder, `${process.pid}-${uuid}.sqlite`);
  createMarker(folder, `${data}${markerSuffix}`);
  sweepTemporaryCopies(workspace);
  return { folder, data, remove: () => removeCopy(folder, data) };
}

/** Suffix of a marker file that keeps the folder while the copy is not yet written. */
const markerSuffix = '.held';

function createMarker(folder: string, markerPath: string): void {
  for (let attemptsLeft = 100; ; attemptsLeft -= 1) {
    mkdirSync(folder, { recursive: true });
    try {
      writeNewFileSync(markerPath, '');
      return;
    } catch (error) {
      // Another process has just removed the folder with its last copy.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attemptsLeft === 0) throw error;
    }
  }
}

function removeCopy(folder: string, data: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm', '.head.json', markerSuffix])
    rmSync(`${data}${suffix}`, { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // Another process still has a copy in the folder.
  }
}

export function sweepTemporaryCopies(workspace: string): void {
  const folder = folderOf(workspace);
  for (const name of namesIn(folder)) {
    const [, pid] = /^(\d+)-[0-9a-f-]+\.sqlite/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
