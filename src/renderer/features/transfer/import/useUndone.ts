import { useQuery } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';

/** What an import wrote into the history, as far as it is read, and whether it has been undone since. */
export function useUndone(opId: string): { transaction: AuditTransaction | null; undone: boolean } {
  const { data = null } = useQuery({
    queryKey: keys.transaction(opId),
    queryFn: async ({ signal }) =>
      (await api.history.list({ op_id: opId, limit: 1 }, { signal })).rows[0] ?? null,
    enabled: opId !== '',
  });
  return { transaction: data, undone: data?.undone === true };
}
