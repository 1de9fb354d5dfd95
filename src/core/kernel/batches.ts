/** Splits a list into batches of at most `size`, so that the caller can yield in between. */
export function* inBatches<T>(list: readonly T[], size: number): Generator<readonly T[], void, void> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
