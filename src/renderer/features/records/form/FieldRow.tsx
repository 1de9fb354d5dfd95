import { Button, Loader } from '@mantine/core';
import { IconPlus, IconCheck } from '@tabler/icons-react';
import { say, useTexts } from '../../../i18n/setup.ts';
import { choiceName, inSentence, typeName, typeNames, fieldHint, fieldLabel } from '../../../text/names.ts';
import { interfaceKind } from '#shared/domain/interfaces.ts';
import { isKnownValue } from '#shared/domain/vocabulary.ts';
import type { Raw } from './values.ts';
import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useRef } from 'react';
import { Term } from '../../help/Term.tsx';
import { termOf } from '../../help/terms.ts';
import { interpretedText } from '../custom-fields.ts';
import type { InputProps } from './BlockInput.tsx';
import { FieldInput, isBond } from './FieldInput.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import styles from '../panel/fields.module.css';

interface Props {
  label: string;
  onClick: () => void;
}

export function AddButton({ label, onClick }: Props) {
  return (
    <Button
      className={styles.add}
      variant="subtle"
      color="gray"
      size="xs"
      leftSection={<IconPlus size={14} stroke={1.6} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

interface LinkKindProps {
  kind: Raw;
  from: unknown;
  to: unknown;
  onSet: (kind: string) => void;
}

/** Warns if a link's kind does not fit the types of its source and target, which imported data can have, and offers the right kind. */
export function LinkKindWarning({ kind, from, to, onSet }: LinkKindProps) {
  const { t } = useTexts('panel');
  if (typeof from !== 'string' || typeof to !== 'string' || !isKnownValue('interface_type', kind))
    return null;
  const matchingKind = interfaceKind(from, to);
  if (matchingKind === kind) return null;
  return (
    <div className={`tiny warn py-2 ${styles.note}`}>
      {from === to
        ? t('endsKind.both', { types: inSentence(typeNames(from)) })
        : t('endsKind.are', { from: inSentence(typeName(from)), to: inSentence(typeName(to)) })}{' '}
      <LinkButton className={styles.mend} onClick={() => onSet(matchingKind ?? '')}>
        {matchingKind === null
          ? t('common:leaveEmpty')
          : t('endsKind.set', { kind: choiceName(matchingKind) })}
      </LinkButton>
    </div>
  );
}

export type FieldState = 'idle' | 'saving' | 'saved';

interface FieldRowProps extends Pick<
  InputProps,
  'type' | 'field' | 'raw' | 'title' | 'near' | 'excludedId' | 'problem' | 'placeholder' | 'onChange'
> {
  /** A sentence below the control: why the value is unexpected or not saved. */
  note?: ReactNode;
  footer?: ReactNode;
  state?: FieldState;
  onCommit?: (raw: Raw) => void;
  /** Esc in a changed field. Returns whether there was something to revert. */
  onCancel?: () => boolean;
}

function SaveIndicator({ state }: { state: FieldState }) {
  const { t } = useTexts('frame');
  if (state === 'saving') return <Loader size={11} color="gray" aria-label={t('status.saving')} />;
  if (state === 'saved')
    return <IconCheck color="var(--ok)" size={14} stroke={2} aria-label={t('status.saved')} />;
  return null;
}

export function FieldRow(props: FieldRowProps) {
  const { note, footer, state = 'idle', onCommit, onCancel, ...input } = props;
  const { field, raw, onChange } = input;
  const { t } = useTexts('panel');
  const id = useId();
  const interpretation = note === undefined && typeof raw === 'string' ? interpretedText(field, raw) : null;
  const row = useRef<HTMLDivElement>(null);
  const isQuestion = isBond(field);
  const label = isQuestion ? say('records:passage.question') : fieldLabel(field);
  const hint = field.own ? undefined : fieldHint(input.type, field.key);
  const term = field.own ? undefined : termOf(field.key);
  const isMultiline = field.kind === 'longtext' || field.kind === 'json';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    if (event.key === 'F1' && term !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      row.current?.querySelector<HTMLElement>('[data-term]')?.click();
    }
    if (event.key === 'Escape' && onCancel?.()) event.preventDefault();
    if (event.key !== 'Enter' || (isMultiline && !event.ctrlKey && !event.metaKey)) return;
    if (onCommit) {
      event.preventDefault();
      onCommit(raw);
    }
  };
  return (
    <div
      ref={row}
      className={`stack top gap-2-8 small mb-4 field${isMultiline ? ` mt-4 mb-8` : ''}${isQuestion ? ` mt-8 ${styles.question}` : ''}`}
      data-field={field.key}
    >
      <label htmlFor={id} className="row gap-4 dim high-32" title={hint}>
        {term === undefined ? (
          <span className={hint === undefined ? 'cut' : `cut explained`}>{label}</span>
        ) : (
          <Term id={term} isInForm>
            {label}
          </Term>
        )}
        {field.required && (
          <span className="bad" title={t('required')} aria-hidden>
            *
          </span>
        )}
        <SaveIndicator state={state} />
      </label>
      <div className="field-control" role="presentation" onKeyDown={onKeyDown}>
        <FieldInput
          {...input}
          {...(field.kind === 'longtext' && hint !== undefined ? { placeholder: hint } : {})}
          id={id}
          label={label}
          onChoose={(next) => {
            onChange(next);
            onCommit?.(next);
          }}
          {...(onCommit ? { onLeave: () => onCommit(raw) } : {})}
        />
        {(field.kind === 'json' || field.kind === 'references') && hint !== undefined && (
          <p className="tiny faint breaks py-2">{hint}</p>
        )}
        {note !== undefined && <div className={`tiny warn py-2 ${styles.note}`}>{note}</div>}
        {footer}
        {interpretation !== null && <p className="tiny faint breaks py-2">{interpretation}</p>}
      </div>
    </div>
  );
}
