import { useQueries, useQuery } from '@tanstack/react-query';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { queryFor } from '../../../stores/queries.ts';
import { titleOr } from '../../../text/names.ts';
import { filterValueText, valuesOf, chipsOf, chipText, filterField } from './model.ts';
import type { FilterField } from './model.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { ListView } from '#shared/address/view.ts';
import { say } from '../../../i18n/setup.ts';
import { useOwnFields } from '../custom-fields.ts';

export function namedIn(field: FilterField, filters: readonly Filter[]): string[] {
  if (field.kind !== 'reference' || filters[0]?.op === 'contains') return [];
  const values = filters.flatMap((filter) => valuesOf({ ...filter, op: 'in' }));
  return values.filter((value) => typeof value === 'string');
}

export function useValueNames(field: FilterField, filters: readonly Filter[]): (value: Json) => string {
  const ids = namedIn(field, filters);
  const found = useQueries({
    queries: ids.map((id) => queryFor('entities.find', { id })),
  });
  return (value) => {
    const record = found.find((result) => result.data?.id === value)?.data;
    return record ? titleOr(record.title, record.type) : filterValueText(field, value);
  };
}

/**
 * A short description of a list's filters: the values of the first one, "systems", or its text, "Size ≥ 5"; else the search. Marked if
 * there are more; '' for a whole list.
 */
export function useNarrowedTo(view: ListView | null): string {
  const [type, filters, search] = [view?.type ?? 'team', view?.filters ?? [], view?.search ?? ''];
  const chips = chipsOf(filters);
  const first = chips[0]?.filters ?? [];
  const own = useOwnFields(type);
  const field = filterField(type, first[0]?.field ?? '', own);
  const name = useValueNames(field, first);
  const looked = search.trim() === '' ? [] : [say('grid:searchedFor', { text: search.trim() })];
  // Booleans and numbers need their field.
  const values = first.length === 1 ? valuesOf(first[0] ?? null) : [];
  const plain = values.length > 0 && values.every((value) => typeof value === 'string');
  const filtered =
    first.length === 0 ? [] : [plain ? values.map(name).join(', ') : chipText(field, first, name)];
  const parts = [...filtered, ...chips.slice(1), ...looked];
  const [firstPart] = [...filtered, ...looked];
  if (firstPart === undefined) return '';
  return parts.length > 1
    ? say('grid:narrowedMore', { what: firstPart, count: parts.length - 1 })
    : firstPart;
}

/** The values of a field with their counts, then known values without records; null until read. */
export function useValues(
  type: EntityType,
  field: FilterField | null,
  enabled = true,
): readonly { value: Json; count: number | null }[] | null {
  const key = field?.key ?? '';
  const { data } = useQuery({
    ...queryFor('entities.values', { type, field: key, limit: 200 }),
    enabled: enabled && field !== null,
  });
  if (!data) return null;
  const held = data.filter(({ value }) => value !== null && value !== '');
  const known: readonly string[] = field?.list ? vocabulary[field.list] : [];
  const rest = known.filter((value) => !held.some((one) => one.value === value));
  return [...held, ...rest.map((value) => ({ value, count: null }))];
}
