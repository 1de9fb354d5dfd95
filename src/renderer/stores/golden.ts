import { useQuery } from '@tanstack/react-query';
import { queryClient, queryFor } from './queries.ts';
import { isLive } from './target.ts';

export const useGoldenVersions = ({ enabled = true } = {}) =>
  useQuery({ ...queryFor('golden.list', {}), enabled });

/** The shipped version, the current version, and how live compares to it. Not available in a sandbox. */
export const useGoldenStatus = () => useQuery({ ...queryFor('golden.status', {}), enabled: isLive() });

export async function refreshGolden(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['golden'] });
}
