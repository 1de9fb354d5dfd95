/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { VisuallyHidden, Menu } from '@mantine/core';
import type { Summary } from '#shared/contract/bulk.ts';
import type { Field } from '#shared/domain/entities.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { numberText, valueText } from '../../../text/values.ts';
import { fieldName, displayTitle } from '../../../text/names.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { Loss } from '../../../ui/Loss.tsx';
import type { GroupLine } from '../data/rows.ts';
import { filterValueText } from '../filters/model.ts';
import type { FilterField } from '../filters/model.ts';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, useContext } from 'react';
import { TabContext } from '../../../stores/tabs/store.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { cellId, cellStyle } from './GridRow.tsx';
import { summaryKinds } from '../../../stores/list-layout.ts';
import type { ListLayout, SummaryKind } from '../../../stores/list-layout.ts';
import { canSummarize, summaryOf } from '../columns.ts';
import styles from './lines.module.css';

const summarySigns: Readonly<Record<Summary['of'], string>> = { sum: 'Σ', mean: '⌀', min: 'min', max: 'max' };

/** At most one decimal, which is enough for a mean. Of the units, only the percent sign has room. */
function summaryText(value: number | null, unit?: Field['unit']): string {
  if (value === null) return '–';
  const rounded = Math.round(value * 10) / 10;
  return unit === 'percent' ? valueText(rounded, { kind: 'number', unit }) : numberText(rounded);
}

interface Props {
  kind: Summary['of'];
  value: number | null;
  unit?: Field['unit'];
}

function SummaryValue({ kind, value, unit }: Props) {
  const { t } = useTexts('grid');
  const text = summaryText(value, unit);
  return (
    <span className="tiny dim summary" title={`${t(`summary.${kind}`)}: ${text}`}>
      <span className={styles.summarySign} aria-hidden>
        {summarySigns[kind]}
      </span>
      <VisuallyHidden component="span">{t(`summary.${kind}`)} </VisuallyHidden>
      {text}
    </span>
  );
}

export function GroupValue({ group, field }: { group: GroupLine; field: FilterField }) {
  const { t } = useTexts('grid');
  const { value, title } = group;
  // "No Terms left" would be read as zero.
  if (value === null || value === '')
    return (
      <span className="cell-quiet">
        {field.kind === 'number'
          ? t('grid:group.noNumber')
          : t('grid:group.none', { field: fieldName(field.key) })}
      </span>
    );
  const stage = field.list === 'lifecycle' ? stageOf(value) : undefined;
  if (stage) return <Lifecycle stage={stage} />;
  if (field.key === 'energy_loss') return <Loss value={value} />;
  if (field.kind === 'reference') {
    const isMissing = title === null;
    return <span>{isMissing ? `${t('faults:NOT_FOUND.title')}.` : displayTitle(title, field.to ?? '')}</span>;
  }
  const text = filterValueText(field, value);
  return (
    <span>
      {field.kind === 'boolean' ? t('grid:opShort.is', { field: fieldName(field.key), value: text }) : text}
    </span>
  );
}

interface GroupRowProps {
  group: GroupLine;
  field: FilterField;
  row: number;
  top: number;
  columns: readonly PlacedColumn[];
  summaries: readonly Summary[];
  /** The column of the cursor if it is on this line, else -1. */
  cursorColumn: number;
}

