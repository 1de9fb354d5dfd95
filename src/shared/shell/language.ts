/** What a seat says while nobody has chosen a language: that of the system. */
export const SYSTEM_LANGUAGE = 'system';

/**
 * The language to speak: the one that is wanted, or for the system's the first of `system` that is among `known`, with or without its
 * region (`de-AT` is `de`). English where there is none.
 */
export function languageFor(wanted: string, system: readonly string[], known: readonly string[]): string {
  const asked = wanted === SYSTEM_LANGUAGE ? system : [wanted];
  const found = asked.flatMap((tag) => [tag, tag.split(/[-_]/)[0] ?? tag]).find((tag) => known.includes(tag));
  return found ?? 'en';
}
