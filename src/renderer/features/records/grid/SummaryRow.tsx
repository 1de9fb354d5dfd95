/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { Menu } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Summary } from '#shared/contract/bulk.ts';
import { summaryKinds } from '../../../stores/list-layout.ts';
import type { ListLayout, SummaryKind } from '../../../stores/list-layout.ts';
import type { PlacedColumn } from '../place.ts';
import { canSum, summaryOf } from '../summaries.ts';
import { SummaryValue } from './SummaryValue.tsx';

interface Props {
  columns: readonly PlacedColumn[];
  layout: ListLayout;
  summaries: readonly Summary[];
  /** In the order of `summaries`; null while they are on their way. */
  values: readonly (number | null)[] | null;
  /** The number of the row, counted from the header's 1. */
  index: number;
  /** "1,000 of 5,200 groups": what else is to be said at the foot, or ''. */
  note: string;
  onChoose: (key: string, kind: SummaryKind) => void;
}

/** The line at the foot: what the columns of numbers come to; a click chooses what that is. */
function Row({ columns, layout, summaries, values, index, note, onChoose }: Props) {
  const { t } = useTranslation('grid');
  return (
    <div role="row" aria-rowindex={index} className="grid-foot">
      <div role="presentation" className="foot-cell grid-check" />
      {columns.map((column, place) => {
        const at = summaries.findIndex(({ field }) => field === column.key);
        const summary = summaries[at];
        const kind = summaryOf(column, layout);
        return (
          <div
            key={column.key}
            role="gridcell"
            aria-colindex={place + 2}
            className={`foot-cell${column.end ? ' cell-end num' : ''}${column.pin === null ? '' : ' cell-pinned'}`}
            style={{ width: column.size, ...(column.pin === null ? {} : { left: column.pin }) }}
          >
            {place === 0 && <span className="foot-note">{note === '' ? t('summary.foot') : note}</span>}
            {place > 0 && canSum(column) && (
              <Menu position="top-end" width={168} returnFocus>
                <Menu.Target>
                  <button
                    type="button"
                    className="foot-button"
                    title={t('summary.choose', { field: column.label, kind: t(`summary.${kind}`) })}
                  >
                    {summary ? (
                      <SummaryValue of={summary.of} value={values?.[at] ?? null} unit={column.field?.unit} />
                    ) : (
                      <span className="foot-add" aria-hidden>
                        Σ
                      </span>
                    )}
                    <span className="unseen">
                      {t('summary.choose', { field: column.label, kind: t(`summary.${kind}`) })}
                    </span>
                  </button>
                </Menu.Target>
                <Menu.Dropdown>
                  {summaryKinds.map((one) => (
                    <Menu.RadioItem
                      key={one}
                      value={one}
                      closeMenuOnClick
                      checked={one === kind}
                      onChange={() => onChoose(column.key, one)}
                    >
                      {t(`summary.${one}`)}
                    </Menu.RadioItem>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        );
      })}
    </div>
  );
}

export const SummaryRow = memo(Row);
