import type { SearchHit } from '#shared/contract/search.ts';
import { say } from '../i18n/setup.ts';
import { fieldName } from './names.ts';

/** The field of the match, and the page of a document's file. */
export const matchLocation = ({ field, page }: Pick<SearchHit, 'field' | 'page'>): string =>
  page === null ? fieldName(field) : say('search:onPage', { field: fieldName(field), page });
