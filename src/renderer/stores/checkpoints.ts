import { useQuery } from '@tanstack/react-query';
import { queryFor } from './queries.ts';

export function useCheckpoints() {
  return useQuery(queryFor('checkpoints.list', {}));
}
