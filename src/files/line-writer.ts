import { closeSync, mkdirSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { openFileSync } from './open-file.ts';

/** The destination of a log. */
export interface LineWriter {
  /** Writes a line, with its line break, at once. Never throws. */
  write(line: string): void;
  /** How many lines were lost since the last that was written. */
  readonly lostCount: number;
}

/** How often a line is tried while the reader of a pipe is slow, and the milliseconds in between. */
const [maxAttempts, pauseMs] = [20, 5];

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let [offset, attempt] = [0, 0]; offset < bytes.length;) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      attempt += 1;
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || attempt === maxAttempts) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}

function appendLines(file: string, text: string): void {
  const descriptor = openFileSync(file, { access: 'append' });
  try {
    writeAll(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

const lostEntries = (lost: number): string =>
  `${JSON.stringify({ level: 40, time: Date.now(), pid: process.pid, lost, msg: 'entries of the log were lost' })}\n`;

/**
 * Appends lines to a file, or to an open descriptor. The first line creates the file's folder. Later ones do not: a workspace folder that is
 * moved or deleted while it is open stays away. A line that cannot be written, as on a full disk, is lost; the next one that can is preceded
 * by `lostLine`, which says how many were.
 */
export function createLineWriter(
  target: string | number,
  lostLine: (lostCount: number) => string = lostEntries,
): LineWriter {
  let lostCount = 0;
  let hasFolder = false;
  const appendToFile = (file: string, text: string): void => {
    if (!hasFolder) mkdirSync(dirname(file), { recursive: true });
    hasFolder = true;
    appendLines(file, text);
  };
  return {
    get lostCount() {
      return lostCount;
    },
    write(line) {
      // The failed write can have left a part of a line.
      const text = lostCount === 0 ? line : `\n${lostLine(lostCount)}${line}`;
      try {
        if (typeof target === 'number') writeAll(target, text);
        else appendToFile(target, text);
        lostCount = 0;
      } catch {
        lostCount += 1;
      }
    },
  };
}
