const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters that neither XML nor HTML can hold. */
const invalid = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Text as it stands in markup, between tags or in an attribute in double quotes. */
export const escapeText = (text: string): string =>
  text.replaceAll(invalid, '\uFFFD').replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
