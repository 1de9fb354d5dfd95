import type { SideAction } from '#shared/contract/compare.ts';
import type { At } from '#shared/contract/moments.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { keys } from '../../../stores/queries.ts';
import { PAGE, usePages } from '../../play/compare/usePages.ts';

export interface DifferenceQuery {
  from: string;
  to: string;
  actions: SideAction[];
  text: string;
}

/** In an address, a transaction's number is a point in time. */
const momentOf = (text: string): At => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : text);

type ReportProgress = (progress: Progress) => void;

interface Part {
  offset: number;
  limit: number;
}

const readPage = (
  { from, to, actions, text }: DifferenceQuery,
  part: Part,
  tell: ReportProgress,
  signal: AbortSignal,
) => {
  const asked = { from: momentOf(from), to: momentOf(to), actions, text, ...part };
  return follow(api.moments.differences(asked, { signal }), tell, signal);
};

type Page = Awaited<ReturnType<typeof readPage>>;

const MOST = 1000;

/** All matching records, including unread pages. */
export async function readAll(
  asked: DifferenceQuery,
  tell: ReportProgress,
  signal: AbortSignal,
): Promise<Page['rows']> {
  const rows: Page['rows'] = [];
  for (;;) {
    const page = await readPage(asked, { offset: rows.length, limit: MOST }, tell, signal);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matched) return rows;
  }
}

/** Pages of the differences between two points in time. Reloads on return: live changes while a point in time is open. */
export function useDifferences(asked: DifferenceQuery) {
  return usePages<Page['rows'][number], Page>({
    key: keys.pastCompared(asked),
    read: (offset, tell, signal) => readPage(asked, { offset, limit: PAGE }, tell, signal),
    totalOf: ({ matched }) => matched,
    onFocus: true,
  });
}
