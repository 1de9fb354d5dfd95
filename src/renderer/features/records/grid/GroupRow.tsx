/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Summary } from '#shared/contract/bulk.ts';
import { TabContext } from '../../../stores/tabs/store.ts';
import { numberText } from '../../../text/values.ts';
import type { GroupLine } from '../data/rows.ts';
import type { FilterField } from '../filters/model.ts';
import type { PlacedColumn } from '../place.ts';
import { cellId } from './GridRow.tsx';
import { GroupValue } from './GroupValue.tsx';
import { SummaryValue } from './SummaryValue.tsx';

interface Props {
  group: GroupLine;
  field: FilterField;
  row: number;
  top: number;
  columns: readonly PlacedColumn[];
  summaries: readonly Summary[];
  /** The column of the cursor when it is on this line, else -1. */
  at: number;
}

/** The line above a group: its value, how many there are, what they come to; it closes and opens the group. */
function Row({ group, field, row, top, columns, summaries, at }: Props) {
  const { t } = useTranslation('grid');
  const tab = useContext(TabContext);
  const Sign = group.closed ? IconChevronRight : IconChevronDown;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-level={1}
      aria-expanded={!group.closed}
      className={`grid-row group-row${at >= 0 ? ' row-at' : ''}`}
      data-row={row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" aria-colindex={1} className="grid-cell grid-check" aria-label={t('group.fold')}>
        <Sign size={16} stroke={1.8} aria-hidden />
      </div>
      {columns.map((column, index) => {
        const place = summaries.findIndex((summary) => summary.field === column.key);
        const summary = summaries[place];
        return (
          <div
            key={column.key}
            id={cellId(tab, row, index)}
            role="gridcell"
            aria-colindex={index + 2}
            className={`grid-cell${index === 0 ? ' group-name' : ''}${column.end ? ' cell-end num' : ''}${index === at ? ' cell-at' : ''}${column.pin === null ? '' : ' cell-pinned'}`}
            style={{ width: column.size, ...(column.pin === null ? {} : { left: column.pin }) }}
          >
            {index === 0 && (
              <span className="group-label">
                <GroupValue group={group} field={field} />
                <span className="group-count num">{numberText(group.count)}</span>
              </span>
            )}
            {index > 0 && summary && (
              <SummaryValue
                of={summary.of}
                value={group.summaries[place] ?? null}
                unit={column.field?.unit}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

export const GroupRow = memo(Row);
