/** Whether a text is an https address without spaces and credentials. */
export const isWebAddress = (text: string): boolean =>
  /^https:\/\/(?![^/?#]*@)[^\s/?#]+\S*$/i.test(text.trim());

/** The scheme of an address in lower case; null for a text that is no address. */
export const schemeOf = (text: string): string | null =>
  /^([a-z][a-z0-9+.-]*):\S/i.exec(text.trim().replaceAll(/[\t\n\r]/g, ''))?.[1]?.toLowerCase() ?? null;
