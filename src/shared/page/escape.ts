const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const invalidCharacters = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Escapes text for use between tags or in a double-quoted attribute. */
export const escapeText = (text: string): string =>
  text.replaceAll(invalidCharacters, '\uFFFD').replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
