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
  const asked = { types: [...types], filters, fields: neededFields(types, 'stage', ''), limit: most };
  return useQuery({
    queryKey: keys.network('graph', asked),
    queryFn: ({ signal }) => api.network.graph(asked, { signal }),
    placeholderData: keepPreviousData,
    select: readModel,
  });
}

export function useExpertise({ university }: MatrixView) {
  const asked = { university: university || null };
  return useQuery({
    queryKey: keys.expertise(asked),
    queryFn: ({ signal }) => api.analysis.expertise(asked, { signal }),
    placeholderData: keepPreviousData,
  });
}
