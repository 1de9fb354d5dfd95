/** A name as it is read: in one form of its letters, with single blanks, without what nobody sees. */
const asRead = (name: string): string =>
  name.normalize('NFC').replaceAll(/\s+/gu, ' ').replaceAll(/\p{C}/gu, '').trim();

/**
 * Whether somebody has typed this name. Names of folders, which workspaces begin with, may hold what no keyboard gives: letters in two
 * parts, blanks at the end. What cannot be seen does not count.
 */
export function sameName(typed: string, name: string): boolean {
  return asRead(typed) === asRead(name);
}
