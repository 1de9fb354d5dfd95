import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './holders.ts';

/** A place for a copy of a workspace's file that lasts no longer than the process that made it. */
export interface PassingCopy {
  readonly folder: string;
  readonly data: string;
  readonly drop: () => void;
}

const folderOf = (workspace: string): string => join(workspace, 'moments');

/** A new place in `moments` of a workspace's folder, of which nobody takes anything away as long as this process lives. */
export function passingCopy(workspace: string, uuid: string): PassingCopy {
  const folder = folderOf(workspace);
  const data = join(folder, `${process.pid}-${uuid}.sqlite`);
  hold(folder, `${data}${held}`);
  sweepCopies(workspace);
  return { folder, data, drop: () => drop(folder, data) };
}

/** What lies beside a copy that is not written yet, so that nobody takes its folder away. */
const held = '.held';

function hold(folder: string, mark: string): void {
  for (let left = 100; ; left -= 1) {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(mark, '');
      return;
    } catch (error) {
      // Somebody else has dropped the last copy just now.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || left === 0) throw error;
    }
  }
}

function drop(folder: string, data: string): void {
  for (const end of ['', '-journal', '-wal', '-shm', '.head.json', held])
    rmSync(`${data}${end}`, { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else looks at a moment too.
  }
}

/** Removes what a crash has left of copies that nobody reads any more. */
export function sweepCopies(workspace: string): void {
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
