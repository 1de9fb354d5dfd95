import { ORPCError } from '@orpc/client';

/**
 * The error of a call whose data process ended or was absent. A query can be repeated; whether a command took effect is unknown until the
 * record or the history is read.
 */
export function disconnectedError(): ORPCError<'DISCONNECTED', undefined> {
  return new ORPCError('DISCONNECTED', {
    status: 503,
    message: 'The part of FRAMES that holds the data stopped before it answered.',
  });
}

/** Whether a call lost its data process, as opposed to being cancelled. */
export function isDisconnected(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'DISCONNECTED';
}

/** The error of a call that the person cancelled. */
export function cancelledError(): DOMException {
  return new DOMException('Cancelled', 'AbortError');
}

/** Whether the person cancelled, noticed first by either the window or the data process. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof ORPCError) return error.code === 'CANCELLED';
  return error instanceof DOMException && error.name === 'AbortError';
}
