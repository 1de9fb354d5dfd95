import { useState, useRef } from 'react';
import type { CompareView, MomentsView } from '#shared/address/view.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useStatus } from '../../../stores/view-status.ts';
import { shownText } from './summary.ts';
import { useComparison } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';
import { useIsLarge, useSearch } from './useSearch.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { navigate } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';

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
