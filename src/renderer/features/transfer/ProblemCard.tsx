import { isReferenceKind, onlyTargetType, targetTypes } from '#shared/domain/references.ts';
import { foldText } from '#shared/domain/fold.ts';
import { Button, TextInput } from '@mantine/core';
import { nodeType } from '#shared/contract/network.ts';
import { useId, useState } from 'react';
import type { FormEvent, MouseEvent } from 'react';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { dayOrders, numericFormat, parseDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { valuesOf } from '#shared/domain/number-text.ts';
import { useTexts } from '../../i18n/setup.ts';
import { formatDay } from '../../text/formats.ts';
import { choiceName } from '../../text/names.ts';
import { choicesOf, matchingChoices } from '../records/form/ChoiceInput.tsx';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { PickInput } from '../records/form/PickInput.tsx';
import { withCell, withDayOrder, withSeparateRows, withValue, withSkippedLines } from './choices.ts';
import { changeChoices } from './run.ts';
import type { Table } from './state.ts';
import { ShareUnitChoice } from './ShareUnitChoice.tsx';
import { EndTypeSelect, RowTypeSelect } from './TypeSelects.tsx';
import { becomesText, problemText, locationText } from './sentences.ts';
import styles from './sheet.module.css';

const tones: Readonly<Record<SheetProblem['action'], string>> = {
  skipped: 'bad',
  empty: 'warn',
  kept: 'warn',
  converted: 'plain',
  created: 'plain',
};

type Code = SheetProblem['code'];

/** Problems whose value can be right. */
const keepableCodes: readonly Code[] = [
  'unknown_choice',
  'unlikely_number',
  'lost_letters',
  'reference_alike',
  'placeholder',
];
const creatableCodes: readonly Code[] = ['reference_missing', 'id_over_name', 'several_names'];
/** Whether the order of day and month is unclear; one problem then stands for all values of this format. */
const isDayOrder = (code: Code): boolean => code === 'date_order' || code === 'date_read';
/** Problems of rows, not of values. */
const rowProblems: readonly Code[] = [
  'repeated',
  'joined_row',
  'match_ambiguous',
  'total_row',
  'organisation_row',
  'section_row',
  'other_type',
  'unknown_type',
  'same_ends',
  'share_small',
];
/** Problems of an empty cell; their value is the rest of the row. */
const emptyCellProblems: readonly Code[] = ['name_missing', 'end_missing', 'people_missing'];
/** Problems of rows that are skipped, but can be records. */
const doubtfulRows: readonly Code[] = ['total_row', 'section_row', 'organisation_row'];

interface ToolProps {
  problem: SheetProblem;
  column: number;
  table: Table;
  field: Field | undefined;
}

const choiceValue = (value: unknown): string =>
  value === true ? 'yes' : value === false ? 'no' : String(value);

/** Whether two new records are named by columns of the same references. Both ends of a link name records of the same types. */
const isSameTarget = (problem: SheetProblem, other: SheetProblem): boolean =>
  problem.field === other.field || [problem.field, other.field].every((field) => ends.includes(field ?? ''));

const ends = ['from', 'to'];

/** Chooses the meaning of a value: one of the field's list, a value of other rows, or typed text. */
function ValueInput({ problem, column, table, field, onUse }: ToolProps & { onUse: (text: string) => void }) {
  const { t } = useTexts('sheets');
  const { action, code, value, count } = problem;
  const [text, setText] = useState('');
  const typedText = text.trim();
  const otherProblems = (table.preview?.problems ?? []).filter(
    (other) =>
      other.code === code &&
      other.value !== value &&
      (code === 'unknown_choice'
        ? other.column === column
        : code === 'reference_created' && isSameTarget(problem, other)),
  );
  const choices = [
    ...(field ? choicesOf(field) : []).map((choice) => ({
      value: choiceValue(choice.value),
      name: choice.name,
    })),
    ...[...new Set(otherProblems.map((other) => other.value))].map((name) => ({ value: name, name })),
  ];
  const options = matchingChoices(choices, typedText).map((choice) => ({
    value: String(choice.value),
    label: choice.name,
  }));
  const isListed = options.some(({ label }) => foldText(label) === foldText(typedText));
  if (field?.kind !== 'boolean' && typedText !== '' && !isListed && typedText !== value)
    options.push({ value: typedText, label: t('panel:lookup.use', { text: typedText }) });
  return (
    <div className={`stack gap-4 w-220 ${styles.pick}`}>
      <span aria-hidden>{t('issue.readAs', { count })}</span>
      <PickInput
        label={t('issue.readAs', { count })}
        text={text}
        isTyping={text !== ''}
        value=""
        options={options}
        bestIndex={typedText === '' || options.length === 0 ? -1 : 0}
        placeholder={(action === 'converted' ? becomesText(problem, table.choices.type) : value).slice(0, 40)}
        onType={setText}
        onRevert={() => setText('')}
        onPick={onUse}
        onUnmatched={() => false}
        onLeave={() => undefined}
      />
    </div>
  );
}

function DayButtons({ problem: { code, value, suggestions }, column, table, field }: ToolProps) {
  const { t } = useTexts('sheets');
  const separator = numericFormat(value)?.separator;
  return (
    <>
      {isDayOrder(code) &&
        separator !== undefined &&
        dayOrders.map((order) => {
          const label = suggestions.find((suggestion) => suggestion.value === order)?.label ?? '';
          const day = parseDay(label)?.[order];
          return (
            day && (
              <Button
                key={order}
                size="xs"
                onClick={() =>
                  changeChoices((current) => withDayOrder(current, column, { [separator]: order }))
                }
              >
                {t(`issue.${order}`, { value: label, day: formatDay(day) })}
              </Button>
            )
          );
        })}
      {field === undefined && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => changeChoices((current) => withDayOrder(current, column, 'none'))}
        >
          {t('issue.noDates', { column: table.view.columns[column]?.name ?? '' })}
        </Button>
      )}
    </>
  );
}

