/** A seat's language until one is chosen: that of the system. */
export const SYSTEM_LANGUAGE = 'system';

/**
 * The language to use: `choice`, or for SYSTEM_LANGUAGE the first of `systemLanguages` in `supported`, with or without its region (`de-AT`
 * matches `de`). English if none is supported.
 */
export function languageFor(
  choice: string,
  systemLanguages: readonly string[],
  supported: readonly string[],
): string {
  const candidates = choice === SYSTEM_LANGUAGE ? systemLanguages : [choice];
  const language = candidates
    .flatMap((tag) => [tag, tag.split(/[-_]/)[0] ?? tag])
    .find((tag) => supported.includes(tag));
  return language ?? 'en';
}
