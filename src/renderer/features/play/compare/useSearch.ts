import { foldText } from '#shared/domain/fold.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useLanguage } from '../../../i18n/setup.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { useFormats } from '../../../text/formats.ts';
import { describeDifferences } from './describe.ts';
import { pageSize, readAll } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';

/** With more differences only names are searched, which avoids loading them all. */
const maxSearchedRows = 10_000;

/** Reports whether there are too many differences to search more than names; reports nothing until the number is known. */
export function useIsLarge(
  counts: Readonly<Record<string, number>> | undefined,
  onChange: (isLarge: boolean) => void,
): void {
  const total = counts && sumOf(counts);
  useEffect(() => {
    if (total !== undefined) onChange(total > maxSearchedRows);
  }, [total, onChange]);
}

/** The differences with a text in a name, kind or value; null without a text. Waits for `comparison`, which has the compared states. */
export function useSearch(query: ComparisonQuery, text: string, comparison: Comparison | undefined) {
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
