import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import { isFault } from '#shared/contract/faults.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Entries never contain the contents of a record. */
export interface Log {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}

export interface LogOptions {
  /** File that receives one line of JSON per entry; its folder is created. Default: stderr. */
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

export function logForbidden(error: unknown, log: Log, actorFields: object): void {
  if (isFault(error) && error.code === 'FORBIDDEN') log.warn({ ...actorFields, ...error.data }, 'refused');
}

const ignore = (): void => {};
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
