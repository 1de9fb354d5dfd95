import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetChoices, SheetPreview, ValueRule } from '#shared/contract/sheets.ts';
import { daySigns } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName, joined } from '../../../text/names.ts';
import { ActionLine } from '../../../ui/ActionLine.tsx';
import { RecordName } from '../../../ui/RecordName.tsx';
import { chosenDayOrder, withOrder, withoutDays } from './choices.ts';
import { decide } from './run.ts';
import type { Table } from './state.ts';
import { fieldWord } from './words.ts';

/** Something that was decided about a table, in words, and how it is taken back. */
export interface Correction {
  key: string;
  text: string;
  /** The record that a name was pointed to. */
  record?: string;
  back: (now: SheetChoices) => SheetChoices;
}

/** What a choice about a value says. */
export function valueCorrection(rule: ValueRule, { choices, view }: Table): Correction {
  const { column: at, value, becomes, create } = rule;
  const target = choices.columns[at];
  const kind = target?.to === 'field' ? fieldOf(choices.type, target.field)?.kind : undefined;
  const column = view.columns[at]?.name ?? '';
  const back = (now: SheetChoices) => ({ ...now, values: now.values.filter((one) => one !== rule) });
  const made = { key: `value ${at} ${value}`, back };
  if (create && becomes === value && kind === 'reference')
    return { ...made, text: say('sheets:mended.create', { value }) };
  if (becomes === '') return { ...made, text: say('sheets:mended.empty', { column, value }) };
  if (kind === 'reference' && !create)
    return { ...made, text: say('sheets:mended.record', { column, value }), record: becomes };
  return { ...made, text: say('sheets:mended.value', { column, value, becomes: choiceName(becomes) }) };
}

/** Values of a column that were said to be right as they stand, as one. */
export function keptCorrections(
  values: readonly ValueRule[],
  { choices, view }: Table,
): { kept: readonly Correction[]; others: readonly ValueRule[] } {
  const isKept = ({ column: at, value, becomes, create }: ValueRule): boolean => {
    const target = choices.columns[at];
    const field = target?.to === 'field' ? fieldOf(choices.type, target.field) : undefined;
    return create && becomes === value && field?.kind !== 'reference';
  };
  const columns = new Map<number, ValueRule[]>();
  for (const rule of values) {
    if (isKept(rule)) columns.set(rule.column, [...(columns.get(rule.column) ?? []), rule]);
  }
  const kept = [...columns].map(([at, rules]) => ({
    key: `kept ${at}`,
    text: say('sheets:mended.kept', {
      count: rules.length,
      column: view.columns[at]?.name ?? '',
      value: rules[0]?.value ?? '',
    }),
    back: (now: SheetChoices) => ({ ...now, values: now.values.filter((one) => !rules.includes(one)) }),
  }));
  return { kept, others: values.filter((rule) => !isKept(rule)) };
}

/** What was decided, one to a line, each to be taken back. */
export function CorrectionLines({ all }: { all: readonly Correction[] }) {
  const { t } = useTranslation('sheets');
  return (
    <ul>
      {all.map(({ key, text, record, back }) => (
        <ActionLine key={key} text={text} deed={t('mended.back')} onDeed={() => decide(back)} quiet>
          {record !== undefined && (
            <>
              {' '}
              <RecordName id={record} />
            </>
          )}
        </ActionLine>
      ))}
    </ul>
  );
}

/** So many are shownAtOnce at once; the others on demand. */
const shownAtOnce = 4;

/** The choices about values that come from the last time and that this table has a value for. */
export function readAsLastTime({ choices, recalled }: Table, preview: SheetPreview): readonly ValueRule[] {
  const used = new Set(preview.values_used.map(({ column, value }) => `${column} ${value}`));
  const before = new Set(recalled);
  return choices.values.filter((rule) => before.has(rule) && used.has(`${rule.column} ${rule.value}`));
}

/** What is decided as it was for an earlier table with these headings, before anything else: nobody said it of this one. */
export function LastTime({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTranslation('sheets');
  const [open, setOpen] = useState(false);
  const rules = readAsLastTime(table, preview);
  if (rules.length === 0) return null;
  const rest = rules.length - shownAtOnce;
  return (
    <div className="mended last-time">
      <h3>{t('mended.lastTime', { count: rules.length })}</h3>
      <CorrectionLines
        all={(open || rest <= 1 ? rules : rules.slice(0, shownAtOnce)).map((rule) =>
          valueCorrection(rule, table),
        )}
      />
      {rest > 1 && (
        <button type="button" className="problem-group" aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronRight size={15} stroke={1.8} className={open ? 'turned' : ''} />
          {t('mended.lastTimeMore', { count: rest })}
        </button>
      )}
    </div>
  );
}

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
    const order = chosenDayOrder(dates, at, sign);
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