function DecimalButtons({ value }: { value: string }) {
  const { t } = useTexts('sheets');
  const values = valuesOf(value);
  return (['point', 'comma'] as const).map((decimals) => (
    <Button key={decimals} size="xs" onClick={() => changeChoices({ decimals })}>
      {t(`issue.decimal_${decimals}`, { value, number: values[decimals === 'comma' ? ',' : '.'] })}
    </Button>
  ));
}

/** The corrections of a value in its column: a suggestion, a choice, typed text, keeping it, or leaving it empty. */
function CorrectionTools(props: ToolProps) {
  const { t } = useTexts('sheets');
  const { problem, column, field } = props;
  const { code, value, count, suggestions, action } = problem;
  // Typed text is taken unchanged; a typed name is created if it does not exist.
  const correctValue = (becomes: string, create = true): void =>
    changeChoices((current) => withValue(current, { column, value, becomes, create }));
  const isReference = field !== undefined && isReferenceKind(field);
  const createsName = code === 'reference_alike' || code === 'several_names' || !isReference;
  const canCreate = isReference && onlyTargetType(field.to) !== null && creatableCodes.includes(code);
  // A date field keeps any text except days that the calendar does not have.
  const canKeep =
    keepableCodes.includes(code) || (code === 'not_a_date' && field !== undefined && action === 'kept');
  if (isDayOrder(code)) return <DayButtons {...props} />;
  if (code === 'reference_created' && field?.to === 'any')
    return (
      <>
        <EndTypeSelect problem={problem} />
        <ValueInput {...props} onUse={(text) => correctValue(text)} />
      </>
    );
  if (code === 'number_order') return <DecimalButtons value={value} />;
  return (
    <>
      {suggestions.map((suggestion) => (
        <Button
          key={suggestion.value}
          size="xs"
          variant="outline"
          onClick={() => correctValue(suggestion.value, createsName)}
        >
          {t('issue.likely', { value: isReference ? suggestion.label : choiceName(suggestion.label), count })}
        </Button>
      ))}
      {isReference && (
        <div className="w-220">
          <LookupInput
            label={t('issue.existing')}
            placeholder={t('issue.existing')}
            types={targetTypes(field.to, nodeType.options)}
            id=""
            onChoose={(id) => id !== '' && correctValue(id, false)}
          />
        </div>
      )}
      {(!isReference || code === 'lost_letters') && (
        <ValueInput {...props} onUse={(text) => correctValue(text)} />
      )}
      {(canCreate || canKeep) && (
        <Button size="xs" onClick={() => correctValue(value)}>
          {canCreate ? t('issue.create', { value: value.slice(0, 60) }) : t('issue.keep')}
        </Button>
      )}
      {code === 'not_a_date' && field === undefined && <DayButtons {...props} />}
      {field?.key !== 'name' && action !== 'skipped' && code !== 'reference_missing' && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => correctValue('', false)}>
          {t('common:leaveEmpty')}
        </Button>
      )}
    </>
  );
}

