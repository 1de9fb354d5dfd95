/** A long list in portions of at most `size`, for working through it with pauses. */
export function* batches<T>(list: readonly T[], size: number): Generator<readonly T[], void, void> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
