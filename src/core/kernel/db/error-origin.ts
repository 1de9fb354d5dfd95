const origins = new WeakMap<object, string>();

/** Does what reads or writes a file, and remembers of an error that it came of that file, for who reads several. */
export function from<R>(file: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (typeof error === 'object' && error !== null && !origins.has(error)) origins.set(error, file);
    throw error;
  }
}

/** The file that was read or written when an error was thrown; undefined where nobody knows, as of what came out of a thread. */
export const originOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? origins.get(error) : undefined;

/** Rows that come one by one out of a file, of whose errors that is remembered. */
export function eachFrom<R>(file: string, rows: IterableIterator<R>): IterableIterator<R> {
  const next = (): IteratorResult<R> => rows.next();
  return {
    next: () => from(file, next),
    return: (value?: unknown) => rows.return?.(value) ?? { done: true, value },
    [Symbol.iterator]() {
      return this;
    },
  };
}
