import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { SheetProblem, SheetType } from '#shared/contract/sheets.ts';
import { figuresOf } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { ownFieldKey } from '#shared/domain/own-fields.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { openTab } from '../../../stores/address.ts';
import { counted } from '../../../text/names.ts';
import { ActionLine } from '../../../ui/ActionLine.tsx';
import { iconOf } from '../../../ui/icons.ts';
import { Assurances, ImportEnd } from '../import/ImportEnd.tsx';
import { importSum } from '../import/plan.ts';
import type { SheetResult, Table } from './state.ts';
import { fieldWord, fieldsInRows, leftEmpty } from './words.ts';

/** Something that came in and is worth a look, with the records it is about. */
export interface LeftLine {
  text: string;
  view: ListView;
}

/** The list of what the import wrote, and nothing else, with what else it is narrowed to. */
export function writtenList(type: EntityType, since: string, filters: readonly Filter[] = []): ListView {
  return { ...listOf(type), filters: [...filters, { field: 'updated_at', op: 'gte', value: since }] };
}

/** What of an import is worth a look, each line with the list of its records. */
export function leftOf(problems: readonly SheetProblem[], type: SheetType, since: string): LeftLine[] {
  return [
    ...problems.flatMap((problem): LeftLine[] => {
      const { field, value, came } = problem;
      const list = came > 0 && field !== null ? listOfProblem(problem, type, since) : null;
      const text = say('sheets:done.leftKept', { value, field: fieldWord(field), count: came });
      return list ? [{ text, view: list }] : [];
    }),
    ...[...leftEmpty(problems)].map(([field, count]): LeftLine => ({
      text: say('sheets:done.leftEmpty', { field: fieldWord(field), count }),
      view: writtenList(type, since, [{ field, op: 'empty' }]),
    })),
  ];
}

/** The records that a problem is about; null where there is nothing to look at. */
function listOfProblem(problem: SheetProblem, type: SheetType, since: string): ListView | null {
  const { action, code, field, value, held, suggestions } = problem;
  const key = field ?? '';
  const info = fieldOf(type, key);
  if (action === 'created' && code !== 'reference_created' && info?.to && info.to !== 'any') {
    const names = [value, ...suggestions.map(({ label }) => label)];
    return { ...listOf(info.to), filters: [{ field: 'name', op: 'in', value: names }] };
  }
  if (action !== 'kept' || held || code === 'unlikely_number') return null;
  const listed = info ? key : ownFieldKey(key);
  const sign = code === 'date_order' ? figuresOf(value)?.sign : undefined;
  if (sign !== undefined) return writtenList(type, since, [{ field: listed, op: 'contains', value: sign }]);
  const is = key === 'energy_loss' ? Number.parseFloat(value) : value;
  return writtenList(type, since, [{ field: listed, op: 'is', value: is }]);
}

/** So many are listed. */
const mostLines = 20;

/** What came in and is worth a look, each line leading to its records. */
export function Left({ table, result }: { table: Table; result: SheetResult }) {
  const { t } = useTranslation('sheets');
  const lines = leftOf(table.preview?.problems ?? [], table.choices.type, result.started_at);
  if (lines.length === 0) return null;
  const rest = lines.length - mostLines;
  return (
    <section aria-labelledby="sheet-left">
      <h2 id="sheet-left">{t('done.left')}</h2>
      <ul className="import-links import-left">
        {lines.slice(0, mostLines).map(({ text, view }) => (
          <ActionLine key={text} text={text} deed={t('done.showLeft')} onDeed={() => openTab(view)} />
        ))}
      </ul>
      {rest > 0 && <p className="dim">{t('done.leftMore', { count: rest })}</p>}
    </section>
  );
}

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
