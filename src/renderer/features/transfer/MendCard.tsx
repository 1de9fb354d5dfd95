import { isReferring, typeNamed, typesNamed } from '#shared/domain/references.ts';
import { foldText } from '#shared/domain/fold.ts';
import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { FormEvent, MouseEvent } from 'react';
import type { SheetProblem } from '#shared/contract/sheets.ts';
import { dayOrders, figuresOf, readDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../i18n/setup.ts';
import { dayShown } from '../../text/formats.ts';
import { choiceName } from '../../text/names.ts';
import { choicesOf, fittingChoices } from '../records/form/ChoiceInput.tsx';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { PickInput } from '../records/form/PickInput.tsx';
import { withCell, withDays, withValue, withoutLines } from './choices.ts';
import { decideSheet } from './run.ts';
import type { Table } from './state.ts';
import { becomesText, problemText, whereText } from './sentences.ts';
import styles from './sheet.module.css';

const tones: Readonly<Record<SheetProblem['action'], string>> = {
  skipped: 'bad',
  empty: 'warn',
  kept: 'warn',
  converted: 'plain',
  created: 'plain',
};

type Code = SheetProblem['code'];

/** Problems whose value may be right. */
const keepable: readonly Code[] = [
  'unknown_choice',
  'unlikely_number',
  'lost_letters',
  'reference_alike',
  'placeholder',
];
const makeable: readonly Code[] = ['reference_missing', 'id_over_name', 'several_names'];
/** The order of day and month is unclear; one value stands for all in this format. */
const isOrder = (code: Code): boolean => code === 'date_order' || code === 'date_read';
/** Problems of rows, not of values. */
const ofRows: readonly Code[] = [
  'repeated',
  'match_ambiguous',
  'total_row',
  'section_row',
  'other_type',
  'unknown_type',
  'same_ends',
];
/** The value is the rest of the row; the cell is empty. */
const unnamed: readonly Code[] = ['name_missing', 'end_missing', 'people_missing'];
/** Rows left out that may still be records. */
const odd: readonly Code[] = ['total_row', 'section_row'];

const ends: readonly EntityType[] = ['team', 'faculty', 'project', 'student', 'university'];

interface ToolProps {
  problem: SheetProblem;
  column: number;
  table: Table;
  field: Field | undefined;
}

const yesNo = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value));

/** Chooses the meaning of a value: one of the field's list, a value of other rows, or typed text. */
function Written({ problem, column, table, field, onUse }: ToolProps & { onUse: (text: string) => void }) {
  const { t } = useTexts('sheets');
  const { action, code, value, count } = problem;
  const [text, setText] = useState('');
  const written = text.trim();
  const ofRows = (table.preview?.problems ?? []).filter(
    (one) => code === 'unknown_choice' && one.code === code && one.column === column && one.value !== value,
  );
  const choices = [
    ...(field ? choicesOf(field) : []).map((one) => ({ value: yesNo(one.value), name: one.name })),
    ...ofRows.map((one) => ({ value: one.value, name: one.value })),
  ];
  const options = fittingChoices(choices, written).map((one) => ({
    value: String(one.value),
    label: one.name,
  }));
  const known = options.some(({ label }) => foldText(label) === foldText(written));
  if (field?.kind !== 'boolean' && written !== '' && !known && written !== value)
    options.push({ value: written, label: t('panel:lookup.use', { text: written }) });
  return (
    <div className={`stack gap-4 w-220 ${styles.pick}`}>
      <span aria-hidden>{t('issue.readAs', { count })}</span>
      <PickInput
        label={t('issue.readAs', { count })}
        text={text}
        typing={text !== ''}
        value=""
        options={options}
        best={written === '' || options.length === 0 ? -1 : 0}
        placeholder={(action === 'converted' ? becomesText(problem, table.choices.type) : value).slice(0, 40)}
        onType={setText}
        onTakeBack={() => setText('')}
        onPick={onUse}
        onUnmatched={() => false}
        onLeave={() => undefined}
      />
    </div>
  );
}

function Days({ problem: { code, value, suggestions }, column, table, field }: ToolProps) {
  const { t } = useTexts('sheets');
  const sign = figuresOf(value)?.sign;
  return (
    <>
      {isOrder(code) &&
        sign !== undefined &&
        dayOrders.map((order) => {
          const label = suggestions.find((one) => one.value === order)?.label ?? '';
          const day = readDay(label)?.[order];
          return (
            day && (
              <Button
                key={order}
                size="xs"
                variant="default"
                onClick={() => decideSheet((now) => withDays(now, column, { [sign]: order }))}
              >
                {t(`issue.${order}`, { value: label, day: dayShown(day) })}
              </Button>
            )
          );
        })}
      {field === undefined && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => decideSheet((now) => withDays(now, column, 'none'))}
        >
          {t('issue.noDates', { column: table.view.columns[column]?.name ?? '' })}
        </Button>
      )}
    </>
  );
}

function Decimals({ value }: { value: string }) {
  const { t } = useTexts('sheets');
  const figure = value.replaceAll(/[.,]/g, '');
  const at = /[.,]/.exec(value)?.index ?? 0;
  const sign = value.charAt(at);
  const parted = `${value.slice(0, at)}.${value.slice(at + 1)}`;
  return (['point', 'comma'] as const).map((decimals) => {
    const becomes = (decimals === 'comma') === (sign === ',') ? parted : figure;
    return (
      <Button key={decimals} size="xs" variant="default" onClick={() => decideSheet({ decimals })}>
        {t(`issue.decimal_${decimals}`, { value, number: Number.parseFloat(becomes) })}
      </Button>
    );
  });
}

