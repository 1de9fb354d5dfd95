import { TextInput } from '@mantine/core';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { ChoiceInput } from '../records/form/ChoiceInput.tsx';

/** A line of text in a cell. */
export function TextCell(props: {
  label: string;
  value: string;
  placeholder?: string;
  numeric?: boolean;
  onChange: (text: string) => void;
}) {
  const { label, value, placeholder, numeric = false, onChange } = props;
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder ?? ''}
      inputMode={numeric ? 'numeric' : 'text'}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A value of an open list in a cell, by the field it is for. */
export function ChoiceCell(props: {
  type: EntityType;
  field: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { type, label, value, onChange } = props;
  const choose = (raw: string | boolean | null): void => onChange(typeof raw === 'string' ? raw : '');
  return (
    <ChoiceInput
      type={type}
      field={fieldOf(type, props.field) as Field}
      label={label}
      raw={value}
      onChange={choose}
      onChoose={choose}
    />
  );
}
