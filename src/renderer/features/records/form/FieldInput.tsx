import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { say } from '../../../i18n/setup.ts';
import { unitName } from '../../../text/names.ts';
import { CellProblem } from './CellProblem.tsx';
import { ChoiceInput } from './ChoiceInput.tsx';
import type { InputProps } from './input-props.ts';
import type { Raw } from './inputs.ts';
import { endTypes } from '../linkable.ts';
import { LookupInput } from './LookupInput.tsx';

const text = (raw: Raw): string => (typeof raw === 'string' ? raw : '');

/** Puts the cursor behind what is there, or selects it, when a cell begins to be edited. */
function useArrival(inGrid: boolean, typed: string | null | undefined) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const element = input.current;
    if (!inGrid || !element) return;
    element.focus();
    if (typed === null || typed === undefined) element.select();
    else element.setSelectionRange(element.value.length, element.value.length);
  }, [inGrid, typed]);
  return input;
}

function LineInput({ field, label, raw, problem, inGrid = false, typed, id, onChange, onLeave }: InputProps) {
  const input = useArrival(inGrid, typed);
  const unit = unitName(field);
  const line = (
    <TextInput
      ref={input}
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      variant={inGrid ? 'unstyled' : 'default'}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      value={text(raw)}
      error={inGrid ? Boolean(problem) : (problem ?? null)}
      rightSection={unit !== '' && !inGrid ? <span className="field-unit">{unit}</span> : null}
      rightSectionWidth={unit.length > 2 ? 58 : 28}
      rightSectionPointerEvents="none"
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onLeave?.()}
    />
  );
  if (!inGrid) return line;
  return (
    <CellProblem label={label} problem={problem}>
      {line}
    </CellProblem>
  );
}

function BlockInput({ field, label, raw, problem, id, onChange, onLeave }: InputProps) {
  return (
    <Textarea
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      autosize
      minRows={2}
      maxRows={12}
      value={text(raw)}
      spellCheck={field.kind !== 'json'}
      classNames={field.kind === 'json' ? { input: 'mono' } : {}}
      error={problem ?? null}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onLeave?.()}
    />
  );
}

/** The control for a field, by its kind: in the panel's form and in a cell of the grid alike. */
export function FieldInput(props: InputProps) {
  const { field, inGrid = false } = props;
  if (field.kind === 'choice' || field.kind === 'boolean') return <ChoiceInput {...props} />;
  if (field.kind === 'reference') {
    return (
      <LookupInput
        inputId={props.id}
        label={props.label}
        types={field.to === 'any' || field.to === undefined ? endTypes : [field.to]}
        id={text(props.raw)}
        title={props.title}
        near={field.to === 'university' ? '' : (props.near ?? '')}
        optional={!field.required}
        {...(field.required ? { placeholder: say('panel:links.choose') } : {})}
        inGrid={inGrid}
        typed={props.typed}
        problem={props.problem}
        onChoose={(id) => props.onChoose(id)}
        onLeave={props.onLeave}
      />
    );
  }
  if (!inGrid && (field.kind === 'longtext' || field.kind === 'json')) return <BlockInput {...props} />;
  return <LineInput {...props} />;
}
