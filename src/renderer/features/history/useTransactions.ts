import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import type { HistoryQuery } from './query.ts';

/** Transactions that are read at a time. */
const pageSize = 100;

interface Page {
  rows: readonly AuditTransaction[];
  total: number;
}

/** How a page of the history is read. */
function pageOptions(query: HistoryQuery, page: number) {
  return {
    queryKey: keys.transactions(query, page),
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> =>
      api.history.list({ ...query, offset: page * pageSize, limit: pageSize }, { signal }),
  };
}

/** The first page. While other filters are on their way, what those before found stays. */
export function useFirstPage(query: HistoryQuery) {
  return useQuery({ ...pageOptions(query, 0), placeholderData: keepPreviousData });
}

export interface Transactions {
  /** The transaction of a row, or undefined while it is on its way. */
  at: (row: number) => AuditTransaction | undefined;
  /** The same, read when it is not there yet. */
  read: (row: number) => Promise<AuditTransaction | undefined>;
}

function pagesOf(first: number, last: number): number[] {
  const from = Math.max(0, Math.floor((first - 20) / pageSize));
  const to = Math.max(from, Math.floor((last + 20) / pageSize));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What was done, newest first, as a window on it: only the pages near rows `first` to `last` are read. */
export function useTransactions(query: HistoryQuery, first: number, last: number): Transactions {
  const client = useQueryClient();
  const { data: head } = useFirstPage(query);
  const pages = pagesOf(first, last);
  const results = useQueries({ queries: pages.map((page) => pageOptions(query, page)) });
  const loaded = new Map(results.map(({ data }, index) => [pages[index], data]));
  const pageOf = (row: number): number => Math.floor(row / pageSize);
  return {
    at: (row) => (loaded.get(pageOf(row)) ?? (pageOf(row) === 0 ? head : undefined))?.rows[row % pageSize],
    read: async (row) => (await client.fetchQuery(pageOptions(query, pageOf(row)))).rows[row % pageSize],
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
