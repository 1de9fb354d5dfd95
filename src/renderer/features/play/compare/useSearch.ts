import { fold } from '#shared/domain/fold.ts';
import { useQuery } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Difference } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useLanguage } from '../../../i18n/setup.ts';
import { formats } from '../../../text/formats.ts';
import { describeDifferences } from './describe.ts';
import { PAGE } from './usePages.ts';

/** Of more differences than these only names are looked through, which need not all be read for that. */
const most = 10_000;

/** Says whether so much differs, whatever is looked for, that it is not all read to be looked through; nothing until that is known. */
export function useMuch(
  counts: Readonly<Record<string, number>> | undefined,
  say: (much: boolean) => void,
): void {
  const all = counts && sumOf(counts);
  useEffect(() => {
    if (all !== undefined) say(all > most);
  }, [all, say]);
}

interface Search<Row> {
  /** What is looked for; nothing is with ''. */
  text: string;
  key: QueryKey;
  /** How far what is compared has gone, so that it is looked through as it is now; undefined, and nothing answered, until that is known. */
  at: readonly unknown[] | undefined;
  read: (tell: (progress: Progress) => void, signal: AbortSignal) => Promise<readonly Row[]>;
}

/** The differences that say a text, in a name, a kind or a value, as far as they are shown; null where nothing is looked for. */
export function useSearch<Row extends Difference>({ text, key, at, read }: Search<Row>) {
  const wanted = fold(text.trim());
  const language = useLanguage();
  const notation = formats();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...key, 'said', at, language, notation],
    queryFn: async ({ signal }) => {
      setProgress(null);
      return describeDifferences(await read(setProgress, signal));
    },
    enabled: wanted !== '' && at !== undefined,
    gcTime: 0,
  });
  const [more, setMore] = useState({ wanted, pages: 1 });
  const found = useMemo(
    () => (data ?? []).filter(({ words }) => words.includes(wanted)).map(({ row }) => row),
    [data, wanted],
  );
  const titles = useMemo(() => new Map((data ?? []).map(({ row }) => [row.id, row.title])), [data]);
  if (wanted === '') return null;
  const pages = more.wanted === wanted ? more.pages : 1;
  return {
    all: found,
    titles,
    rows: found.slice(0, pages * PAGE),
    matched: found.length,
    error,
    isPending,
    progress,
    refetch,
    hasNextPage: found.length > pages * PAGE,
    isFetchingNextPage: false,
    fetchNextPage: () => setMore({ wanted, pages: pages + 1 }),
  };
}
