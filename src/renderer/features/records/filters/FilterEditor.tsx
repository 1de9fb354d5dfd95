import { foldText } from '#shared/domain/fold.ts';
import { Checkbox, Loader, TextInput, SegmentedControl, Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent, FormEvent } from 'react';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { numberText } from '../../../text/values.ts';
import { RecordName } from '../../../ui/RecordName.tsx';
import { filterValueText, isTime, needsValue, buildFilters, editOf, operatorsOf } from './model.ts';
import type { FilterField, Comparison, FilterEdit } from './model.ts';
import { unitName, fieldName } from '../../../text/names.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { dayOf } from './typed/days.ts';
import { useValues } from './value-names.ts';
import type { Filter } from '#shared/contract/entities.ts';
import filtersStyles from './filters.module.css';
import narrowingStyles from '../narrowing.module.css';
import fieldsStyles from '../panel/fields.module.css';

interface Props {
  type: EntityType;
  field: FilterField;
  chosenValues: readonly Json[];
  onChange: (values: readonly Json[]) => void;
}

const maxUnsearchedValues = 8;

function ValueList({ type, field, chosenValues, onChange }: Props) {
  const { t } = useTexts('grid');
  const [query, setQuery] = useState('');
  const values = useValues(type, field);
  const isChosen = (value: Json): boolean => chosenValues.some((other) => jsonEqual(other, value));
  const toggle = (value: Json): void =>
    onChange(
      isChosen(value)
        ? chosenValues.filter((chosenValue) => !jsonEqual(chosenValue, value))
        : [...chosenValues, value],
    );
  const matchesOf = <T extends { value: Json }>(all: readonly T[]): readonly T[] =>
    all.filter(({ value }) =>
      // Days match in both displayed and stored form.
      [filterValueText(field, value), typeof value === 'string' ? value : ''].some((text) =>
        foldText(text).includes(foldText(query.trim())),
      ),
    );
  // With one value left, Enter ticks it, and the next Enter applies.
  const onKey = (event: KeyboardEvent): void => {
    const [single, ...otherMatches] = matchesOf(values ?? []);
    if (
      event.key !== 'Enter' ||
      query.trim() === '' ||
      !single ||
      otherMatches.length > 0 ||
      isChosen(single.value)
    )
      return;
    event.preventDefault();
    toggle(single.value);
    setQuery('');
  };
  const searchInput = (
    <TextInput
      onKeyDown={onKey}
      data-autofocus
      placeholder={t('findValue')}
      aria-label={t('findValue')}
      value={query}
      onChange={(event) => setQuery(event.currentTarget.value)}
    />
  );
  // Custom fields have an input at once, so that typing can start.
  if (!values)
    return (
      <>
        {field.own && searchInput}
        <Loader />
      </>
    );
  if (values.length === 0) return <p className="dim">{t('noValues')}</p>;
  const isSearchable =
    field.kind !== 'reference' && (values.length > maxUnsearchedValues || field.own === true);
  const matches = matchesOf(values);
  return (
    <>
      {isSearchable && searchInput}
      {matches.length === 0 && <p className="dim">{t('common:nothingFound')}</p>}
      <ul className={narrowingStyles.valueList}>
        {matches.map(({ value, count }) => (
          <li key={JSON.stringify(value)}>
            <Checkbox
              checked={isChosen(value)}
              onChange={() => toggle(value)}
              label={
                <span className={`flex apart gap-8 ${narrowingStyles.valueLine}`}>
                  <span className="cut">
                    {field.kind === 'reference' && typeof value === 'string' ? (
                      <RecordName id={value} isPlain />
                    ) : (
                      filterValueText(field, value)
                    )}
                  </span>
                  {count !== null && <span className="tiny faint num">{numberText(count)}</span>}
                </span>
              }
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface ValueInputProps {
  type: EntityType;
  field: FilterField;
  op: Comparison;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

interface SingleInputProps extends Pick<ValueInputProps, 'field' | 'op' | 'value' | 'onChange'> {
  label: string;
  isFirst: boolean;
}

function SingleInput({ field, op, value, onChange, label, isFirst }: SingleInputProps) {
  const unit = unitName(field);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  // With "contains", the value is a part of the text of a day, not a day.
  if (isTime(field) && op !== 'contains') {
    const edge = op === 'lte' || (op === 'between' && !isFirst) ? 'until' : 'from';
    return (
      <DayInput label={label} value={dayOf(text)} edge={edge} takesFocus={isFirst} onChange={onChange} />
    );
  }
  return (
    <TextInput
      {...(isFirst ? { 'data-autofocus': true } : {})}
      aria-label={label}
      placeholder={op === 'between' ? label : undefined}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      value={text}
      rightSection={unit === '' ? null : <span className={`tiny faint ${fieldsStyles.unit}`}>{unit}</span>}
      rightSectionWidth={unit === '' ? 0 : 58}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function ValueInput({ type, field, op, value, onChange }: ValueInputProps) {
  const { t } = useTexts('grid');
  if (!needsValue(op)) return null;
  if (field.kind === 'boolean') {
    return (
      <SegmentedControl
        fullWidth
        value={value === false || value === 0 ? 'no' : 'yes'}
        onChange={(next) => onChange(next === 'yes')}
        data={[
          { value: 'yes', label: t('common:yes') },
          { value: 'no', label: t('common:no') },
        ]}
      />
    );
  }
  const values = Array.isArray(value) ? (value as Json[]) : [];
  if (op === 'in' || (op === 'is_not' && field.kind !== 'number')) {
    // "Is not" takes one value: the last one ticked.
    const change = (next: readonly Json[]): void => onChange(op === 'in' ? [...next] : next.slice(-1));
    return <ValueList type={type} field={field} chosenValues={values} onChange={change} />;
  }
  if (op !== 'between') {
    const [single] = Array.isArray(value) ? values : [value];
    return (
      <SingleInput
        field={field}
        op={op}
        value={single}
        onChange={onChange}
        label={t('records:field.value')}
        isFirst
      />
    );
  }
  const [low = '', high = ''] = values;
  return (
    <div className={`row gap-8 ${filtersStyles.filterRange}`}>
      <SingleInput
        field={field}
        op={op}
        value={low}
        onChange={(next) => onChange([next, high])}
        label={t('records:field.from')}
        isFirst
      />
      <span aria-hidden>–</span>
      <SingleInput
        field={field}
        op={op}
        value={high}
        onChange={(next) => onChange([low, next])}
        label={t('past:compare.to')}
        isFirst={false}
      />
    </div>
  );
}

interface FilterEditorProps {
  type: EntityType;
  field: FilterField;
  filters: readonly Filter[];
  onDone: (filters: readonly Filter[]) => void;
}

/** The edit with another comparison. The value stays if the new comparison also takes a list, a range or a single value. */
function withComparison(edit: FilterEdit, op: Comparison): FilterEdit {
  const valueShape = (operator: Comparison): string =>
    operator === 'in' || operator === 'is_not' ? 'list' : operator === 'between' ? 'range' : 'single';
  return { op, value: valueShape(edit.op) === valueShape(op) ? edit.value : undefined };
}

export function FilterEditor({ type, field, filters, onDone }: FilterEditorProps) {
  const { t } = useTexts('grid');
  const [edit, setEdit] = useState<FilterEdit>(() => editOf(field, filters));
  const offeredOperators = operatorsOf(field);
  // A typed or linked filter can have a comparison that is not in the list.
  const comparisons = offeredOperators.includes(edit.op) ? offeredOperators : [edit.op, ...offeredOperators];
  const builtFilters = buildFilters(field, edit);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (builtFilters) onDone(builtFilters);
  };
  return (
    <form
      className="stack gap-8 pad-8 filter-editor"
      onSubmit={submit}
      aria-label={t('grid:filterBy', { field: fieldName(field.key) })}
    >
      <div className={`row wrap gap-2-8 small ${narrowingStyles.filterHead}`}>
        <strong className="shrink strong breaks">{fieldName(field.key)}</strong>
        <NativeSelect
          size="xs"
          variant="unstyled"
          aria-label={t('grid:comparison')}
          value={edit.op}
          onChange={(event) => setEdit(withComparison(edit, event.currentTarget.value as Comparison))}
          data={comparisons.map((operator) => ({
            value: operator,
            label:
              operator === 'between'
                ? t('views:isBetween')
                : isTime(field) && (operator === 'gte' || operator === 'lte')
                  ? t(operator === 'gte' ? 'views:since' : 'views:upTo')
                  : t(`grid:op.${operator}`),
          }))}
        />
      </div>
      <ValueInput
        type={type}
        field={field}
        op={edit.op}
        value={edit.value}
        onChange={(value) => setEdit({ ...edit, value })}
      />
      <Button variant="filled" type="submit" fullWidth disabled={builtFilters === null}>
        {t('common:apply')}
      </Button>
    </form>
  );
}
