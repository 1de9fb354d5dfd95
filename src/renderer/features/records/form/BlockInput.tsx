import { Textarea } from '@mantine/core';
import { capitalised } from '../../../text/names.ts';
import { useEffect, useRef } from 'react';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Raw } from './values.ts';

export interface InputProps {
  type: EntityType;
  field: Field;
  label: string;
  raw: Raw;
  title?: string;
  /** Ids of teams, people and universities: they and their members are offered first, in this order. */
  near?: readonly string[];
  /** The id of a record that is not offered. */
  excludedId?: string;
  problem?: string | undefined;
  /** In a grid cell: without border, focused from the start. */
  inGrid?: boolean;
  /** The text that was typed to open a cell; null if the cell was opened without typing. */
  openingText?: string | null;
  id?: string;
  placeholder?: string | undefined;
  onChange: (raw: Raw) => void;
  onChoose: (raw: Raw) => void;
  onLeave?: (() => void) | undefined;
}

interface Props extends InputProps {
  /** The displayed text, if it differs from `raw`: a JSON string without its quotes and escapes. */
  shownText?: string;
  takesFocus?: boolean;
}

export function BlockInput(props: Props) {
  const {
    field,
    label,
    raw,
    shownText,
    problem,
    placeholder,
    id,
    takesFocus = false,
    onChange,
    onLeave,
  } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  const isJson = field.kind === 'json' && shownText === undefined;
  return (
    <Textarea
      ref={box}
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      autosize
      minRows={2}
      maxRows={12}
      value={shownText ?? (typeof raw === 'string' ? raw : '')}
      placeholder={placeholder ?? ''}
      spellCheck={!isJson}
      classNames={isJson ? { input: 'mono' } : {}}
      error={problem ? capitalised(problem) : null}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onLeave?.()}
    />
  );
}
