import { renameSync, statSync } from 'node:fs';
import { createLineWriter } from '#files/line-writer.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One JSON object per line. Entries describe windows and processes, never the content of records. */
export interface MainLog {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

const MAX_LOG_BYTES = 1024 * 1024;

const toLine = (level: string, message: string, fields: Fields = {}): string =>
  `${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`;

/** Above 1 MB the file is rotated to `file`.1. Never throws: the next entry that can be written says how many were lost. */
export function createMainLog(file: string): MainLog {
  const writer = createLineWriter(file, (lost) => toLine('warn', 'entries of the log were lost', { lost }));
  const write = (level: string, message: string, fields?: Fields): void => {
    rotate(file);
    writer.write(toLine(level, message, fields));
  };
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

function rotate(file: string): void {
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // The next entry tries again.
  }
}

export function errorFields(error: unknown): Fields {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
