import { Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Comparison, UniversityCounts, UniversityRow } from '#shared/contract/dashboards.ts';
import { dashboardOf } from '#shared/address/view.ts';
import { navigate } from '../../stores/address.ts';
import { typeName, typeNames } from '../../text/names.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { columnKeys, dashboardColumns } from './columns.ts';
import type { ColumnKey, Order } from './columns.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import styles from './dashboard.module.css';

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
