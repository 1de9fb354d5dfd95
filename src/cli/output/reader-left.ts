const left: ReadonlySet<unknown> = new Set(['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

/** A reader that has seen enough (`frames … | head`) closes the pipe: that is no error. Throws any other. */
export function unlessReaderLeft(error: unknown): void {
  if (!left.has((error as { code?: unknown }).code)) throw error;
}
