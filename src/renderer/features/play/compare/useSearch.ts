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
import { PAGE, readAll } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';

/** With more differences only names are searched, which avoids loading them all. */
const most = 10_000;

/** Notes that only names are searched; nothing until the number is known. */
export function useMuch(
  counts: Readonly<Record<string, number>> | undefined,
  say: (much: boolean) => void,
): void {
  const all = counts && sumOf(counts);
  useEffect(() => {
    if (all !== undefined) say(all > most);
  }, [all, say]);
}

/** The differences with a text in a name, kind or value; null without a text. Waits until `found` tells the compared states. */
export function useSearch(query: ComparisonQuery, text: string, found: Comparison | undefined) {
  const folded = foldText(text.trim());
  const at = found && [found.from.head.hash, found.to.head.hash];
  const language = useLanguage();
  const notation = useFormats();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...queryKeys.compared(query.to, query), 'said', at, language, notation],
    queryFn: async ({ signal }) => {
      setProgress(null);
      return describeDifferences(await readAll(query, { onProgress: setProgress, signal }));
    },
    enabled: folded !== '' && at !== undefined,
    gcTime: 0,
  });
  const [more, setMore] = useState({ folded, pages: 1 });
  const matching = useMemo(
    () => (data ?? []).filter(({ words }) => words.includes(folded)).map(({ row }) => row),
    [data, folded],
  );
  const titles = useMemo(() => new Map((data ?? []).map(({ row }) => [row.id, row.title])), [data]);
  if (folded === '') return null;
  const pages = more.folded === folded ? more.pages : 1;
  return {
    all: matching,
    titles,
    rows: matching.slice(0, pages * PAGE),
    matched: matching.length,
    error,
    isPending,
    progress,
    refetch,
    hasNextPage: matching.length > pages * PAGE,
    isFetchingNextPage: false,
    fetchNextPage: () => setMore({ folded, pages: pages + 1 }),
  };
}
