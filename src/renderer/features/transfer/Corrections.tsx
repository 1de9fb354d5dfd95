import { isReferring } from '#shared/domain/references.ts';
import type { SheetChoices, SheetPreview, ValueRule } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { choiceName } from '../../text/names.ts';
import { ActionLine } from '../../ui/ActionLine.tsx';
import { RecordName } from '../../ui/RecordName.tsx';
import { withoutColumn } from './choices.ts';
import { decideSheet } from './run.ts';
import type { Table } from './state.ts';
import styles from './sheet.module.css';

interface Correction {
  text: string;
  record?: string;
  back: (now: SheetChoices) => SheetChoices;
}

/** All corrections of values and rows, also those remembered from an earlier table. */
export function correctionsOf(
  { choices, view }: Table,
  preview: Pick<SheetPreview, 'values_used'>,
): Correction[] {
  const { type, columns, values, cells, dates, skip } = choices;
  const nameOf = (column: number): string => view.columns[column]?.name ?? '';
  const isName = (column: number): boolean => {
    const target = columns[column];
    const field = target?.to === 'field' ? fieldOf(type, target.field) : undefined;
    return field !== undefined && isReferring(field);
  };
  const without = (some: readonly ValueRule[]) => (now: SheetChoices) => ({
    ...now,
    values: now.values.filter((one) => !some.includes(one)),
  });
  // A remembered rule may concern values that this table does not have.
  const used = new Set(preview.values_used.map(({ column, value }) => `${column} ${value}`));
  const kept = new Map<number, ValueRule[]>();
  const corrections: Correction[] = [];
  for (const rule of values) {
    const { column, value, becomes, create } = rule;
    if (!used.has(`${column} ${value}`)) continue;
    if (create && becomes === value) kept.set(column, [...(kept.get(column) ?? []), rule]);
    else {
      const pointed = isName(column) && !create && becomes !== '';
      const values = { column: nameOf(column), value, becomes: pointed ? '' : choiceName(becomes) };
      const text = say(
        pointed
          ? 'sheets:correction.record'
          : becomes === ''
            ? 'sheets:correction.empty'
            : 'sheets:correction.value',
        values,
      );
      corrections.push({ text, back: without([rule]), ...(pointed ? { record: becomes } : {}) });
    }
  }
  for (const [column, rules] of kept) {
    const values = { count: rules.length, column: nameOf(column), value: rules[0]?.value ?? '' };
    const text = say(isName(column) ? 'sheets:correction.created' : 'sheets:correction.kept', values);
    corrections.push({ text, back: without(rules) });
  }
  for (const cell of cells) {
    const { line, column, value } = cell;
    const text = say('sheets:correction.cell', { line, column: nameOf(column), becomes: value });
    corrections.push({ text, back: (now) => ({ ...now, cells: now.cells.filter((one) => one !== cell) }) });
  }
  for (const column of Object.keys(dates).map(Number)) {
    const text = say('sheets:correction.dates', { column: nameOf(column) });
    corrections.push({ text, back: (now) => ({ ...now, dates: withoutColumn(now.dates, column) }) });
  }
  if (skip.length > 0) {
    const text = say('sheets:correction.skip', { count: skip.length, lines: skip.slice(0, 10).join(', ') });
    corrections.push({ text, back: (now) => ({ ...now, skip: [] }) });
  }
  return corrections;
}

export function Corrections({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  const all = correctionsOf(table, preview);
  if (all.length === 0) return null;
  return (
    <div className={`mt-16 ${styles.mended}`}>
      <h3 className="tiny medium dim">{t('correction.title', { count: all.length })}</h3>
      <ul>
        {all.map(({ text, record, back }) => (
          <ActionLine
            key={`${text} ${record}`}
            text={text}
            action={t('common:undo')}
            onAction={() => decideSheet(back)}
            quiet
          >
            {record !== undefined && (
              <>
                {' '}
                <RecordName id={record} withUniversity />
              </>
            )}
          </ActionLine>
        ))}
      </ul>
    </div>
  );
}
