/** Name and value pairs of an address, in order; a name may occur more than once. */
export type Pairs = readonly (readonly [string, string])[];

/** `a=1&b=x%20y`; '' for no pairs. URLSearchParams would encode readable characters. */
export function printQuery(pairs: Pairs): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

export function parseQuery(query: string): Pairs {
  if (query === '') return [];
  return query.split('&').flatMap((part) => {
    const at = part.indexOf('=');
    try {
      return [
        [
          decodeURIComponent(at < 0 ? part : part.slice(0, at)),
          at < 0 ? '' : decodeURIComponent(part.slice(at + 1)),
        ],
      ] as const;
    } catch {
      return [];
    }
  });
}
