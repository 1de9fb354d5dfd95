import * as namespaces from './english.ts';

/** The English texts. A copy, because i18next changes its resources. */
export const english = { ...namespaces };

export type Catalogue = typeof english;
