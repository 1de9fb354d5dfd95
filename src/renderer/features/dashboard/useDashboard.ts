import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryKeys, queryFor } from '../../stores/queries.ts';

export const useUniversities = () =>
  useQuery({
    ...queryFor('analysis.universities', {}, queryKeys.dashboard('universities')),
    placeholderData: keepPreviousData,
  });

export const useLeaving = (university: string, enabled = true) =>
  useQuery({
    ...queryFor('analysis.leavingStudents', { university }, queryKeys.dashboard('leaving', { university })),
    enabled,
  });
