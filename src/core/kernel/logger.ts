import pino from 'pino';
import { createLineWriter } from '#files/line-writer.ts';
import { isFault } from '#shared/contract/faults.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Entries never contain the contents of a record. */
export interface Log {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
  /** How many entries could not be written since the last that could; a log that keeps nothing has no count. */
  lostCount?(): number;
}

export interface LogOptions {
  /** File that receives one line of JSON per entry; its folder is created. Default: stderr. */
  file?: string;
  level?: 'debug' | 'info' | 'warn' | 'error';
}

/** Never throws, nor do its methods: the next entry that can be written says how many were lost. */
export function createLog({ file, level = 'info' }: LogOptions = {}): Log {
  const writer = createLineWriter(file ?? 2);
  const logger = pino({ level, base: { pid: process.pid } }, writer);
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    lostCount: () => writer.lostCount,
  };
}

export function logForbidden(error: unknown, log: Log, actorFields: object): void {
  if (isFault(error) && error.code === 'FORBIDDEN') log.warn({ ...actorFields, ...error.data }, 'refused');
}

const ignore = (): void => {};
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
