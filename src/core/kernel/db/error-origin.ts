const origins = new WeakMap<object, string>();

/** Runs `work` and remembers `file` as the origin of an error, for callers that use several files. */
export function withErrorOrigin<R>(file: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (typeof error === 'object' && error !== null && !origins.has(error)) origins.set(error, file);
    throw error;
  }
}

/** Returns the file whose access threw the error; undefined if unknown, as for errors from a worker. */
export const originOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? origins.get(error) : undefined;

export function iterateWithErrorOrigin<R>(file: string, rows: IterableIterator<R>): IterableIterator<R> {
  const next = (): IteratorResult<R> => rows.next();
  return {
    next: () => withErrorOrigin(file, next),
    return: (value?: unknown) => rows.return?.(value) ?? { done: true, value },
    [Symbol.iterator]() {
      return this;
    },
  };
}
