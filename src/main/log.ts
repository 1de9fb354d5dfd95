import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

type Fields = Readonly<Record<string, unknown>>;

/** The shell's own log: a line of JSON an entry. It says what happened to windows and processes, never what is in a record. */
export interface MainLog {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

const LIMIT = 1024 * 1024;

/** Writes to `file`; beyond a megabyte the old lines move to `file`.1. A log that cannot be written stops nothing. */
export function createMainLog(file: string): MainLog {
  const write = (level: string, message: string, fields: Fields = {}): void => {
    const line = `${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`;
    try {
      turnOver(file);
      appendFileSync(file, line);
    } catch {
      // A full disk must not keep the application from working, nor from saying so where it can.
    }
  };
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

function turnOver(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) mkdirSync(dirname(file), { recursive: true });
  else if (size > LIMIT) renameSync(file, `${file}.1`);
}

/** What may be logged of something thrown. */
export function errorFields(error: unknown): Fields {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
