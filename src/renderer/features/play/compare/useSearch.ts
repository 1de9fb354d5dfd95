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

interface Search<Row> {
  text: string;
  key: QueryKey;
  /** The revision of the compared data; undefined until known, without results. */
  at: readonly unknown[] | undefined;
  read: (tell: (progress: Progress) => void, signal: AbortSignal) => Promise<readonly Row[]>;
}

/** The differences with a text in a name, kind or value; null without a text. */
export function useSearch<Row extends Difference>({ text, key, at, read }: Search<Row>) {
  const folded = fold(text.trim());
  const language = useLanguage();
  const notation = formats();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...key, 'said', at, language, notation],
    queryFn: async ({ signal }) => {
      setProgress(null);
      return describeDifferences(await read(setProgress, signal));
    },
    enabled: folded !== '' && at !== undefined,
    gcTime: 0,
  });
  const [more, setMore] = useState({ folded, pages: 1 });
  const found = useMemo(
    () => (data ?? []).filter(({ words }) => words.includes(folded)).map(({ row }) => row),
    [data, folded],
  );
  const titles = useMemo(() => new Map((data ?? []).map(({ row }) => [row.id, row.title])), [data]);
  if (folded === '') return null;
  const pages = more.folded === folded ? more.pages : 1;
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
    fetchNextPage: () => setMore({ folded, pages: pages + 1 }),
  };
}
