import { isReferenceKind } from '#shared/domain/references.ts';
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
  undo: (now: SheetChoices) => SheetChoices;
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
    return field !== undefined && isReferenceKind(field);
  };
  const withoutRules = (rules: readonly ValueRule[]) => (now: SheetChoices) => ({
    ...now,
    values: now.values.filter((one) => !rules.includes(one)),
  });
  // A remembered rule can concern values that this table does not have.
  const usedValues = new Set(preview.values_used.map(({ column, value }) => `${column} ${value}`));
  const keptRules = new Map<number, ValueRule[]>();
  const corrections: Correction[] = [];
  for (const rule of values) {
    const { column, value, becomes, create } = rule;
    if (!usedValues.has(`${column} ${value}`)) continue;
    if (create && becomes === value) keptRules.set(column, [...(keptRules.get(column) ?? []), rule]);
    else {
      const isRecord = isName(column) && !create && becomes !== '';
      const values = { column: nameOf(column), value, becomes: isRecord ? '' : choiceName(becomes) };
      const text = say(
        isRecord
          ? 'sheets:correction.record'
          : becomes === ''
            ? 'sheets:correction.empty'
            : 'sheets:correction.value',
        values,
      );
      corrections.push({ text, undo: withoutRules([rule]), ...(isRecord ? { record: becomes } : {}) });
    }
  }
  for (const [column, rules] of keptRules) {
    const values = { count: rules.length, column: nameOf(column), value: rules[0]?.value ?? '' };
    const text = say(isName(column) ? 'sheets:correction.created' : 'sheets:correction.kept', values);
    corrections.push({ text, undo: withoutRules(rules) });
  }
  for (const cell of cells) {
    const { line, column, value } = cell;
    const text = say('sheets:correction.cell', { line, column: nameOf(column), becomes: value });
    corrections.push({ text, undo: (now) => ({ ...now, cells: now.cells.filter((one) => one !== cell) }) });
  }
  for (const column of Object.keys(dates).map(Number)) {
    const text = say('sheets:correction.dates', { column: nameOf(column) });
    corrections.push({ text, undo: (now) => ({ ...now, dates: withoutColumn(now.dates, column) }) });
  }
  if (skip.length > 0) {
    const text = say('sheets:correction.skip', { count: skip.length, lines: skip.slice(0, 10).join(', ') });
    corrections.push({ text, undo: (now) => ({ ...now, skip: [] }) });
  }
  return corrections;
}

export function Corrections({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  const corrections = correctionsOf(table, preview);
  if (corrections.length === 0) return null;
  return (
    <div className={`mt-16 ${styles.mended}`}>
      <h3 className="tiny medium dim">{t('correction.title', { count: corrections.length })}</h3>
      <ul>
        {corrections.map(({ text, record, undo }) => (
          <ActionLine
            key={`${text} ${record}`}
            text={text}
            action={t('common:undo')}
            onAction={() => decideSheet(undo)}
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
