import type { ListView } from '#shared/address/view.ts';
import { say } from '../../../i18n/setup.ts';
import { useOwnFields } from '../own/useOwnFields.ts';
import { chipsOf, chipText, filterField, valuesOf } from './model.ts';
import { useValueNames } from './useValueNames.ts';

/**
 * What a list is narrowed to, in as few words as tell it from others: the values of its first filter, "systems", or what that says,
 * "Size ≥ 5"; else what is searched for. With more than one a sign that there is more; '' for a whole list, and for none.
 */
export function useNarrowedTo(view: ListView | null): string {
  const [type, filters, search] = [view?.type ?? 'team', view?.filters ?? [], view?.search ?? ''];
  const chips = chipsOf(filters);
  const first = chips[0]?.filters ?? [];
  const own = useOwnFields(type);
  const field = filterField(type, first[0]?.field ?? '', own);
  const name = useValueNames(field, first);
  const looked = search.trim() === '' ? [] : [say('grid:searchedFor', { text: search.trim() })];
  // A value that is yes, no or a figure says nothing without its field.
  const values = first.length === 1 ? valuesOf(first[0] ?? null) : [];
  const plain = values.length > 0 && values.every((value) => typeof value === 'string');
  const filtered =
    first.length === 0 ? [] : [plain ? values.map(name).join(', ') : chipText(field, first, name)];
  const parts = [...filtered, ...chips.slice(1), ...looked];
  const [said] = [...filtered, ...looked];
  if (said === undefined) return '';
  return parts.length > 1 ? say('grid:narrowedMore', { what: said, count: parts.length - 1 }) : said;
}
