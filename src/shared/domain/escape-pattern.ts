/** A text as a part of a regular expression that matches just it, also with the flag `u`. */
export const escapePattern = (text: string): string =>
  text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
