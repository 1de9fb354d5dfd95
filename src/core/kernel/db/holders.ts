import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readTextFile, refuseIrregular } from '../regular-file.ts';
import { Fault } from '#shared/contract/faults.ts';

/** Who has a workspace open, for telling those who wait. */
export interface Holder {
  kind: 'window' | 'command' | 'test';
  label: string;
}

interface Entry extends Holder {
  pid: number;
  since: string;
  writing: string | null;
}

/** A board beside the workspace on which each process that has it open leaves a note. It informs; the locks are SQLite's. */
export interface HolderBoard {
  /** Notes that a long write has begun; call the result when it is over. */
  writing(what: string): () => void;
  /** Who writes just now, in words, or null when nobody has said so. */
  writer(): string | null;
  /** Everybody else who has the workspace open, in words. */
  others(): string[];
  leave(): void;
}

/** Whether a process of that number runs on this computer. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const say = (entry: Entry): string => `${entry.label} (process ${entry.pid})`;

/**
 * Everybody who has it open, in words, by the notes in its folder; those of processes that are gone are taken away. With `only`, those of
 * a kind, but for one process.
 */
export function boardOf(folder: string, only?: { kind: Holder['kind']; but: number }): string[] {
  return entriesIn(folder)
    .filter(({ kind, pid }) => !only || (kind === only.kind && pid !== only.but))
    .map(say);
}

function entriesIn(folder: string, except?: string): Entry[] {
  const entries: Entry[] = [];
  for (const other of namesIn(folder)) {
    if (other === except || !other.endsWith('.json')) continue;
    const entry = readEntry(join(folder, other));
    if (entry && isAlive(entry.pid)) entries.push(entry);
    else if (entry) rmSync(join(folder, other), { force: true });
  }
  return entries;
}

/** Null where it says nothing. One that is being written just now is whole a moment later. */
function readEntry(path: string): Entry | null {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return JSON.parse(readTextFile(path)) as Entry;
    } catch {
      // Half written or just gone.
    }
  }
  return null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    const message = `${basename(folder)} is not the folder that FRAMES keeps there: close every window of the workspace, move it away and try again. Nothing was changed.`;
    throw new Fault('WORKSPACE', message, { reason: 'unreadable' });
  }
}

/** Puts up a note for this process in `folder`, which is made when it is missing. Throws WORKSPACE, reason unreadable, for what is no folder. */
export function joinBoard(folder: string, holder: Holder, name: string, since: string): HolderBoard {
  makeFolder(folder);
  const file = `${process.pid}-${name}.json`;
  const post = (writing: string | null): void => {
    const entry: Entry = { ...holder, pid: process.pid, since, writing };
    try {
      refuseIrregular(join(folder, file));
      writeFileSync(join(folder, file), JSON.stringify(entry));
    } catch {
      // A full disk or a folder that is gone: nobody's write may fail for want of a note.
    }
  };
  const read = (): Entry[] => entriesIn(folder, file);
  post(null);
  return {
    writing(what) {
      post(what);
      return () => post(null);
    },
    writer() {
      const entry = read().find((other) => other.writing !== null);
      return entry ? `${say(entry)}: ${entry.writing}` : null;
    },
    others: () => read().map(say),
    leave() {
      try {
        rmSync(join(folder, file), { force: true });
      } catch {
        // A folder that is none any more: the note went with it.
      }
    },
  };
}
