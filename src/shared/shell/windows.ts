/** Prefix of the URL fragment with the position of a further window. */
export const anotherMark = '#another=';