/** The corrections of a value in its column: a suggestion, a choice, typed text, keeping it, or leaving it empty. */
function Tools(props: ToolProps) {
  const { t } = useTexts('sheets');
  const { problem, column, field } = props;
  const { code, value, count, suggestions, action } = problem;
  // Typed text is taken unchanged; a typed name is created if it does not exist.
  const readAs = (becomes: string, create = true): void =>
    decideSheet((now) => withValue(now, { column, value, becomes, create }));
  const isReference = field !== undefined && isReferring(field);
  const named = code === 'reference_alike' || code === 'several_names' || !isReference;
  const canMake = isReference && typeNamed(field.to) !== null && makeable.includes(code);
  // A date field keeps any text except days that the calendar does not have.
  const canKeep =
    keepable.includes(code) || (code === 'not_a_date' && field !== undefined && action === 'kept');
  if (isOrder(code)) return <Days {...props} />;
  if (code === 'number_order') return <Decimals value={value} />;
  return (
    <>
      {suggestions.map((one) => (
        <Button key={one.value} size="xs" variant="outline" onClick={() => readAs(one.value, named)}>
          {t('issue.likely', { value: isReference ? one.label : choiceName(one.label), count })}
        </Button>
      ))}
      {isReference && (
        <div className="w-220">
          <LookupInput
            label={t('issue.existing')}
            placeholder={t('issue.existing')}
            types={typesNamed(field.to, ends)}
            id=""
            onChoose={(id) => id !== '' && readAs(id, false)}
          />
        </div>
      )}
      {(!isReference || code === 'lost_letters') && <Written {...props} onUse={(text) => readAs(text)} />}
      {(canMake || canKeep) && (
        <Button size="xs" variant="default" onClick={() => readAs(value)}>
          {canMake ? t('issue.create', { value: value.slice(0, 60) }) : t('issue.keep')}
        </Button>
      )}
      {code === 'not_a_date' && field === undefined && <Days {...props} />}
      {field?.key !== 'name' && action !== 'skipped' && code !== 'reference_missing' && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => readAs('', false)}>
          {t('common:leaveEmpty')}
        </Button>
      )}
    </>
  );
}

function Line({ line, problem, column, table }: Omit<ToolProps, 'field'> & { line: number }) {
  const { t } = useTexts('sheets');
  const before = unnamed.includes(problem.code) ? '' : problem.value;
  const [text, setText] = useState(before);
  const use = (event: FormEvent): void => {
    event.preventDefault();
    if (text !== before) decideSheet((now) => withCell(now, { line, column, value: text }));
  };
  return (
    <li>
      <form className="row wrap gap-8" data-saved onSubmit={use}>
        <TextInput
          size="xs"
          label={t('issue.lines', { count: 1, lines: line })}
          aria-label={t('issue.lineValue', { line, column: table.view.columns[column]?.name ?? '' })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit" disabled={text === before}>
          {t('common:apply')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => decideSheet((now) => withoutLines(now, [line]))}
        >
          {t('issue.skip', { count: 1 })}
        </Button>
      </form>
    </li>
  );
}

/** A fixed issue disappears and the next one moves under the pointer: the second click of a double click must not fix it too. */
function notTwice(event: MouseEvent<HTMLElement>): void {
  if (event.detail > 1 && (event.target as Element).closest('button')) event.stopPropagation();
}

export function MendCard({ problem, table }: { problem: SheetProblem; table: Table }) {
  const { t } = useTexts('sheets');
  const { type } = table.choices;
  const { action, code, column, count, lines, value } = problem;
  const heading = useId();
  const [single, setSingle] = useState(value === '' || unnamed.includes(code));
  const field = problem.field === null ? undefined : fieldOf(type, problem.field);
  const understood = action === 'converted' || action === 'created';
  const ofCells = column !== null && !isOrder(code) && code !== 'number_order' && !ofRows.includes(code);
  return (
    <li className="card small pad-12 on-panel" aria-labelledby={heading}>
      <p className="flex baseline apart gap-12">
        <strong className="medium breaks" id={heading}>
          {problemText(problem, type)}
        </strong>
        <span className={`pill pill-${tones[action]}`}>{t(`action.${action}`, { count })}</span>
      </p>
      <p className="dim tiny">
        {whereText(
          problem,
          table.view.columns.map(({ name }) => name),
        )}
      </p>
      <div className={styles.tools} onClickCapture={notTwice}>
        {column !== null && value !== '' && !ofRows.includes(code) && !unnamed.includes(code) && (
          <Tools problem={problem} column={column} table={table} field={field} />
        )}
        <div className="flex wrap push gap-4">
          {column !== null && odd.includes(code) && action === 'skipped' && (
            <Button
              size="xs"
              variant="default"
              onClick={() =>
                decideSheet((now) => withValue(now, { column, value, becomes: value, create: true }))
              }
            >
              {t('issue.keepRow', { count })}
            </Button>
          )}
          {ofCells && value !== '' && !unnamed.includes(code) && count > 1 && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-expanded={single}
              onClick={() => setSingle(!single)}
            >
              {t('issue.oneByOne')}
            </Button>
          )}
          {/* Unlisted lines cannot be left out. */}
          {count === lines.length && !understood && !single && !isOrder(code) && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              onClick={() => decideSheet((now) => withoutLines(now, lines))}
            >
              {t('issue.skip', { count })}
            </Button>
          )}
        </div>
      </div>
      {single && ofCells && (
        <ul className={styles.list}>
          {lines.map((line) => (
            <Line key={line} line={line} problem={problem} column={column} table={table} />
          ))}
        </ul>
      )}
    </li>
  );
}
