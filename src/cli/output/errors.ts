import { ORPCError } from '@orpc/client';
import { isFault } from '#shared/contract/faults.ts';

/** Invalid command line: exit 2. `details` can have the argument and its value. */
export class UsageError extends Error {
  readonly details: Readonly<Record<string, unknown>>;
  /** Command to suggest for help, if known. */
  command: string | undefined;

  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'UsageError';
    this.details = details;
  }
}

/** A failure with a code for programs: exit 1. The command did not complete, or its result means failure. */
export class CommandFailure extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details: unknown) {
    super(message);
    this.name = 'Failed';
    this.code = code;
    this.details = details;
  }
}

export interface ErrorReport {
  exitCode: 1 | 2;
  code: string;
  message: string;
  details: unknown;
}

const systemTexts: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'has a parent that is not a folder',
  EISDIR: 'is a folder',
  NOT_REGULAR: 'is not a regular file',
  EACCES: 'cannot be accessed: permission denied',
  EPERM: 'cannot be accessed: permission denied',
  EROFS: 'is on a read-only disk',
  ENOSPC: 'cannot be written: the disk is full',
  ENAMETOOLONG: 'has too long a name',
  EIO: 'cannot be read or written: the disk failed',
  EDQUOT: 'cannot be written: the disk is full',
};

/** Builds the report of an error. Null for an unexpected one: it is logged, and only its trace id is printed, so that no stack trace or SQL is shown. */
export function reportOf(error: unknown): ErrorReport | null {
  if (error instanceof UsageError)
    return { exitCode: 2, code: 'USAGE', message: error.message, details: error.details };
  if (error instanceof CommandFailure)
    return { exitCode: 1, code: error.code, message: error.message, details: error.details };
  if (isFault(error)) return { exitCode: 1, code: error.code, message: error.message, details: error.data };
  if (error instanceof ORPCError && error.defined) {
    const { code, message, data } = error as ORPCError<string, unknown>;
    return { exitCode: 1, code, message, details: data ?? {} };
  }
  const { name, code, path, syscall } = (error ?? {}) as Record<string, unknown>;
  if (name === 'AbortError')
    return { exitCode: 1, code: 'CANCELLED', message: 'Cancelled. Nothing was changed.', details: {} };
  const hasPath = typeof path === 'string';
  if (typeof code !== 'string' || (!hasPath && typeof syscall !== 'string')) return null;
  const reason = systemTexts[code] ?? (hasPath ? `cannot be used: the system says ${code}` : undefined);
  if (reason === undefined) return null;
  const message = `${hasPath ? `"${path}"` : 'A file'} ${reason}.`;
  return { exitCode: 1, code: 'FILE', message, details: { path: hasPath ? path : null, reason: code } };
}

const closedPipeCodes: ReadonlySet<unknown> = new Set([
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
]);

/** A reader that stops early (`frames … | head`) closes the pipe, which is no error. Throws any other error. */
export function ignoreClosedPipe(error: unknown): void {
  if (!closedPipeCodes.has((error as { code?: unknown }).code)) throw error;
}
