/** Splits a list into batches of at most `size`, so that the caller can yield in between. */
export function* inBatches<T>(list: readonly T[], size: number): Generator<readonly T[], void, void> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
