import { useQueries, useQuery } from '@tanstack/react-query';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { queryFor } from '../../../stores/queries.ts';
import { displayTitle } from '../../../text/names.ts';
import { filterValueText, valuesOf, chipsOf, chipText, filterField } from './model.ts';
import type { FilterField } from './model.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { ListView } from '#shared/address/view.ts';
import { say } from '../../../i18n/setup.ts';
import { useCustomFields } from '../custom-fields.ts';

export function idsInFilters(field: FilterField, filters: readonly Filter[]): string[] {
  if (field.kind !== 'reference' || filters[0]?.op === 'contains') return [];
  const values = filters.flatMap((filter) => valuesOf({ ...filter, op: 'in' }));
  return values.filter((value) => typeof value === 'string');
}

export function useValueNames(field: FilterField, filters: readonly Filter[]): (value: Json) => string {
  const ids = idsInFilters(field, filters);
  const queries = useQueries({
    queries: ids.map((id) => queryFor('entities.find', { id })),
  });
  return (value) => {
    const record = queries.find((result) => result.data?.id === value)?.data;
    return record ? displayTitle(record.title, record.type) : filterValueText(field, value);
  };
}

/**
 * A short description of a list's filters: the values of the first one ("systems") or its text ("Size ≥ 5"), else the search; with the
 * number of further conditions. '' for a list without filters and search.
 */
export function useFilterSummary(view: ListView | null): string {
  const [type, filters, search] = [view?.type ?? 'team', view?.filters ?? [], view?.search ?? ''];
  const chips = chipsOf(filters);
  const first = chips[0]?.filters ?? [];
  const customFields = useCustomFields(type);
  const field = filterField(type, first[0]?.field ?? '', customFields);
  const valueName = useValueNames(field, first);
  const searchParts = search.trim() === '' ? [] : [say('grid:searchedFor', { text: search.trim() })];
  // Booleans and numbers need their field.
  const values = first.length === 1 ? valuesOf(first[0] ?? null) : [];
  const isTextOnly = values.length > 0 && values.every((value) => typeof value === 'string');
  const filterParts =
    first.length === 0
      ? []
      : [isTextOnly ? values.map(valueName).join(', ') : chipText(field, first, valueName)];
  const parts = [...filterParts, ...chips.slice(1), ...searchParts];
  const [firstPart] = [...filterParts, ...searchParts];
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
  const storedValues = data.filter(({ value }) => value !== null && value !== '');
  const vocabularyValues: readonly string[] = field?.list ? vocabulary[field.list] : [];
  const unusedValues = vocabularyValues.filter((value) => !storedValues.some((one) => one.value === value));
  return [...storedValues, ...unusedValues.map((value) => ({ value, count: null }))];
}
