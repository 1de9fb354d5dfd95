import { overwriteSync } from '#files/open-file.ts';
import { clause } from '#shared/texts/sentence.ts';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSmallFile, refuseIrregular } from '../regular-file.ts';
import { workspaceFault } from '#shared/contract/faults.ts';

/** A process that has the workspace open. Shown to users whose process waits for it. */
export interface Holder {
  kind: 'window' | 'command' | 'test';
  label: string;
}

interface HolderNote extends Holder {
  pid: number;
  since: string;
  writing: string | null;
}

/** The notes of the processes that have the workspace open, one for each. Informational only: SQLite does the locking. */
export interface HolderRegistry {
  /** Records the start of a long write. Call the returned function at its end. */
  startWrite(task: string): () => void;
  /** Describes the process that writes; null if no note names one. */
  describeWriter(): string | null;
  describeOthers(): string[];
  unregister(): void;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const describeNote = (note: HolderNote): string => `${note.label} (process ${note.pid})`;

/** Describes the holders with notes in the folder, and removes notes of processes that have ended. */
export function describeHolders(
  folder: string,
  filter?: { kind: Holder['kind']; exceptPid: number },
): string[] {
  return notesIn(folder)
    .filter(({ kind, pid }) => !filter || (kind === filter.kind && pid !== filter.exceptPid))
    .map(describeNote);
}

function notesIn(folder: string, exceptName?: string): HolderNote[] {
  const notes: HolderNote[] = [];
  for (const name of namesIn(folder)) {
    if (name === exceptName || !name.endsWith('.json')) continue;
    const note = readNote(join(folder, name));
    if (note && isAlive(note.pid)) notes.push(note);
    else if (note) rmSync(join(folder, name), { force: true });
  }
  return notes;
}

/** Null if unreadable. Retries, because another process can be writing the note. */
function readNote(path: string): HolderNote | null {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return JSON.parse(readSmallFile(path)) as HolderNote;
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
export function registerHolder(folder: string, holder: Holder, name: string, since: string): HolderRegistry {
  makeFolder(folder);
  const file = `${process.pid}-${name}.json`;
  const writeNote = (writing: string | null): void => {
    const note: HolderNote = { ...holder, pid: process.pid, since, writing };
    try {
      refuseIrregular(join(folder, file));
      overwriteSync(join(folder, file), JSON.stringify(note));
    } catch {
      // The disk is full or the folder is missing. A missing note must not fail a write.
    }
  };
  const readOthers = (): HolderNote[] => notesIn(folder, file);
  writeNote(null);
  return {
    startWrite(task) {
      writeNote(task);
      return () => writeNote(null);
    },
    describeWriter() {
      const note = readOthers().find((other) => other.writing !== null);
      return note ? `${describeNote(note)}: ${note.writing}` : null;
    },
    describeOthers: () => readOthers().map(describeNote),
    unregister() {
      try {
        rmSync(join(folder, file), { force: true });
      } catch {
        // The folder was removed, and the note with it.
      }
    },
  };
}
