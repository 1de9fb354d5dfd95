/** Prefix of the URL fragment with the route of an additional window. */
export const extraWindowPrefix = '#another=';
