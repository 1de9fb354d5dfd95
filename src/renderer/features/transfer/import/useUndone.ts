import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { nextQuery } from '../../../stores/own-steps.ts';

/** Whether a change has been undone since, and whether redo would bring just that one back. */
export function useUndone(opId: string): { undone: boolean; redoable: boolean } {
  const { data } = useQuery({
    queryKey: keys.transaction(opId),
    queryFn: async ({ signal }) =>
      (await api.history.list({ op_id: opId, limit: 1 }, { signal })).rows[0] ?? null,
    enabled: opId !== '',
  });
  const { data: state } = useQuery(nextQuery);
  return { undone: data?.undone === true, redoable: state?.redo?.op_id === opId };
}
