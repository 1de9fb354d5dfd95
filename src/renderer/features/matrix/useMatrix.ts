import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MatrixView } from '#shared/address/view.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { neededFields } from '../network/look/fields.ts';
import { readModel } from '../network/model/model.ts';

/** The most rows and columns; records with the most links come first. */
const most = 400;

/** The records of the matrix with their links. */
export function useMatrix({ types, university }: MatrixView) {
  const filters =
    university === ''
      ? []
      : types.map((type) => ({
          type,
          filters: [{ field: 'university_id', op: 'is' as const, value: university }],
        }));
  const input = { types: [...types], filters, fields: neededFields(types, 'stage', ''), limit: most };
  return useQuery({
    queryKey: keys.network('graph', input),
    queryFn: ({ signal }) => api.network.graph(input, { signal }),
    placeholderData: keepPreviousData,
    select: readModel,
  });
}

export function useExpertise({ university }: MatrixView) {
  const input = { university: university || null };
  return useQuery({
    queryKey: keys.expertise(input),
    queryFn: ({ signal }) => api.analysis.expertise(input, { signal }),
    placeholderData: keepPreviousData,
  });
}
