import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import type { HistoryQuery } from './query.ts';

/** Transactions that are read at a time. */
export const pageSize = 100;

interface Page {
  rows: readonly AuditTransaction[];
  total: number;
}

export interface Transactions {
  /** The transaction of a row, or undefined while it is on its way. */
  at: (row: number) => AuditTransaction | undefined;
  /** How many match; null until that is known. */
  total: number | null;
  error: unknown;
  retry: () => void;
}

function pagesOf(first: number, last: number): number[] {
  const from = Math.max(0, Math.floor((first - 20) / pageSize));
  const to = Math.max(from, Math.floor((last + 20) / pageSize));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What was done, newest first, as a window on it: only the pages near rows `first` to `last` are read. */
export function useTransactions(query: HistoryQuery, first: number, last: number): Transactions {
  const client = useQueryClient();
  const results = useQueries({
    queries: pagesOf(first, last).map((page) => ({
      queryKey: keys.transactions(query, page),
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> =>
        api.history.list({ ...query, offset: page * pageSize, limit: pageSize }, { signal }),
    })),
  });
  // While other filters are on their way, the rows of those before stay.
  const shown = useRef({ query, total: null as number | null });
  // Every page's data is read here, so that its coming draws the rows.
  const loaded = results.map(({ data }) => data).find((data) => data !== undefined);
  if (loaded) shown.current = { query, total: loaded.total };
  const source = shown.current;
  return {
    at: (row) =>
      client.getQueryData<Page>(keys.transactions(source.query, Math.floor(row / pageSize)))?.rows[
        row % pageSize
      ],
    total: source.total,
    error: loaded ? null : (results.find((result) => result.error)?.error ?? null),
    retry: () => void client.refetchQueries({ queryKey: keys.history }),
  };
}

/** The transaction of an op id; null when there is none. */
export function useTransaction(opId: string) {
  return useQuery({
    queryKey: keys.transaction(opId),
    queryFn: async ({ signal }) =>
      (await api.history.list({ op_id: opId, limit: 1 }, { signal })).rows[0] ?? null,
    placeholderData: keepPreviousData,
    enabled: opId !== '',
  });
}
