/** Whether a text is an https address without spaces and credentials. */
export const isWebAddress = (text: string): boolean =>
  /^https:\/\/(?![^/?#]*@)[^\s/?#]+\S*$/i.test(text.trim());

/**
 * The scheme of an address in lower case; null for a text without one. Every text that a browser reads as an address has one here: blanks
 * and control characters before the scheme, and line breaks and tabs within it, do not hide it.
 */
export const schemeOf = (text: string): string | null =>
  /^([a-z][a-z0-9+.-]*):/i
    .exec(text.replaceAll(/[\t\n\r]/g, '').replace(/^[\s\p{Cc}]+/u, ''))?.[1]
    ?.toLowerCase() ?? null;
