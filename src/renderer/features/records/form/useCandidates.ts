import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RecordRef } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';

const limit = 30;

interface Wanted {
  types: readonly EntityType[];
  text: string;
  /** The university whose records come first, or ''. */
  near: string;
  enabled: boolean;
}

export interface Candidates {
  found: readonly RecordRef[];
  /** What is typed is still being looked for: `found` belongs to what was typed before. */
  pending: boolean;
}

/** The records of the types whose title has the text: those of one university first, where one is named. */
export function useCandidates({ types, text, near, enabled }: Wanted): Candidates {
  const [asked] = useDebouncedValue(text, 80);
  const everywhere = useQuery({
    queryKey: keys.lookup(types, asked),
    queryFn: ({ signal }) => api.entities.lookup({ types: [...types], text: asked, limit }, { signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const type = types.length === 1 ? types[0] : undefined;
  const owned = type !== undefined && fieldsOf(type).some(({ key }) => key === 'university_id');
  const query: ListQuery = {
    type: type ?? 'team',
    search: asked,
    filters: [{ field: 'university_id', op: 'is', value: near }],
    deleted: 'without',
  };
  const nearby = useQuery({
    queryKey: [...keys.list(query), 'near'],
    queryFn: ({ signal }) => api.entities.list({ ...query, limit }, { signal }),
    enabled: enabled && owned && near !== '',
    placeholderData: keepPreviousData,
  });
  const first: readonly RecordRef[] =
    owned && near !== ''
      ? (nearby.data?.rows ?? []).map(({ id, title, university_id, ...record }) => {
          return { id, type: record.type, title, university_id, deleted: false };
        })
      : [];
  const others = (everywhere.data ?? []).filter(({ id }) => !first.some((one) => one.id === id));
  const waits = [everywhere, nearby].some(({ isFetching, isPlaceholderData, data }) => {
    return isPlaceholderData || (isFetching && data === undefined);
  });
  return { found: [...first, ...others], pending: asked !== text || waits };
}
