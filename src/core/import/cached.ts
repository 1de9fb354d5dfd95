const maxCached = 5000;

/** The value for a key, computed once; a full cache takes no more. */
export function cachedIn<T>(cache: Map<string, T>, key: string, compute: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = compute();
  if (cache.size < maxCached) cache.set(key, value);
  return value;
}
