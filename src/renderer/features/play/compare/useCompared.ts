import { useState, useRef, useEffect, useMemo } from 'react';
import type { CompareView, MomentsView } from '#shared/address/view.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useStatus } from '../../../stores/view-status.ts';
import { shownText } from './summary.ts';
import { useComparison, pageSize, readAll } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { navigate } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { foldText } from '#shared/domain/fold.ts';
import { useQuery } from '@tanstack/react-query';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { useLanguage } from '../../../i18n/setup.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { useFormats } from '../../../text/formats.ts';
import { describeDifferences } from './describe.ts';

/** The comparison that a view shows, with its filters, search field and status. */
export function useCompared<View extends CompareView | MomentsView>(
  view: View,
  request: Omit<ComparisonQuery, 'text'>,
  onlyNames = false,
) {
  const { typed, text, scroller, narrow } = useFilters(view);
  const [isLarge, setLarge] = useState(false);
  const byName = isLarge || onlyNames;
  const query = { ...request, text: byName ? text : '' };
  const pages = useComparison(query);
  const { first: comparison } = pages;
  useIsLarge(comparison?.counts, setLarge);
  const searchResult = useSearch(query, byName ? '' : text, comparison);
  const listed = searchResult ?? { ...pages, matched: comparison?.matched ?? 0 };
  const errorSource = pages.error ? pages : listed;
  const { isPending } = listed;
  const total = comparison ? sumOf(comparison.counts) - (comparison.counts.same ?? 0) : 0;
  useStatus(comparison && !errorSource.error && !isPending ? shownText(listed.matched, total) : '');
  const { progress } = comparison ? listed : pages;
  return {
    query,
    pages,
    comparison,
    listed,
    isPending,
    progress,
    typed,
    text,
    byName,
    scroller,
    narrow,
    error: errorSource.error,
    refetch: () => void errorSource.refetch(),
  };
}
export type Compared = Omit<ReturnType<typeof useCompared>, 'narrow'>;

/** Milliseconds after the last key before searching. */
const debounceMs = 150;

/**
 * The comparison's filters, kept in its address: `typed` immediately, `text` after a pause. A changed filter scrolls `scroller` to the top.
 */
function useFilters<View extends CompareView | MomentsView>(view: View) {
  const tab = useTabId();
  const typed = view.search ?? '';
  const [text] = useDebouncedValue(typed, debounceMs);
  const scroller = useRef<HTMLElement>(null);
  const narrow = (part: Partial<Omit<View, 'kind'>>): void => {
    scroller.current?.scrollTo({ top: 0 });
    navigate({ ...view, ...part }, { replace: true, tab });
  };
  return { typed, text, scroller, narrow };
}

/** With more differences only names are searched, which avoids loading them all. */
const maxSearchedRows = 10_000;

/** Reports whether there are too many differences to search more than names; reports nothing until the number is known. */
function useIsLarge(
  counts: Readonly<Record<string, number>> | undefined,
  onChange: (isLarge: boolean) => void,
): void {
  const total = counts && sumOf(counts);
  useEffect(() => {
    if (total !== undefined) onChange(total > maxSearchedRows);
  }, [total, onChange]);
}

/** The differences with a text in a name, kind or value; null without a text. Waits for `comparison`, which has the compared states. */
function useSearch(query: ComparisonQuery, text: string, comparison: Comparison | undefined) {
  const folded = foldText(text.trim());
  const heads = comparison && [comparison.from.head.hash, comparison.to.head.hash];
  const language = useLanguage();
  const formats = useFormats();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...queryKeys.comparison(query.to, query), 'said', heads, language, formats],
    queryFn: async ({ signal }) => {
      setProgress(null);
      return describeDifferences(await readAll(query, { onProgress: setProgress, signal }));
    },
    enabled: folded !== '' && heads !== undefined,
    gcTime: 0,
  });
  const [expanded, setExpanded] = useState({ folded, pages: 1 });
  const matches = useMemo(
    () => (data ?? []).filter(({ words }) => words.includes(folded)).map(({ row }) => row),
    [data, folded],
  );
  const titles = useMemo(() => new Map((data ?? []).map(({ row }) => [row.id, row.title])), [data]);
  if (folded === '') return null;
  const pages = expanded.folded === folded ? expanded.pages : 1;
  return {
    all: matches,
    titles,
    rows: matches.slice(0, pages * pageSize),
    matched: matches.length,
    error,
    isPending,
    progress,
    refetch,
    hasNextPage: matches.length > pages * pageSize,
    isFetchingNextPage: false,
    fetchNextPage: () => setExpanded({ folded, pages: pages + 1 }),
  };
}
