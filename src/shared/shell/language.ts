/** A seat's language until one is chosen: that of the system. */
export const SYSTEM_LANGUAGE = 'system';

/**
 * The language to use: `choice`, or for SYSTEM_LANGUAGE the first of `system` that is in `known`, with or without its region (`de-AT`
 * matches `de`). English if none is in `known`.
 */
export function languageFor(choice: string, system: readonly string[], known: readonly string[]): string {
  const candidates = choice === SYSTEM_LANGUAGE ? system : [choice];
  const found = candidates
    .flatMap((tag) => [tag, tag.split(/[-_]/)[0] ?? tag])
    .find((tag) => known.includes(tag));
  return found ?? 'en';
}
