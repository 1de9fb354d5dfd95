import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dayOrders, figuresOf, readDay } from '#shared/domain/days.ts';
import type { DayOrder } from '#shared/domain/days.ts';
import { dayShown } from '../../../text/formats.ts';
import { chosenDayOrder, withOrder, withoutDays } from './choices.ts';
import { decide } from './run.ts';
import type { ToolProps } from './MendTools.tsx';

/**
 * Which figure is the day, wherever days of a column are written so: each order with what a value becomes by it and how many it reads, where
 * these are not all; or that all are as they stand.
 */
export function MendDates({ problem, column, table }: ToolProps) {
  const { t } = useTranslation('sheets');
  const sign = figuresOf(problem.value)?.sign;
  if (sign === undefined) return null;
  const all = Math.max(problem.count, ...problem.suggestions.map(({ rows }) => rows ?? 0));
  const asSaid = (
    order: DayOrder,
    { value, rows = all }: { value: string; rows?: number | undefined },
  ): string => {
    const day = dayBy(order, value);
    const plain = t(`mend.${order}`, { value, day: dayShown(day) });
    const way = rows < all ? t('mend.reads', { way: plain, count: rows, all }) : plain;
    if (chosenDayOrder(table.lastDates, column, sign) === order) return t('mend.lastTime', { way });
    return day === problem.becomes ? t('mend.asNow', { way }) : way;
  };
  return (
    <>
      {problem.suggestions.map(({ value, label, rows }) => {
        const order = dayOrders.find((one) => one === value);
        return (
          order && (
            <Button
              key={order}
              size="xs"
              {...(dayBy(order, label) === problem.becomes
                ? { variant: 'light', leftSection: <IconCheck size={14} stroke={2} /> }
                : { variant: 'default' })}
              onClick={() => decide((now) => withOrder(now, column, sign, order))}
            >
              {asSaid(order, { value: label, rows })}
            </Button>
          )
        );
      })}
      <NoDates column={column} table={table} />
    </>
  );
}

/** What a value is by an order, or '' where it is no day by it. */
const dayBy = (order: DayOrder, value: string): string => readDay(value)?.[order] ?? '';

/** That a column holds no days after all: its values are as they stand. */
export function NoDates({ column, table }: Pick<ToolProps, 'column' | 'table'>) {
  const { t } = useTranslation('sheets');
  const name = table.view.columns[column]?.name ?? '';
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      onClick={() => decide((now) => withoutDays(now, column, true))}
    >
      {t('mend.noDates', { column: name })}
    </Button>
  );
}

const example = '2020-03-02';

/** What is read as a date, and what comes of saying that a column holds none. */
export function DateHelp({ column, table }: Pick<ToolProps, 'column' | 'table'>) {
  const { t } = useTranslation('sheets');
  const shown = dayShown(example);
  const way = shown === example ? example : t('mend.dateWays', { shown, iso: example });
  return (
    <p className="dim mend-help">
      {t('mend.dateHelp', { way, column: table.view.columns[column]?.name ?? '' })}
    </p>
  );
}
