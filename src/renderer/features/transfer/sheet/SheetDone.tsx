import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import { openTab } from '../../../stores/address.ts';
import { counted } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { Assurances, ImportEnd } from '../import/ImportEnd.tsx';
import { importSum } from '../import/plan.ts';
import { Left, writtenList } from './Left.tsx';
import type { SheetResult, Table } from './state.ts';
import { fieldsInRows, leftEmpty } from './words.ts';

interface Props {
  table: Table;
  result: SheetResult;
}

function Brought({ table, result }: Props) {
  const { t } = useTranslation('sheets');
  const counts = importSum(result);
  const { type: first } = table.choices;
  const types = entityTypes
    .filter((type) => (counts[tableOf[type]] ?? 0) > 0)
    .toSorted((a, b) => Number(b === first) - Number(a === first));
  return (
    <ul className="import-links">
      {types.map((type, index) => {
        const Icon = iconOf[type];
        const count = counts[tableOf[type]] ?? 0;
        const what = counted(type, count);
        return (
          <li key={type}>
            <Icon size={17} stroke={1.6} />
            <span className="num">{what}</span>
            <Button
              size="xs"
              variant={index === 0 ? 'filled' : 'default'}
              onClick={() => openTab(writtenList(type, result.started_at))}
            >
              {t('done.show', { what, count })}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** That something of the file is not in its field, before anything says that all is well. */
function NotAll({ table }: { table: Table }) {
  const { t } = useTranslation('sheets');
  const empty = leftEmpty(table.preview?.problems ?? []);
  if (empty.size === 0) return null;
  return (
    <p className="sheet-notice">
      <IconAlertTriangle size={17} stroke={1.7} className="state-warn" aria-hidden />
      {t('done.notAll', { what: fieldsInRows(empty) })}
    </p>
  );
}

/** What a table brought, where it is now, what is still to mend, and the way back. */
export function SheetDone({ table, result }: Props) {
  const { t } = useTranslation('sheets');
  const skipped = result.skipped > 0 ? t('done.skipped', { count: result.skipped }) : '';
  return (
    <ImportEnd name={table.file.name} result={result} more={skipped} className="sheet">
      <NotAll table={table} />
      <Brought table={table} result={result} />
      <Left table={table} result={result} />
      <Assurances result={result} />
    </ImportEnd>
  );
}
