import { clause } from '#shared/texts/sentence.ts';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readTextFile, refuseIrregular } from '../regular-file.ts';
import { workspaceFault } from '#shared/contract/faults.ts';

/** A process that has the workspace open. Shown to those who wait for it. */
export interface Holder {
  kind: 'window' | 'command' | 'test';
  label: string;
}

interface Entry extends Holder {
  pid: number;
  since: string;
  writing: string | null;
}

/** A folder in which each process that has the workspace open keeps a note. Informational only: SQLite does the locking. */
export interface HolderBoard {
  /** Records the start of a long write. Call the returned function at its end. */
  writing(task: string): () => void;
  /** Null if no note names a writer. */
  writer(): string | null;
  others(): string[];
  leave(): void;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const describeEntry = (entry: Entry): string => `${entry.label} (process ${entry.pid})`;

/** Describes the holders with notes in the folder, and removes notes of dead processes. */
export function boardOf(folder: string, only?: { kind: Holder['kind']; but: number }): string[] {
  return entriesIn(folder)
    .filter(({ kind, pid }) => !only || (kind === only.kind && pid !== only.but))
    .map(describeEntry);
}

function entriesIn(folder: string, except?: string): Entry[] {
  const entries: Entry[] = [];
  for (const name of namesIn(folder)) {
    if (name === except || !name.endsWith('.json')) continue;
    const entry = readEntry(join(folder, name));
    if (entry && isAlive(entry.pid)) entries.push(entry);
    else if (entry) rmSync(join(folder, name), { force: true });
  }
  return entries;
}

/** Null if unreadable. Retries, because another process may be writing the note. */
function readEntry(path: string): Entry | null {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return JSON.parse(readTextFile(path)) as Entry;
    } catch {
      // The note is incomplete or was removed just now.
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
    throw workspaceFault('unreadable', { file: basename(folder), why: clause('moveAway') });
  }
}

/** Adds a note for this process; creates the folder if needed. Throws WORKSPACE (`unreadable`) if the path is not a folder. */
export function joinBoard(folder: string, holder: Holder, name: string, since: string): HolderBoard {
  makeFolder(folder);
  const file = `${process.pid}-${name}.json`;
  const post = (writing: string | null): void => {
    const entry: Entry = { ...holder, pid: process.pid, since, writing };
    try {
      refuseIrregular(join(folder, file));
      writeFileSync(join(folder, file), JSON.stringify(entry));
    } catch {
      // The disk is full or the folder is missing. A missing note must not fail a write.
    }
  };
  const read = (): Entry[] => entriesIn(folder, file);
  post(null);
  return {
    writing(task) {
      post(task);
      return () => post(null);
    },
    writer() {
      const entry = read().find((other) => other.writing !== null);
      return entry ? `${describeEntry(entry)}: ${entry.writing}` : null;
    },
    others: () => read().map(describeEntry),
    leave() {
      try {
        rmSync(join(folder, file), { force: true });
      } catch {
        // The folder is gone, and the note with it.
      }
    },
  };
}
