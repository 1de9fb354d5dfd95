import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

type Fields = Readonly<Record<string, unknown>>;

/** One JSON object per line. Entries describe windows and processes, never the content of records. */
export interface MainLog {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

const MAX_LOG_BYTES = 1024 * 1024;

/** Above 1 MB the file is rotated to `file`.1. */
export function createMainLog(file: string): MainLog {
  const write = (level: string, message: string, fields: Fields = {}): void => {
    const line = `${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`;
    try {
      rotate(file);
      appendFileSync(file, line);
    } catch {
      // A full disk must not stop the application.
    }
  };
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) mkdirSync(dirname(file), { recursive: true });
  else if (size > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
}

export function errorFields(error: unknown): Fields {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
