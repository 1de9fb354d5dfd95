import { useTranslation } from 'react-i18next';
import type { SheetChoices } from '#shared/contract/sheets.ts';
import { daySigns } from '#shared/domain/days.ts';
import { say } from '../../../i18n/setup.ts';
import { joined } from '../../../text/names.ts';
import { CorrectionLines, keptCorrections, valueCorrection } from './Corrections.tsx';
import type { Correction } from './Corrections.tsx';
import { orderSaid, withOrder, withoutDays } from './choices.ts';
import type { Table } from './state.ts';
import { fieldWord } from './words.ts';

/** What stands under one heading, each to be taken back. */
function Corrections({ title, all }: { title: string; all: readonly Correction[] }) {
  if (all.length === 0) return null;
  return (
    <div className="mended">
      <h3>{title}</h3>
      <CorrectionLines all={all} />
    </div>
  );
}

/** What was said of the days of a column: that they are none, or which figure is the day in each way of writing. */
function dateCorrections({ dates }: SheetChoices, at: number, column: string): Correction[] {
  if (dates[at] === 'none') {
    const back = (now: SheetChoices) => withoutDays(now, at, false);
    return [{ key: `dates ${at}`, text: say('sheets:mended.none', { column }), back }];
  }
  return daySigns.flatMap((sign) => {
    const order = orderSaid(dates, at, sign);
    const back = (now: SheetChoices) => withOrder(now, at, sign, null);
    return order === null
      ? []
      : [{ key: `dates ${at}${sign}`, text: say(`sheets:mended.${order}`, { column, sign }), back }];
  });
}

/** Everything that the person mended, each to be taken back. What was read last time stands above the columns. */
export function Mended({ table }: { table: Table }) {
  const { t } = useTranslation('sheets');
  const { choices, view, recalled } = table;
  const before = new Set(recalled);
  const nameOf = (column: number): string => view.columns[column]?.name ?? '';
  const { kept, others } = keptCorrections(
    choices.values.filter((rule) => !before.has(rule)),
    table,
  );
  const corrections: Correction[] = [
    ...others.map((rule) => valueCorrection(rule, table)),
    ...kept,
    ...choices.cells.map((cell): Correction => {
      const { line, column, value } = cell;
      const back = (now: SheetChoices) => ({ ...now, cells: now.cells.filter((one) => one !== cell) });
      const text =
        value === ''
          ? t('mended.cellEmpty', { line, column: nameOf(column) })
          : t('mended.cell', { line, column: nameOf(column), becomes: value });
      return { key: `cell ${line} ${column}`, text, back };
    }),
    ...Object.keys(choices.dates).flatMap((column) =>
      dateCorrections(choices, Number(column), nameOf(Number(column))),
    ),
    ...Object.entries(choices.missing).map(([field, what]): Correction => {
      const word = fieldWord(field);
      const back = (now: SheetChoices) => {
        const { [field]: _, ...missing } = now.missing;
        return { ...now, missing };
      };
      const capital = word.charAt(0).toUpperCase() + word.slice(1);
      const text =
        what === 'create'
          ? t('mended.missingCreate', { field: word })
          : t('mended.missingEmpty', { field: capital });
      return { key: `missing ${field}`, text, back };
    }),
    ...(choices.skip.length === 0
      ? []
      : [
          {
            key: 'skip',
            text: t('mended.skip', {
              count: choices.skip.length,
              lines: joined(choices.skip.slice(0, 10).map(String)),
            }),
            back: (now: SheetChoices) => ({ ...now, skip: [] }),
          },
        ]),
  ];
  return <Corrections title={t('mended.title', { count: corrections.length })} all={corrections} />;
}
