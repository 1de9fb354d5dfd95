import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SheetProblem } from '#shared/contract/sheets.ts';
import { withKept } from './choices.ts';
import { decide } from './run.ts';
import type { Table } from './state.ts';

/** From so many on they are offered to be kept all at once. */
const many = 2;

/** Words of a column that are on no list are often somebody's own list: one decision keeps them all, and what is wrong stands alone. */
export function KeepAll({ problems, table }: { problems: readonly SheetProblem[]; table: Table }) {
  const { t } = useTranslation('sheets');
  const columns = new Map<number, string[]>();
  for (const { code, column, value } of problems) {
    if (code === 'unknown_choice' && column !== null)
      columns.set(column, [...(columns.get(column) ?? []), value]);
  }
  return [...columns]
    .filter(([, values]) => values.length >= many)
    .map(([column, values]) => (
      <p key={column} className="mend-all">
        <span>
          {t('mend.ownWords', { count: values.length, column: table.view.columns[column]?.name ?? '' })}
        </span>
        <Button size="xs" variant="default" onClick={() => decide((now) => withKept(now, column, values))}>
          {t('mend.keepAll', { count: values.length })}
        </Button>
      </p>
    ));
}
