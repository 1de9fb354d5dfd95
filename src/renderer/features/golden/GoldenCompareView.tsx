import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoldenCompareView as Address } from '#shared/address/view.ts';
import type { GoldenDifferences } from '#shared/contract/golden.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { useView } from '../../stores/address.ts';
import { keys } from '../../stores/queries.ts';
import { useStatus } from '../../stores/shown.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import '../play/compare/compare.css';
import { DifferenceTable } from './DifferenceTable.tsx';
import { useWhyNotGolden } from './may.ts';
import { resetToGolden } from './reset.tsx';
import './golden.css';

/** Records that are read, and drawn, at a time. */
const PAGE = 200;

/** Nothing in the list takes the focus: it does itself, so that keys scroll it. */
const scrolled = { tabIndex: 0 };

const allOf = ({ counts }: GoldenDifferences): number => sumOf(counts);

/** What differs, a page after the other; read anew with every change of the records. */
function useDifferences(version: number) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const query = useInfiniteQuery({
    queryKey: keys.goldenDiff(version, 'page'),
    queryFn: ({ signal, pageParam: offset }) =>
      follow(api.golden.diff({ version, offset, limit: PAGE }, { signal }), setProgress, signal),
    initialPageParam: 0,
    getNextPageParam: (last: GoldenDifferences, pages) =>
      pages.length * PAGE < allOf(last) ? pages.length * PAGE : undefined,
    refetchOnMount: 'always',
  });
  const pages = query.data?.pages ?? [];
  return { ...query, progress, found: pages[0], rows: pages.flatMap((page) => page.rows) };
}

/** What is different in live, beside a golden version: what resetting to it would take back. */
export default function GoldenCompareView() {
  const { version } = useView() as Address;
  return <Compared key={version} version={version} />;
}

function Reset({ version }: { version: number }) {
  const { t } = useTranslation('golden');
  const why = useWhyNotGolden();
  return (
    <Button
      variant="default"
      disabled={why !== null}
      title={why ?? undefined}
      onClick={() => resetToGolden(version)}
    >
      {t('diff.reset')}
    </Button>
  );
}

function Compared({ version }: { version: number }) {
  const { t } = useTranslation(['golden', 'compare']);
  const { found, rows, error, isPending, progress, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useDifferences(version);
  const title = t('diff.title', { version });
  const all = found ? allOf(found) : 0;
  useStatus(found ? t('diff.shown', { count: all }) : '');
  if (error)
    return (
      <>
        <ViewHeader title={title} />
        <ErrorState error={error} onRetry={() => void refetch()} />
      </>
    );
  return (
    <>
      <ViewHeader title={title} actions={found && <Reset version={version} />} />
      {isPending ? (
        <div className="compare-coming">
          <ProgressLine progress={progress} label={t('diff.comparing')} />
        </div>
      ) : rows.length === 0 ? (
        <EmptyState icon={IconArrowsDiff} text={t('diff.none', { version })} />
      ) : (
        <>
          {found && <p className="compare-footing">{t('diff.sums', found.counts)}</p>}
          <section className="compare-scroll" aria-label={t('diff.list')} {...scrolled}>
            <DifferenceTable rows={rows} version={version} />
            {hasNextPage && (
              <Button
                className="compare-more"
                variant="default"
                loading={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {t('compare:more', { count: all - rows.length })}
              </Button>
            )}
          </section>
        </>
      )}
    </>
  );
}
