import './compare.css';
import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useKeptScroll } from '../../../stores/tabs/scroll.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';

interface ComingProps {
  isPending: boolean;
  progress: Progress | null;
  /** Shown while loading. */
  comparing: string;
  rows: readonly unknown[];
  /** Shown if nothing differs. */
  none: string;
  children: ReactNode;
}

/** The differences once loaded, until then the progress. */
export function WhenCompared({ isPending, progress, comparing, rows, none, children }: ComingProps) {
  if (isPending)
    return (
      <div className="px-12 py-24 compare-coming">
        <ProgressLine progress={progress} label={comparing} />
      </div>
    );
  return rows.length === 0 ? <EmptyState icon={IconArrowsDiff} text={none} /> : children;
}

interface ListProps {
  label: string;
  /** Focusable itself, since nothing in it is, so that keys scroll it. */
  takesFocus: boolean;
  scroller: RefObject<HTMLElement | null>;
  /** Records on further pages. */
  left: number;
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  children: ReactNode;
}

/** A scrolling table of differences with a button for the next page. Remembers its scroll position. */
export function ComparedList({ label, takesFocus, scroller, left, pages, children }: ListProps) {
  const { t } = useTexts('compare');
  useKeptScroll(scroller, true);
  return (
    <section
      ref={scroller}
      className="fill scroll relative compare-scroll"
      aria-label={label}
      {...(takesFocus ? { tabIndex: 0 } : {})}
    >
      {children}
      {pages.hasNextPage && (
        <Button
          className="compare-more"
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('more', { count: left })}
        </Button>
      )}
    </section>
  );
}
