import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import { isFault } from '#shared/contract/faults.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A structured log: what happened, with fields. It never holds a record's contents. */
export interface Log {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}

export interface LogOptions {
  /** A file that grows by a line of JSON an entry; its folder is made. Without it the log goes to stderr. */
  file?: string;
  level?: 'debug' | 'info' | 'warn' | 'error';
}

export function createLog(options: LogOptions = {}): Log {
  if (options.file) mkdirSync(dirname(options.file), { recursive: true });
  const destination = pino.destination(
    options.file ? { dest: options.file, sync: true } : { dest: 2, sync: true },
  );
  const logger = pino({ level: options.level ?? 'info', base: { pid: process.pid } }, destination);
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

/** Says in the program's log who was refused what they may not do. */
export function noteRefusal(error: unknown, log: Log, who: object): void {
  if (isFault(error) && error.code === 'FORBIDDEN') log.warn({ ...who, ...error.data }, 'refused');
}

const nothing = (): void => {};
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
