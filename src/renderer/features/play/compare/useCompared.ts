import { useState, useRef } from 'react';
import type { CompareView, MomentsView } from '#shared/address/view.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useStatus } from '../../../stores/shown.ts';
import { shownOf } from './summary.ts';
import { useComparison } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';
import { useMuch, useSearch } from './useSearch.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { navigate } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';

/** The comparison that a view shows, with its filters, search field and status. */
export function useCompared<View extends CompareView | MomentsView>(
  view: View,
  request: Omit<ComparisonQuery, 'text'>,
  onlyNames = false,
) {
  const { typed, text, scroller, narrow } = useNarrowing(view);
  const [much, setMuch] = useState(false);
  const byName = much || onlyNames;
  const query = { ...request, text: byName ? text : '' };
  const pages = useComparison(query);
  const { first: found } = pages;
  useMuch(found?.counts, setMuch);
  const searched = useSearch(query, byName ? '' : text, found);
  const listed = searched ?? { ...pages, matched: found?.matched ?? 0 };
  const failed = pages.error ? pages : listed;
  const { isPending } = listed;
  const all = found ? sumOf(found.counts) - (found.counts.same ?? 0) : 0;
  useStatus(found && !failed.error && !isPending ? shownOf(listed.matched, all) : '');
  const { progress } = found ? listed : pages;
  return {
    query,
    pages,
    found,
    listed,
    isPending,
    progress,
    typed,
    text,
    byName,
    scroller,
    narrow,
    error: failed.error,
    refetch: () => void failed.refetch(),
  };
}
export type Compared = Omit<ReturnType<typeof useCompared>, 'narrow'>;

/** Milliseconds after the last key before searching. */
const rest = 150;

/**
 * The comparison's filters, kept in its address: `typed` immediately, `text` after a pause. A changed filter scrolls `scroller` to the top.
 */
function useNarrowing<View extends CompareView | MomentsView>(view: View) {
  const tab = useTabId();
  const typed = view.search ?? '';
  const [text] = useDebouncedValue(typed, rest);
  const scroller = useRef<HTMLElement>(null);
  const narrow = (part: Partial<Omit<View, 'kind'>>): void => {
    scroller.current?.scrollTo({ top: 0 });
    navigate({ ...view, ...part }, { replace: true, tab });
  };
  return { typed, text, scroller, narrow };
}
