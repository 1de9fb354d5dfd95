/** Name and value pairs of an address, in order; a name can occur more than once. */
export type Pairs = readonly (readonly [string, string])[];

/** `a=1&b=x%20y`; '' for no pairs. URLSearchParams would encode readable characters. */
export function printQuery(pairs: Pairs): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

export function parseQuery(query: string): Pairs {
  if (query === '') return [];
  return query.split('&').flatMap((part) => {
    const separator = part.indexOf('=');
    try {
      return [
        [
          decodeURIComponent(separator < 0 ? part : part.slice(0, separator)),
          separator < 0 ? '' : decodeURIComponent(part.slice(separator + 1)),
        ],
      ] as const;
    } catch {
      return [];
    }
  });
}
