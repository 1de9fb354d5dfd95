import './compare.css';
import { Button, Checkbox } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { useScrollRestore } from '../../../stores/tabs/scroll.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import type { Compared } from './useCompared.ts';
import type { Difference } from '#shared/contract/compare.ts';
import { distinctionsOf } from '../../../text/distinctions.ts';
import { isLeftOut, noPicking } from './choices.ts';
import type { Picking } from './choices.ts';
import { DifferenceRows } from './DifferenceRows.tsx';
import { allSides } from './summary.ts';
import type { Side } from './summary.ts';
import type { FindOpening } from './openings.ts';

type ShownComparison = Pick<Compared, 'listed' | 'isPending' | 'progress' | 'text' | 'isNameSearch'>;

interface WhenComparedProps {
  compared: ShownComparison;
  emptyText: string;
  children: ReactNode;
}

/** The differences once they are loaded; until then the progress. */
export function WhenCompared({ compared, emptyText, children }: WhenComparedProps) {
  const { t } = useTexts('compare');
  const { listed, isPending, progress, text, isNameSearch } = compared;
  if (isPending)
    return (
      <div className="px-12 py-24 compare-coming">
        <ProgressLine progress={progress} label={t('comparing')} />
      </div>
    );
  if (listed.rows.length > 0) return children;
  const noMatchText = t(isNameSearch ? 'nothing' : 'nothingSaid', { text });
  return <EmptyState icon={IconArrowsDiff} text={text === '' ? emptyText : noMatchText} />;
}

interface ListProps extends Omit<TableProps, 'rows' | 'allTitles'> {
  compared: Pick<Compared, 'listed' | 'scroller'>;
}

/** A scrolling table of differences with a button for the next page. Remembers its scroll position. */
export function ComparedList({ compared: { listed, scroller }, ...table }: ListProps) {
  const { t } = useTexts('compare');
  useScrollRestore(scroller, true);
  // Without checkboxes nothing in the list is focusable, so the list itself takes the focus to be scrolled by keys.
  const takesFocus = table.picking?.canSelect !== true;
  return (
    <section
      ref={scroller}
      className="fill scroll relative compare-scroll"
      aria-label={t('sync:list.differences')}
      {...(takesFocus ? { tabIndex: 0 } : {})}
    >
      <DifferenceTable
        {...table}
        rows={listed.rows}
        allTitles={'titles' in listed ? listed.titles : undefined}
      />
      {listed.hasNextPage && (
        <Button
          className="compare-more"
          loading={listed.isFetchingNextPage}
          onClick={() => void listed.fetchNextPage()}
        >
          {t('more', { count: listed.matched - listed.rows.length })}
        </Button>
      )}
    </section>
  );
}

interface TableProps {
  rows: readonly Difference[];
  /** Titles of all differing records by id; by default only the titles of `rows`. */
  allTitles?: ReadonlyMap<string, string> | undefined;
  picking?: Picking;
  /** Selects all or none, including those on further pages. */
  onPickAll?: (isSelected: boolean) => void;
  findOpening: FindOpening;
  /** The compared sides and their headings; by default the three of live and a sandbox. */
  columns?: Partial<Record<Side, string>>;
}

/** Differing records with their values at the base, in live and in the sandbox, or on the sides named by `columns`. */
function DifferenceTable({
  rows,
  allTitles,
  picking = noPicking,
  onPickAll,
  findOpening,
  columns,
}: TableProps) {
  const { choices, canSelect } = picking;
  const { t } = useTexts('compare');
  const sides = allSides.filter((side) => !columns || columns[side] !== undefined);
  const titles = allTitles ?? new Map(rows.map(({ id, title }) => [id, title]));
  const distinctions = distinctionsOf(rows);
  const includedCount = rows.filter((row) => !isLeftOut(choices, row)).length;
  const isAllIncluded = rows.every((row) => !isLeftOut(choices, row));
  return (
    <table className="small full compare-table">
      <thead>
        <tr>
          {canSelect && (
            <th className="compare-pick">
              <Checkbox
                aria-label={t('pickAll')}
                checked={isAllIncluded}
                indeterminate={!isAllIncluded && includedCount > 0}
                onChange={() => onPickAll?.(!isAllIncluded)}
              />
            </th>
          )}
          <th className="compare-head-record">{t('whatif:form.choose.end')}</th>
          <th className="compare-head-field">{t('column.field')}</th>
          {sides.map((side) => (
            <th key={side}>{columns?.[side] ?? t(`column.${side}`)}</th>
          ))}
        </tr>
      </thead>
      {rows.map((row) => (
        <DifferenceRows
          key={`${row.type} ${row.id}`}
          {...{ row, picking, titles, distinctions, sides, findOpening }}
        />
      ))}
    </table>
  );
}
