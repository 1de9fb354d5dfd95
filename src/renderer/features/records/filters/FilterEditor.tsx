import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldName, unitName } from '../../../text/names.ts';
import { buildFilter, editedOperator, needsValue, operatorsOf, valuesOf } from './model.ts';
import type { FilterField, Operator } from './model.ts';
import { ValueList } from './ValueList.tsx';

interface Props {
  type: EntityType;
  field: FilterField;
  /** The filter that is changed, or null for a new one. */
  filter: Filter | null;
  onDone: (filter: Filter | null) => void;
}

interface ValueProps extends Pick<Props, 'type' | 'field'> {
  op: Operator;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

function ValueInput({ type, field, op, value, onChange }: ValueProps) {
  const { t } = useTranslation(['grid', 'common']);
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
  if (op === 'in') {
    return (
      <ValueList
        type={type}
        field={field}
        chosen={Array.isArray(value) ? (value as Json[]) : []}
        onChange={onChange}
      />
    );
  }
  const unit = unitName(field);
  return (
    <TextInput
      data-autofocus
      aria-label={t('grid:value')}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      rightSection={unit === '' ? null : <span className="field-unit">{unit}</span>}
      rightSectionWidth={unit === '' ? 0 : 58}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Builds or changes one filter: how the field is compared, and with what. */
export function FilterEditor({ type, field, filter, onDone }: Props) {
  const { t } = useTranslation('grid');
  const all = operatorsOf(field);
  const [op, setOp] = useState<Operator>(filter ? editedOperator(field, filter) : (all[0] ?? 'is'));
  const [value, setValue] = useState<Json | undefined>(
    filter === null
      ? field.kind === 'boolean'
        ? true
        : undefined
      : op === 'in'
        ? valuesOf(filter)
        : filter.value,
  );
  const built = buildFilter(field, op, value);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (built) onDone(built);
  };
  return (
    <form
      className="filter-editor"
      onSubmit={submit}
      aria-label={t('filterBy', { field: fieldName(field.key) })}
    >
      <div className="filter-head">
        <strong>{fieldName(field.key)}</strong>
        <NativeSelect
          size="xs"
          variant="unstyled"
          aria-label={t('comparison')}
          value={op}
          onChange={(event) => {
            const next = event.currentTarget.value as Operator;
            if ((next === 'in') !== (op === 'in')) setValue(undefined);
            setOp(next);
          }}
          data={all.map((one) => ({ value: one, label: t(`op.${one}`) }))}
        />
      </div>
      <ValueInput type={type} field={field} op={op} value={value} onChange={setValue} />
      <Button type="submit" fullWidth disabled={built === null}>
        {t('apply')}
      </Button>
    </form>
  );
}
