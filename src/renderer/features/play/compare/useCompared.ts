import { useState } from 'react';
import type { CompareView, MomentsView } from '#shared/address/view.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useStatus } from '../../../stores/shown.ts';
import { shownOf } from './summary.ts';
import { useComparison } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';
import { useNarrowing } from './useNarrowing.ts';
import { useMuch, useSearch } from './useSearch.ts';

/** The comparison that a view shows, with its filters, search field and status. */
export function useCompared<View extends CompareView | MomentsView>(
  view: View,
  asked: Omit<ComparisonQuery, 'text'>,
  onlyNames = false,
) {
  const { typed, text, scroller, narrow } = useNarrowing(view);
  const [much, setMuch] = useState(false);
  const byName = much || onlyNames;
  const query = { ...asked, text: byName ? text : '' };
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
