import { Loader } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldHint, labelOf } from '../../../text/names.ts';
import { Term } from '../../help/Term.tsx';
import { termOf } from '../../help/terms.ts';
import { readAs } from '../own/days.ts';
import { FieldInput } from './FieldInput.tsx';
import type { Raw } from './inputs.ts';
import { OtherUniversity } from './OtherUniversity.tsx';

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
  /** What stands in the control while it is empty, in place of the usual. */
  placeholder?: string | undefined;
  /** A sentence under the control: why the value is odd, that it is not saved. */
  note?: ReactNode;
  /** What has more to say about the value, and may say nothing. */
  below?: ReactNode;
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
  const said = note === undefined && typeof raw === 'string' ? readAs(field, raw) : null;
  const row = useRef<HTMLDivElement>(null);
  const label = labelOf(field);
  const hint = field.own ? undefined : fieldHint(field.key);
  const term = field.own ? undefined : termOf(field.key);
  const multiline = field.kind === 'longtext' || field.kind === 'json';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    if (event.key === 'F1' && term !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      row.current?.querySelector<HTMLElement>('[data-term]')?.click();
    }
    if (event.key === 'Escape' && onCancel?.()) event.preventDefault();
    if (event.key !== 'Enter' || (multiline && !event.ctrlKey && !event.metaKey)) return;
    if (onCommit) {
      event.preventDefault();
      onCommit(raw);
    }
  };
  return (
    <div ref={row} className={`field${multiline ? ' field-block' : ''}`} data-field={field.key}>
      <label htmlFor={id} className="field-label" title={hint}>
        {term === undefined ? (
          <span className={hint === undefined ? 'cut' : 'cut field-hinted'}>{label}</span>
        ) : (
          <Term id={term} inForm>
            {label}
          </Term>
        )}
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
          placeholder={props.placeholder}
          onChange={onChange}
          onChoose={(next) => {
            onChange(next);
            onCommit?.(next);
          }}
          {...(onCommit ? { onLeave: () => onCommit(raw) } : {})}
        />
        {field.kind === 'json' && hint !== undefined && <p className="field-hint">{hint}</p>}
        {note !== undefined && <div className="field-note">{note}</div>}
        {props.below}
        {field.to === 'team' &&
          typeof raw === 'string' &&
          raw !== '' &&
          near !== undefined &&
          near !== '' && <OtherUniversity id={raw} university={near} />}
        {said !== null && <p className="field-hint">{said}</p>}
      </div>
    </div>
  );
}