function CellLine({ line, problem, column, table }: Omit<ToolProps, 'field'> & { line: number }) {
  const { t } = useTexts('sheets');
  const oldValue = emptyCellProblems.includes(problem.code) ? '' : problem.value;
  const [text, setText] = useState(oldValue);
  const applyText = (event: FormEvent): void => {
    event.preventDefault();
    if (text !== oldValue) changeChoices((current) => withCell(current, { line, column, value: text }));
  };
  return (
    <li>
      <form className="row wrap gap-8" data-saved onSubmit={applyText}>
        <TextInput
          size="xs"
          label={t('issue.lines', { count: 1, lines: line })}
          aria-label={t('issue.lineValue', { line, column: table.view.columns[column]?.name ?? '' })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" disabled={text === oldValue}>
          {t('common:apply')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => changeChoices((current) => withSkippedLines(current, [line]))}
        >
          {t('issue.skip', { count: 1 })}
        </Button>
      </form>
    </li>
  );
}

/** Stops the second click of a double click: the next issue has moved under the pointer and would be fixed too. */
function stopSecondClick(event: MouseEvent<HTMLElement>): void {
  if (event.detail > 1 && (event.target as Element).closest('button')) event.stopPropagation();
}

export function ProblemCard({ problem, table }: { problem: SheetProblem; table: Table }) {
  const { t } = useTexts('sheets');
  const { type } = table.choices;
  const { action, code, column, count, lines, value } = problem;
  const heading = useId();
  const [isSingle, setIsSingle] = useState(value === '' || emptyCellProblems.includes(code));
  const field = problem.field === null ? undefined : fieldOf(type, problem.field);
  const isUnderstood = action === 'converted' || action === 'created';
  const isCellProblem =
    column !== null && !isDayOrder(code) && code !== 'number_order' && !rowProblems.includes(code);
  return (
    <li className="card small pad-12 on-panel" aria-labelledby={heading}>
      <p className="flex baseline apart gap-12">
        <strong className="medium breaks" id={heading}>
          {problemText(problem, type)}
        </strong>
        <span className={`pill pill-${tones[action]}`}>{t(`action.${action}`, { count })}</span>
      </p>
      <p className="dim tiny">
        {locationText(
          problem,
          table.view.columns.map(({ name }) => name),
        )}
      </p>
      <div className={styles.tools} onClickCapture={stopSecondClick}>
        {column !== null &&
          value !== '' &&
          !rowProblems.includes(code) &&
          !emptyCellProblems.includes(code) && (
            <CorrectionTools problem={problem} column={column} table={table} field={field} />
          )}
        {code === 'share_small' && field && <ShareUnitChoice field={field.key} table={table} />}
        {code === 'unknown_type' && <RowTypeSelect problem={problem} table={table} />}
        <div className="flex wrap push gap-4">
          {column !== null && doubtfulRows.includes(code) && action === 'skipped' && (
            <Button
              size="xs"
              onClick={() =>
                changeChoices((current) =>
                  withValue(current, { column, value, becomes: value, create: true }),
                )
              }
            >
              {t('issue.keepRow', { count })}
            </Button>
          )}
          {code === 'joined_row' && (
            <Button size="xs" onClick={() => changeChoices((current) => withSeparateRows(current, lines))}>
              {t('issue.separate')}
            </Button>
          )}
          {isCellProblem && value !== '' && !emptyCellProblems.includes(code) && count > 1 && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-expanded={isSingle}
              onClick={() => setIsSingle(!isSingle)}
            >
              {t('issue.oneByOne')}
            </Button>
          )}
          {/* Lines that the problem does not list cannot be skipped. */}
          {!['unknown_type', 'share_small'].includes(code) &&
            count === lines.length &&
            (!isUnderstood || code === 'reference_created') &&
            !isSingle &&
            !isDayOrder(code) && (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                onClick={() => changeChoices((current) => withSkippedLines(current, lines))}
              >
                {t('issue.skip', { count })}
              </Button>
            )}
        </div>
      </div>
      {isSingle && isCellProblem && (
        <ul className={styles.list}>
          {lines.map((line) => (
            <CellLine key={line} line={line} problem={problem} column={column} table={table} />
          ))}
        </ul>
      )}
    </li>
  );
}
