import { Loader } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldHint, fieldName } from '../../../text/names.ts';
import { FieldInput } from './FieldInput.tsx';
import type { Raw } from './inputs.ts';

export type FieldState = 'idle' | 'saving' | 'saved';

interface Props {
  type: EntityType;
  field: Field;
  raw: Raw;
  /** What a reference is called now. */
  title?: string;
  /** The university of the record, or ''. */
  near?: string;
  problem?: string | undefined;
  /** A sentence under the control: why the value is odd, that it is not saved. */
  note?: ReactNode;
  state?: FieldState;
  onChange: (raw: Raw) => void;
  /** The value counts now: Enter, leaving the field, a choice from a list. */
  onCommit?: (raw: Raw) => void;
  /** Esc in a field that holds something else than is stored. True when there was something to take back. */
  onCancel?: () => boolean;
}

function State({ state }: { state: FieldState }) {
  const { t } = useTranslation('panel');
  if (state === 'saving') return <Loader size={11} color="gray" aria-label={t('saving')} />;
  if (state === 'saved')
    return <IconCheck className="field-saved" size={14} stroke={2} aria-label={t('saved')} />;
  return null;
}

/** A field of a form: its name, its control, and what is to be said about its value. */
export function FieldRow(props: Props) {
  const {
    type,
    field,
    raw,
    title,
    near,
    problem,
    note,
    state = 'idle',
    onChange,
    onCommit,
    onCancel,
  } = props;
  const { t } = useTranslation('panel');
  const id = useId();
  const label = fieldName(field.key);
  const hint = fieldHint(field.key);
  const multiline = field.kind === 'longtext' || field.kind === 'json';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape' && onCancel?.()) event.preventDefault();
    if (event.key !== 'Enter' || (multiline && !event.ctrlKey && !event.metaKey)) return;
    if (onCommit) {
      event.preventDefault();
      onCommit(raw);
    }
  };
  return (
    <div className={`field${multiline ? ' field-block' : ''}`} data-field={field.key}>
      <label htmlFor={id} className="field-label" title={hint}>
        <span className={hint === undefined ? 'cut' : 'cut field-hinted'}>{label}</span>
        {field.required && (
          <span className="field-required" title={t('required')} aria-hidden>
            *
          </span>
        )}
        <State state={state} />
      </label>
      <div className="field-control" role="presentation" onKeyDown={onKeyDown}>
        <FieldInput
          id={id}
          type={type}
          field={field}
          label={label}
          raw={raw}
          {...(title === undefined ? {} : { title })}
          {...(near === undefined ? {} : { near })}
          {...(problem === undefined ? {} : { problem })}
          onChange={onChange}
          onChoose={(next) => {
            onChange(next);
            onCommit?.(next);
          }}
          {...(onCommit ? { onLeave: () => onCommit(raw) } : {})}
        />
        {field.kind === 'json' && hint !== undefined && <p className="field-hint">{hint}</p>}
        {note !== undefined && <div className="field-note">{note}</div>}
      </div>
    </div>
  );
}
