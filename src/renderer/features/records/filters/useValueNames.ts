import { useQueries } from '@tanstack/react-query';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { titleOr } from '../../../text/names.ts';
import { filterValueText, valuesOf } from './model.ts';
import type { FilterField } from './model.ts';

/** Ids of the records that filters of one field name. */
export function namedIn(field: FilterField, filters: readonly Filter[]): string[] {
  if (field.kind !== 'reference' || filters[0]?.op === 'contains') return [];
  const values = filters.flatMap((filter) => valuesOf({ ...filter, op: 'in' }));
  return values.filter((value) => typeof value === 'string');
}

/** The words for the values of filters: the titles of the records that they name, as far as they are known. */
export function useValueNames(field: FilterField, filters: readonly Filter[]): (value: Json) => string {
  const ids = namedIn(field, filters);
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.record(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.entities.find({ id }, { signal }),
    })),
  });
  return (value) => {
    const record = found.find((result) => result.data?.id === value)?.data;
    return record ? titleOr(record.title, record.type) : filterValueText(field, value);
  };
}
