import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import { queryFor } from './queries.ts';

const types: readonly EntityType[] = ['university'];

/** University names by id, to distinguish records of the same name. Limited to the first hundred. */
export function useUniversityNames(isEnabled = true): ReadonlyMap<string, string> {
  const { data } = useQuery({
    ...queryFor('entities.lookup', { types: [...types], limit: 100 }),
    enabled: isEnabled,
  });
  return useMemo(() => new Map((data ?? []).map((record) => [record.id, record.title])), [data]);
}
