import { isReferenceKind } from '#shared/domain/references.ts';
import type { SheetChoices, SheetPreview, ValueRule } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { choiceName } from '../../text/names.ts';
import { ActionLine } from '../../ui/ActionLine.tsx';
import { RecordName } from '../../ui/RecordName.tsx';
import { withoutColumn } from './choices.ts';
import { changeChoices } from './run.ts';
import type { Table } from './state.ts';
import styles from './sheet.module.css';

interface Correction {
  text: string;
  record?: string;
  undo: (current: SheetChoices) => SheetChoices;
}

/** The corrections of values and rows that apply to this table, also those remembered from an earlier one. */
export function correctionsOf(
  { choices, view }: Table,
  preview: Pick<SheetPreview, 'values_used'>,
): Correction[] {
  const { type, columns, values, cells, dates, skip, separate_rows } = choices;
  const nameOf = (column: number): string => view.columns[column]?.name ?? '';
  const isReference = (column: number): boolean => {
    const target = columns[column];
    const field = target?.to === 'field' ? fieldOf(type, target.field) : undefined;
    return field !== undefined && isReferenceKind(field);
  };
  const withoutRules = (rules: readonly ValueRule[]) => (current: SheetChoices) => ({
    ...current,
    values: current.values.filter((rule) => !rules.includes(rule)),
  });
  // A remembered rule can concern values that this table does not have.
  const usedValues = new Set(preview.values_used.map(({ column, value }) => `${column} ${value}`));
  const creatingRules = new Map<number, ValueRule[]>();
  const corrections: Correction[] = [];
  for (const rule of values) {
    const { column, value, becomes, create } = rule;
    if (!usedValues.has(`${column} ${value}`)) continue;
    if (create && becomes === value) creatingRules.set(column, [...(creatingRules.get(column) ?? []), rule]);
    else {
      const isExistingRecord = isReference(column) && !create && becomes !== '';
      const params = { column: nameOf(column), value, becomes: isExistingRecord ? '' : choiceName(becomes) };
      const valueKey = becomes === '' ? 'sheets:correction.empty' : 'sheets:correction.value';
      const text = say(isExistingRecord ? 'sheets:correction.record' : valueKey, params);
      corrections.push({
        text,
        undo: withoutRules([rule]),
        ...(isExistingRecord ? { record: becomes } : {}),
      });
    }
  }
  for (const [column, rules] of creatingRules) {
    const params = { count: rules.length, column: nameOf(column), value: rules[0]?.value ?? '' };
    const text = say(isReference(column) ? 'sheets:correction.created' : 'sheets:correction.kept', params);
    corrections.push({ text, undo: withoutRules(rules) });
  }
  for (const cell of cells) {
    const { line, column, value } = cell;
    const text = say('sheets:correction.cell', { line, column: nameOf(column), becomes: value });
    corrections.push({
      text,
      undo: (current) => ({ ...current, cells: current.cells.filter((other) => other !== cell) }),
    });
  }
  for (const column of Object.keys(dates).map(Number)) {
    const text = say('sheets:correction.dates', { column: nameOf(column) });
    corrections.push({
      text,
      undo: (current) => ({ ...current, dates: withoutColumn(current.dates, column) }),
    });
  }
  if (skip.length > 0) {
    const text = say('sheets:correction.skip', { count: skip.length, lines: skip.slice(0, 10).join(', ') });
    corrections.push({ text, undo: (current) => ({ ...current, skip: [] }) });
  }
  if (separate_rows.length > 0) {
    const lines = separate_rows.slice(0, 10).join(', ');
    const text = say('sheets:correction.separate', { count: separate_rows.length, lines });
    corrections.push({ text, undo: (current) => ({ ...current, separate_rows: [] }) });
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
            onAction={() => changeChoices(undo)}
            isQuiet
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