function Row({ group, field, row, top, columns, summaries, cursorColumn }: GroupRowProps) {
  const { t } = useTexts('grid');
  const tab = useContext(TabContext);
  const FoldIcon = group.isClosed ? IconChevronRight : IconChevronDown;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-level={1}
      aria-expanded={!group.isClosed}
      className={`on-bg absolute grid-row group-row${cursorColumn >= 0 ? ' row-at' : ''}`}
      data-row={row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" aria-colindex={1} className="grid-cell grid-check" aria-label={t('group.fold')}>
        <FoldIcon size={16} stroke={1.8} aria-hidden />
      </div>
      {columns.map((column, index) => {
        const summaryIndex = summaries.findIndex((summary) => summary.field === column.key);
        const summary = summaries[summaryIndex];
        return (
          <div
            key={column.key}
            id={cellId(tab, row, index)}
            role="gridcell"
            aria-colindex={index + 2}
            className={`grid-cell${index === 0 ? ` ${styles.name}` : ''}${column.isEndAligned ? ' cell-end num' : ''}${index === cursorColumn ? ' cell-at' : ''}${column.pin === null ? '' : ' cell-pinned'}`}
            style={cellStyle(column)}
          >
            {index === 0 && (
              <span className={styles.label}>
                <GroupValue group={group} field={field} />
                <span className={`tiny medium dim px-8 ${styles.count} num`}>{numberText(group.count)}</span>
              </span>
            )}
            {index > 0 && summary && (
              <SummaryValue
                kind={summary.of}
                value={group.summaries[summaryIndex] ?? null}
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

export function SummaryKindItems({
  kind,
  onChoose,
}: {
  kind: SummaryKind;
  onChoose: (kind: SummaryKind) => void;
}) {
  const { t } = useTexts('grid');
  return summaryKinds.map((option) => (
    <Menu.RadioItem
      key={option}
      value={option}
      closeMenuOnClick
      checked={option === kind}
      onChange={() => onChoose(option)}
    >
      {t(`summary.${option}`)}
    </Menu.RadioItem>
  ));
}

export interface ListFooter {
  /** In the order of the summaries; null while loading. */
  values: readonly (number | null)[] | null;
  /** A note such as "1,000 of 5,200 groups", or ''. */
  note: string;
}

interface SummaryRowProps extends ListFooter {
  columns: readonly PlacedColumn[];
  layout: ListLayout;
  summaries: readonly Summary[];
  index: number;
  onChoose: (key: string, kind: SummaryKind) => void;
}

function SummaryRowInner({ columns, layout, summaries, values, index, note, onChoose }: SummaryRowProps) {
  const { t } = useTexts('grid');
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={`flex rigid tiny line-above on-panel ${styles.gridFoot}`}
    >
      <div role="presentation" className="row rigid clip nowrap px-4 foot-cell grid-check" />
      {columns.map((column, columnIndex) => {
        const summaryIndex = summaries.findIndex(({ field }) => field === column.key);
        const summary = summaries[summaryIndex];
        const kind = summaryOf(column, layout);
        return (
          <div
            key={column.key}
            role="gridcell"
            aria-colindex={columnIndex + 2}
            className={`row rigid clip nowrap px-4 foot-cell${column.isEndAligned ? ' cell-end num' : ''}${column.pin === null ? '' : ' cell-pinned'}`}
            style={cellStyle(column)}
          >
            {columnIndex === 0 && (
              <span className="faint ps-8">{note === '' ? t('column.summary') : note}</span>
            )}
            {columnIndex > 0 && canSummarize(column) && (
              <Menu position="top-end" width={168} returnFocus>
                <Menu.Target>
                  <button
                    type="button"
                    className={`clip dim px-8 fits pointer ${styles.footButton}`}
                    title={t('summary.choose', { field: column.label, kind: t(`summary.${kind}`) })}
                  >
                    {summary ? (
                      <SummaryValue
                        kind={summary.of}
                        value={values?.[summaryIndex] ?? null}
                        unit={column.field?.unit}
                      />
                    ) : (
                      <span className={styles.footAdd} aria-hidden>
                        Σ
                      </span>
                    )}
                    <span className="unseen">
                      {t('summary.choose', { field: column.label, kind: t(`summary.${kind}`) })}
                    </span>
                  </button>
                </Menu.Target>
                <Menu.Dropdown>
                  <SummaryKindItems kind={kind} onChoose={(chosenKind) => onChoose(column.key, chosenKind)} />
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        );
      })}
    </div>
  );
}

export const SummaryRow = memo(SummaryRowInner);
