import { useQueries } from '@tanstack/react-query';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { titleOr } from '../../../text/names.ts';
import { filterValueText, valuesOf } from './model.ts';
import type { FilterField } from './model.ts';

/** The words for the values of filters: the titles of the records that they name, as far as they are known. */
export function useValueNames(field: FilterField, filters: readonly Filter[]): (value: Json) => string {
  const named = filters.flatMap((filter) => [...valuesOf({ ...filter, op: 'in' })]);
  const ids =
    field.kind === 'reference' && filters[0]?.op !== 'contains'
      ? named.filter((value) => typeof value === 'string')
      : [];
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
