/** A name as it appears: one Unicode form, single blanks, no invisible characters. */
const normalizeName = (name: string): string =>
  name.normalize('NFC').replaceAll(/\s+/gu, ' ').replaceAll(/\p{C}/gu, '').trim();

/**
 * Whether a typed text matches a name. Names can come from folders and contain decomposed letters or trailing blanks, which nobody can
 * type. Invisible characters are ignored.
 */
export function isSameName(typed: string, name: string): boolean {
  return normalizeName(typed) === normalizeName(name);
}
