import { SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { unitName } from '../../../text/names.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { isTime, needsValue } from './model.ts';
import type { Comparison, FilterField } from './model.ts';
import { dayOf } from './typed/days.ts';
import { ValueList } from './ValueList.tsx';

interface Props {
  type: EntityType;
  field: FilterField;
  op: Comparison;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

interface OneProps extends Pick<Props, 'field' | 'op' | 'value' | 'onChange'> {
  label: string;
  first: boolean;
}

/** One number, day or text. */
function OneInput({ field, op, value, onChange, label, first }: OneProps) {
  const unit = unitName(field);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  // A part of one is a text.
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
      rightSection={unit === '' ? null : <span className="field-unit">{unit}</span>}
      rightSectionWidth={unit === '' ? 0 : 58}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What a field is compared with. */
export function ValueInput({ type, field, op, value, onChange }: Props) {
  const { t } = useTranslation(['grid', 'views', 'common']);
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
    // "Is not" takes one value: the last that was ticked.
    const change = (next: readonly Json[]): void => onChange(op === 'in' ? [...next] : next.slice(-1));
    return <ValueList type={type} field={field} chosen={listed} onChange={change} />;
  }
  if (op !== 'between') {
    const [single] = Array.isArray(value) ? listed : [value];
    return (
      <OneInput field={field} op={op} value={single} onChange={onChange} label={t('grid:value')} first />
    );
  }
  const [least = '', most = ''] = listed;
  return (
    <div className="filter-range">
      <OneInput
        field={field}
        op={op}
        value={least}
        onChange={(next) => onChange([next, most])}
        label={t('views:from')}
        first
      />
      <span aria-hidden>–</span>
      <OneInput
        field={field}
        op={op}
        value={most}
        onChange={(next) => onChange([least, next])}
        label={t('views:until')}
        first={false}
      />
    </div>
  );
}
