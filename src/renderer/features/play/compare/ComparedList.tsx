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
  /** What is done while nothing is there yet. */
  comparing: string;
  rows: readonly unknown[];
  /** What is said where nothing differs. */
  none: string;
  children: ReactNode;
}

/** What is shown of differences once they are read; until then how far that is. */
export function WhenCompared({ isPending, progress, comparing, rows, none, children }: ComingProps) {
  if (isPending)
    return (
      <div className="compare-coming">
        <ProgressLine progress={progress} label={comparing} />
      </div>
    );
  return rows.length === 0 ? <EmptyState icon={IconArrowsDiff} text={none} /> : children;
}

interface ListProps {
  label: string;
  /** Nothing in it takes the focus: it does itself, so that keys scroll it. */
  takesFocus: boolean;
  scroller: RefObject<HTMLElement | null>;
  /** Records that are not read yet. */
  left: number;
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  children: ReactNode;
}

/** A table of differences that scrolls, with the way to the next page beneath it. Who comes back to it is as far down as before. */
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
