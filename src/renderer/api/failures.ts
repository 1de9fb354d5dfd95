import { ORPCError } from '@orpc/client';

/**
 * The error of a call whose data process ended, or that found none. A query may be asked again; whether a command was done
 * is not known until the record or the history is read.
 */
export function disconnected(): ORPCError<'DISCONNECTED', undefined> {
  return new ORPCError('DISCONNECTED', {
    status: 503,
    message: 'The part of FRAMES that holds the data stopped before it answered.',
  });
}

/** True for the error of a call that lost its data process: not the person's own cancelling. */
export function isDisconnected(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'DISCONNECTED';
}

/** What a call rejects with when the person cancelled it. */
export function cancelled(): DOMException {
  return new DOMException('Cancelled', 'AbortError');
}

/** True when the person cancelled, whether the window or the data process noticed first. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof ORPCError) return error.code === 'CANCELLED';
  return error instanceof DOMException && error.name === 'AbortError';
}
