import * as namespaces from './english.ts';

/** The English texts. A copy, because i18next writes to what it is given. */
export const english = { ...namespaces };

export type Catalogue = typeof english;
