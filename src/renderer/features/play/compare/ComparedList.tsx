import './compare.css';
import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { useScrollRestore } from '../../../stores/tabs/scroll.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import type { TableProps } from './DifferenceTable.tsx';
import type { Compared } from './useCompared.ts';

type ShownComparison = Pick<Compared, 'listed' | 'isPending' | 'progress' | 'text' | 'byName'>;

interface WhenComparedProps {
  compared: ShownComparison;
  /** Shown if nothing differs. */
  emptyText: string;
  children: ReactNode;
}

/** The differences once they are loaded; until then the progress. */
export function WhenCompared({ compared, emptyText, children }: WhenComparedProps) {
  const { t } = useTexts('compare');
  const { listed, isPending, progress, text, byName } = compared;
  if (isPending)
    return (
      <div className="px-12 py-24 compare-coming">
        <ProgressLine progress={progress} label={t('comparing')} />
      </div>
    );
  if (listed.rows.length > 0) return children;
  const noMatchText = t(byName ? 'nothing' : 'nothingSaid', { text });
  return <EmptyState icon={IconArrowsDiff} text={text === '' ? emptyText : noMatchText} />;
}

interface ListProps extends Omit<TableProps, 'rows' | 'known'> {
  compared: Pick<Compared, 'listed' | 'scroller'>;
}

/** A scrolling table of differences with a button for the next page. Remembers its scroll position. */
export function ComparedList({ compared: { listed, scroller }, ...table }: ListProps) {
  const { t } = useTexts('compare');
  useScrollRestore(scroller, true);
  // Without checkboxes nothing in the list is focusable, so the list itself takes the focus to be scrolled by keys.
  const takesFocus = table.picking?.choosing !== true;
  return (
    <section
      ref={scroller}
      className="fill scroll relative compare-scroll"
      aria-label={t('sync:list.differences')}
      {...(takesFocus ? { tabIndex: 0 } : {})}
    >
      <DifferenceTable {...table} rows={listed.rows} known={'titles' in listed ? listed.titles : undefined} />
      {listed.hasNextPage && (
        <Button
          className="compare-more"
          variant="default"
          loading={listed.isFetchingNextPage}
          onClick={() => void listed.fetchNextPage()}
        >
          {t('more', { count: listed.matched - listed.rows.length })}
        </Button>
      )}
    </section>
  );
}
