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

export function columnTitle(by: Order['by']): string {
  if (by === 'name') return typeName('university');
  return isTypeColumn(by) ? typeNames(columnTypes[by]) : say(`dashboard:column.${by}`);
}

const isTypeColumn = (by: ColumnKey): by is keyof typeof columnTypes => Object.hasOwn(columnTypes, by);

function HeadCell({
  by,
  order,
  onOrder,
}: {
  by: Order['by'];
  order: Order;
  onOrder: (order: Order) => void;
}) {
  const { t } = useTexts('dashboard');
  const isCurrent = order.by === by;
  const Arrow = order.descending ? IconChevronDown : IconChevronUp;
  const button = (
    <button
      type="button"
      className={by === 'name' ? '' : styles.explained}
      onClick={() => onOrder({ by, descending: isCurrent ? !order.descending : by !== 'name' })}
    >
      {columnTitle(by)}
      {isCurrent && <Arrow size={13} stroke={2} aria-hidden />}
    </button>
  );
  return (
    <th
      scope="col"
      className={by === 'name' ? '' : 'num'}
      aria-sort={isCurrent ? (order.descending ? 'descending' : 'ascending') : undefined}
    >
      {by === 'name' ? (
        button
      ) : (
        <Tooltip
          label={t(`explained.${by}`)}
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

function Cells({ counts }: { counts: UniversityCounts }) {
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
            {(['name', ...columnKeys] as const).map((by) => (
              <HeadCell key={by} by={by} order={order} onOrder={onOrder} />
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
              <Cells counts={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('records:field.is_collaborative')}</th>
            <Cells counts={shared} />
          </tr>
          <tr className={styles.total}>
            <th scope="row">{t('dashboard:total')}</th>
            <Cells counts={total} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
