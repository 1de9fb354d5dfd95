import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { AuditChange } from '#shared/contract/history.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';

/** Changes that are read at a time. */
const pageSize = 50;

interface Page {
  rows: readonly AuditChange[];
}

export interface ChangesOf {
  at: (row: number) => AuditChange | undefined;
  error: unknown;
  retry: () => void;
}

/** The changes of a transaction as a window on them: those of an import may be very many. */
export function useChanges(id: number, first: number, last: number): ChangesOf {
  const client = useQueryClient();
  const from = Math.floor(Math.max(0, first - 5) / pageSize);
  const to = Math.floor((last + 5) / pageSize);
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: keys.changes(id, page),
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> =>
        api.history.changes({ id, own_first: true, offset: page * pageSize, limit: pageSize }, { signal }),
    })),
  });
  // Every page's data is read here, so that its coming draws the rows.
  const loaded = new Map(results.map(({ data }, index) => [from + index, data]));
  return {
    at: (row) => loaded.get(Math.floor(row / pageSize))?.rows[row % pageSize],
    error: results.find((result) => result.error && !result.data)?.error ?? null,
    retry: () => void client.refetchQueries({ queryKey: keys.history }),
  };
}
