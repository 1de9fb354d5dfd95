import type { AuditAction, AuditTransaction } from '#shared/contract/history.ts';
import type { HistoryView } from '#shared/address/view.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import { localDay } from '../../text/local-day.ts';
import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { api } from '../../api/client.ts';
import { queryFor, queryKeys } from '../../stores/queries.ts';

export type HistoryQuery = Omit<Parameters<typeof api.history.list>[0], 'op_id' | 'offset' | 'limit'>;

export const auditActions: readonly AuditAction[] = ['create', 'update', 'delete', 'restore'];

/** The start or end of a local day as an ISO time; undefined if the text is no day. */
export function edgeOfDay(day: string, edge: 'start' | 'end'): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const time = new Date(`${day}T${edge === 'start' ? '00:00:00.000' : '23:59:59.999'}`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

export function daysBefore(now: Date, days: number): string {
  return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

/** The query of a history address; unknown types and actions and invalid days are ignored. */
export function queryOf(view: HistoryView): HistoryQuery {
  const type = auditedTypes.find((candidate) => candidate === view.type);
  const action = auditActions.find((candidate) => candidate === view.action);
  const from = edgeOfDay(view.from, 'start');
  const until = edgeOfDay(view.until, 'end');
  return {
    ...(view.actor === '' ? {} : { actor: view.actor }),
    ...(type === undefined ? {} : { type }),
    ...(action === undefined ? {} : { action }),
    ...(view.university === '' ? {} : { university_id: view.university }),
    ...(view.record === '' ? {} : { entity_id: view.record, with_links: true }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

export function isFiltered(query: HistoryQuery): boolean {
  return Object.keys(query).length > 0;
}

export const noFilters = { actor: '', type: '', action: '', university: '', record: '', from: '', until: '' };

const pageSize = 100;

const pageQuery = (query: HistoryQuery, page: number) =>
  queryFor(
    'history.list',
    { ...query, offset: page * pageSize, limit: pageSize },
    queryKeys.transactions(query, page),
  );

/** The first page. While new filters load, the previous result stays. */
export function useFirstPage(query: HistoryQuery) {
  return useQuery({ ...pageQuery(query, 0), placeholderData: keepPreviousData });
}

export interface TransactionRows {
  /** The transaction of a row, or undefined while loading. */
  at: (row: number) => AuditTransaction | undefined;
  read: (row: number) => Promise<AuditTransaction | undefined>;
}

/** Rows loaded above and below the visible ones. */
const preloadedRows = 20;

function pagesOf(firstRow: number, lastRow: number): number[] {
  const from = Math.max(0, Math.floor((firstRow - preloadedRows) / pageSize));
  const to = Math.max(from, Math.floor((lastRow + preloadedRows) / pageSize));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The transactions, newest first; loads only the pages near rows `firstRow` to `lastRow`. */
export function useTransactions(query: HistoryQuery, firstRow: number, lastRow: number): TransactionRows {
  const client = useQueryClient();
  const { data: firstPage } = useFirstPage(query);
  const pages = pagesOf(firstRow, lastRow);
  const results = useQueries({ queries: pages.map((page) => pageQuery(query, page)) });
  const loadedPages = new Map(results.map(({ data }, index) => [pages[index], data]));
  const pageOf = (row: number): number => Math.floor(row / pageSize);
  return {
    at: (row) =>
      (loadedPages.get(pageOf(row)) ?? (pageOf(row) === 0 ? firstPage : undefined))?.rows[row % pageSize],
    read: async (row) => (await client.fetchQuery(pageQuery(query, pageOf(row)))).rows[row % pageSize],
  };
}
