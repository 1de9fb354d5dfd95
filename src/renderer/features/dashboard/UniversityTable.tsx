import { Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Comparison, UniversityCounts, UniversityRow } from '#shared/contract/dashboards.ts';
import { dashboardOf } from '#shared/address/view.ts';
import { navigate } from '../../stores/address.ts';
import { typeName, typeNames } from '../../text/names.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { say, useTexts } from '../../i18n/setup.ts';
import styles from './dashboard.module.css';
import { numberText } from '../../text/values.ts';
import { lossShare, partText, shareText, successCounts, successShare } from './figures.ts';

const columnTypes = {
  teams: 'team',
  faculty: 'faculty',
  projects: 'project',
  outcomes: 'outcome',
};

export function columnTitle(column: Order['column']): string {
  if (column === 'name') return typeName('university');
  return isTypeColumn(column) ? typeNames(columnTypes[column]) : say(`dashboard:column.${column}`);
}

const isTypeColumn = (column: ColumnKey): column is keyof typeof columnTypes =>
  Object.hasOwn(columnTypes, column);

function HeadCell({
  column,
  order,
  onOrder,
}: {
  column: Order['column'];
  order: Order;
  onOrder: (order: Order) => void;
}) {
  const { t } = useTexts('dashboard');
  const isCurrent = order.column === column;
  const Arrow = order.descending ? IconChevronDown : IconChevronUp;
  const button = (
    <button
      type="button"
      className={column === 'name' ? '' : styles.explained}
      onClick={() => onOrder({ column, descending: isCurrent ? !order.descending : column !== 'name' })}
    >
      {columnTitle(column)}
      {isCurrent && <Arrow size={13} stroke={2} aria-hidden />}
    </button>
  );
  return (
    <th
      scope="col"
      className={column === 'name' ? '' : 'num'}
      aria-sort={isCurrent ? (order.descending ? 'descending' : 'ascending') : undefined}
    >
      {column === 'name' ? (
        button
      ) : (
        <Tooltip
          label={t(`explained.${column}`)}
          multiline
          w={260}
          events={{ hover: true, focus: true, touch: true }}
        >
          {button}
        </Tooltip>
      )}
    </th>
  );
}

const unknownReasons: Partial<Record<ColumnKey, 'noLosses' | 'noLinks' | 'noMembers' | 'noOutcomes'>> = {
  loss: 'noLosses',
  undocumented: 'noLinks',
  gaps: 'noMembers',
  outcomes: 'noOutcomes',
};

function CountCells({ counts }: { counts: UniversityCounts }) {
  const { t } = useTexts('dashboard');
  return columnKeys.map((key) => {
    const reason = dashboardColumns[key].value(counts) === null ? unknownReasons[key] : undefined;
    return (
      <td key={key} className="num" title={reason && t(`unknown.${reason}`)}>
        {dashboardColumns[key].text(counts)}
      </td>
    );
  });
}

interface Props {
  comparison: Comparison;
  rows: readonly UniversityRow[];
  order: Order;
  onOrder: (order: Order) => void;
}

/** The counts of each university, with links to their dashboards. The foot has shared records and the total. */
export function UniversityTable({ comparison: { shared, total }, rows, order, onOrder }: Props) {
  const { t } = useTexts('dashboard');
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling section must be reachable by keyboard */
    <section className="scroll-x" aria-label={t('commands:view.dashboard')} tabIndex={0}>
      <table className={`small full ${styles.table}`}>
        <thead>
          <tr>
            {(['name', ...columnKeys] as const).map((column) => (
              <HeadCell key={column} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <LinkButton onClick={() => navigate(dashboardOf(row.id))}>{row.name}</LinkButton>
                {row.is_lead && <span className="dim"> · {t('dashboard:lead')}</span>}
              </th>
              <CountCells counts={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('records:field.is_collaborative')}</th>
            <CountCells counts={shared} />
          </tr>
          <tr className={styles.total}>
            <th scope="row">{t('dashboard:total')}</th>
            <CountCells counts={total} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

export const columnKeys = [
  'teams',
  'faculty',
  'students',
  'projects',
  'within',
  'across',
  'shared',
  'loss',
  'undocumented',
  'leaving',
  'gaps',
  'outcomes',
] as const;
type ColumnKey = (typeof columnKeys)[number];

interface Column {
  text: (counts: UniversityCounts) => string;
  /** The sort value; null if unknown. */
  value: (counts: UniversityCounts) => number | null;
}

const countColumn = (valueOf: (counts: UniversityCounts) => number): Column => ({
  value: valueOf,
  text: (counts) => numberText(valueOf(counts)),
});
const shareColumn = (valueOf: Column['value']): Column => ({
  value: valueOf,
  text: (counts) => shareText(valueOf(counts)),
});

export const dashboardColumns: Readonly<Record<ColumnKey, Column>> = {
  teams: countColumn(({ teams }) => teams),
  faculty: countColumn(({ faculty }) => faculty),
  students: countColumn(({ students }) => students),
  projects: countColumn(({ projects }) => projects),
  within: countColumn(({ links }) => links.within),
  across: countColumn(({ links }) => links.across),
  shared: countColumn(({ links }) => links.shared),
  loss: shareColumn(lossShare),
  undocumented: shareColumn(({ undocumented }) => undocumented),
  leaving: countColumn(({ leaving }) => leaving),
  gaps: {
    value: ({ cohorts }) => (cohorts.judged === 0 ? null : cohorts.gaps / cohorts.judged),
    text: ({ cohorts }) => partText(cohorts.gaps, cohorts.judged),
  },
  outcomes: {
    value: ({ outcomes }) => successShare(outcomes),
    text: ({ outcomes }) => {
      const { succeeded, recorded } = successCounts(outcomes);
      return partText(succeeded, recorded);
    },
  },
};

export interface Order {
  column: ColumnKey | 'name';
  descending: boolean;
}

/** Sorts by a column, unknown values last. `rows` must be sorted by name. */
export function sortRows(rows: readonly UniversityRow[], { column, descending }: Order): UniversityRow[] {
  if (column === 'name') return descending ? rows.toReversed() : [...rows];
  const { value: valueOf } = dashboardColumns[column];
  return rows.toSorted((a, b) => {
    const [valueA, valueB] = [valueOf(a), valueOf(b)];
    if (valueA === null || valueB === null) return Number(valueA === null) - Number(valueB === null);
    return descending ? valueB - valueA : valueA - valueB;
  });
}
