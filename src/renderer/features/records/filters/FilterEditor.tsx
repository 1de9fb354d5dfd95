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
import { filterValueText, isTime, needsValue, buildFilters, editedOf, operatorsOf } from './model.ts';
import type { FilterField, Comparison, Edited } from './model.ts';
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
  chosen: readonly Json[];
  onChange: (values: readonly Json[]) => void;
}

const many = 8;

function ValueList({ type, field, chosen, onChange }: Props) {
  const { t } = useTexts('grid');
  const [find, setFind] = useState('');
  const values = useValues(type, field);
  const has = (value: Json): boolean => chosen.some((one) => jsonEqual(one, value));
  const toggle = (value: Json): void =>
    onChange(has(value) ? chosen.filter((one) => !jsonEqual(one, value)) : [...chosen, value]);
  const fittingOf = <T extends { value: Json }>(all: readonly T[]): readonly T[] =>
    all.filter(({ value }) =>
      // Days match in both displayed and stored form.
      [filterValueText(field, value), typeof value === 'string' ? value : ''].some((text) =>
        foldText(text).includes(foldText(find.trim())),
      ),
    );
  // With one value left, Enter ticks it, and the next Enter applies.
  const onKey = (event: KeyboardEvent): void => {
    const [only, ...others] = fittingOf(values ?? []);
    if (event.key !== 'Enter' || find.trim() === '' || !only || others.length > 0 || has(only.value)) return;
    event.preventDefault();
    toggle(only.value);
    setFind('');
  };
  const found = (
    <TextInput
      onKeyDown={onKey}
      data-autofocus
      placeholder={t('findValue')}
      aria-label={t('findValue')}
      value={find}
      onChange={(event) => setFind(event.currentTarget.value)}
    />
  );
  // Custom fields have an input at once, so that typing can start.
  if (!values)
    return (
      <>
        {field.own && found}
        <Loader />
      </>
    );
  if (values.length === 0) return <p className="dim">{t('noValues')}</p>;
  const searchable = field.kind !== 'reference' && (values.length > many || field.own === true);
  const fitting = fittingOf(values);
  return (
    <>
      {searchable && found}
      {fitting.length === 0 && <p className="dim">{t('common:nothingFound')}</p>}
      <ul className={narrowingStyles.valueList}>
        {fitting.map(({ value, count }) => (
          <li key={JSON.stringify(value)}>
            <Checkbox
              size="xs"
              checked={has(value)}
              onChange={() => toggle(value)}
              label={
                <span className={`flex apart gap-8 ${narrowingStyles.valueLine}`}>
                  <span className="cut">
                    {field.kind === 'reference' && typeof value === 'string' ? (
                      <RecordName id={value} plain />
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

interface OneProps extends Pick<ValueInputProps, 'field' | 'op' | 'value' | 'onChange'> {
  label: string;
  first: boolean;
}

function OneInput({ field, op, value, onChange, label, first }: OneProps) {
  const unit = unitName(field);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  // A part of a day is a text.
  if (isTime(field) && op !== 'contains') {
    const edge = op === 'lte' || (op === 'between' && !first) ? 'until' : 'from';
    return <DayInput label={label} value={dayOf(text)} edge={edge} first={first} onChange={onChange} />;
  }
  return (
    <TextInput
      {...(first ? { 'data-autofocus': true } : {})}
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
        size="xs"
        value={value === false || value === 0 ? 'no' : 'yes'}
        onChange={(next) => onChange(next === 'yes')}
        data={[
          { value: 'yes', label: t('common:yes') },
          { value: 'no', label: t('common:no') },
        ]}
      />
    );
  }
  const listed = Array.isArray(value) ? (value as Json[]) : [];
  if (op === 'in' || (op === 'is_not' && field.kind !== 'number')) {
    // "Is not" takes one value: the last one ticked.
    const change = (next: readonly Json[]): void => onChange(op === 'in' ? [...next] : next.slice(-1));
    return <ValueList type={type} field={field} chosen={listed} onChange={change} />;
  }
  if (op !== 'between') {
    const [single] = Array.isArray(value) ? listed : [value];
    return (
      <OneInput
        field={field}
        op={op}
        value={single}
        onChange={onChange}
        label={t('records:field.value')}
        first
      />
    );
  }
  const [least = '', most = ''] = listed;
  return (
    <div className={`row gap-8 ${filtersStyles.filterRange}`}>
      <OneInput
        field={field}
        op={op}
        value={least}
        onChange={(next) => onChange([next, most])}
        label={t('records:field.from')}
        first
      />
      <span aria-hidden>–</span>
      <OneInput
        field={field}
        op={op}
        value={most}
        onChange={(next) => onChange([least, next])}
        label={t('past:compare.to')}
        first={false}
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

/** The part of a value that fits another comparison: a list is no number, and a number no range. */
function keepValues(now: Edited, op: Comparison): Edited {
  const shape = (one: Comparison): string =>
    one === 'in' || one === 'is_not' ? 'list' : one === 'between' ? 'range' : 'one';
  return { op, value: shape(now.op) === shape(op) ? now.value : undefined };
}

export function FilterEditor({ type, field, filters, onDone }: FilterEditorProps) {
  const { t } = useTexts('grid');
  const [edited, setEdited] = useState<Edited>(() => editedOf(field, filters));
  const usual = operatorsOf(field);
  // A typed or linked filter may have a comparison that is not in the list.
  const all = usual.includes(edited.op) ? usual : [edited.op, ...usual];
  const built = buildFilters(field, edited);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (built) onDone(built);
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
          value={edited.op}
          onChange={(event) => setEdited(keepValues(edited, event.currentTarget.value as Comparison))}
          data={all.map((one) => ({
            value: one,
            label:
              one === 'between'
                ? t('views:isBetween')
                : isTime(field) && (one === 'gte' || one === 'lte')
                  ? t(one === 'gte' ? 'views:since' : 'views:upTo')
                  : t(`grid:op.${one}`),
          }))}
        />
      </div>
      <ValueInput
        type={type}
        field={field}
        op={edited.op}
        value={edited.value}
        onChange={(value) => setEdited({ ...edited, value })}
      />
      <Button type="submit" fullWidth disabled={built === null}>
        {t('common:apply')}
      </Button>
    </form>
  );
}
