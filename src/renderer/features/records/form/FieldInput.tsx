import { ActionIcon, Tooltip, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ComponentType, ReactElement, FocusEvent } from 'react';
import type { Field } from '#shared/domain/entities.ts';
import { targetTypes } from '#shared/domain/references.ts';
import type { Raw } from './values.ts';
import { isWebAddress } from '#shared/domain/web-address.ts';
import { shell } from '../../../api/shell.ts';
import { reportError } from '../../../ui/notices.tsx';
import { say } from '../../../i18n/setup.ts';
import { capitalised, unitName } from '../../../text/names.ts';
import { BondInput } from './BondInput.tsx';
import { ChoiceInput } from './ChoiceInput.tsx';
import { linkableTypes } from '../linking/links.ts';
import { interpretedText } from '../custom-fields.ts';
import { useDayText } from '../../../ui/useDayText.ts';
import { RatingsInput, ValuesInput, WeightsInput } from './FactorInputs.tsx';
import { LookupInput } from './LookupInput.tsx';
import { NotesInput } from './NotesInput.tsx';
import { ReferencesInput } from './ReferencesInput.tsx';
import type { InputProps } from './BlockInput.tsx';
import { BlockInput } from './BlockInput.tsx';
import styles from '../panel/fields.module.css';

interface CellProblemProps {
  label: string;
  problem: string | undefined;
  hint: string | null;
  children: ReactElement;
}

function CellProblem({ label, problem, hint, children }: CellProblemProps) {
  return (
    <Tooltip
      label={problem === undefined ? hint : say('faults:named', { field: label, problem })}
      opened={problem !== undefined || hint !== null}
      position="bottom-start"
      classNames={{ tooltip: problem === undefined ? 'cell-hint' : 'cell-problem' }}
    >
      {children}
    </Tooltip>
  );
}

const textOf = (raw: Raw): string => (typeof raw === 'string' ? raw : '');

/** Focuses the input of a cell: typing replaces its content, or continues the text that opened the cell. */
function useCellFocus(inGrid: boolean, openingText: string | null | undefined) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const element = input.current;
    if (!inGrid || !element) return;
    element.focus();
    if (openingText === null || openingText === undefined) element.select();
    else element.setSelectionRange(element.value.length, element.value.length);
  }, [inGrid, openingText]);
  return input;
}

function selectAll({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  currentTarget.select();
}

function OpenUrlButton({ url }: { url: string }) {
  return (
    <ActionIcon
      type="button"
      aria-label={say('documents:openAddress')}
      title={say('documents:openAddress')}
      onClick={() => void shell.openExternal({ url: url.trim() }).catch(reportError)}
    >
      <IconExternalLink size={15} stroke={1.6} />
    </ActionIcon>
  );
}

function LineInput(props: InputProps) {
  const { field, label, raw, problem, inGrid = false, openingText, id, onChange, onLeave } = props;
  const input = useCellFocus(inGrid, openingText);
  const unit = unitName(field);
  const day = useDayText(textOf(raw));
  const isDay = field.kind === 'date';
  const isAddress = (field.kind === 'url' || field.own === true) && isWebAddress(textOf(raw));
  const textInput = (
    <TextInput
      ref={input}
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      variant={inGrid ? 'unstyled' : 'default'}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      value={isDay ? day.text : textOf(raw)}
      placeholder={props.placeholder ?? ''}
      error={inGrid ? Boolean(problem) : problem ? capitalised(problem) : null}
      rightSection={
        inGrid ? null : isAddress ? (
          <OpenUrlButton url={textOf(raw)} />
        ) : unit !== '' ? (
          <span className={`tiny faint ${styles.unit}`}>{unit}</span>
        ) : null
      }
      rightSectionWidth={unit.length > 2 ? 58 : 28}
      rightSectionPointerEvents={isAddress ? 'all' : 'none'}
      // Typing replaces a number instead of continuing it.
      {...(field.kind === 'number' && !inGrid ? { onFocus: selectAll } : {})}
      onChange={({ currentTarget }) => {
        day.type(currentTarget.value, currentTarget.value);
        onChange(currentTarget.value);
      }}
      onBlur={() => {
        day.leave();
        onLeave?.();
      }}
    />
  );
  if (!inGrid) return textInput;
  return (
    <CellProblem label={label} problem={problem} hint={interpretedText(field, textOf(raw))}>
      {textInput}
    </CellProblem>
  );
}

const factorForms: Readonly<Record<string, ComponentType<InputProps>>> = {
  values: ValuesInput,
  factors: WeightsInput,
  factor_values: RatingsInput,
};
const noteFields: ReadonlySet<string> = new Set(['meta', 'imported_values']);

/** The bond of a link is a question of its own outside of grids. */
export const isBond = ({ list, own }: Pick<Field, 'list' | 'own'>): boolean => list === 'bond_type' && !own;

export function FieldInput(props: InputProps) {
  const { field, inGrid = false } = props;
  if (isBond(field) && !inGrid) return <BondInput {...props} />;
  if (field.kind === 'choice' || field.kind === 'boolean') return <ChoiceInput {...props} />;
  if (field.kind === 'references') return <ReferencesInput {...props} />;
  if (field.kind === 'reference') {
    return (
      <LookupInput
        inputId={props.id}
        label={props.label}
        types={targetTypes(field.to, linkableTypes)}
        id={textOf(props.raw)}
        title={props.title}
        near={field.to === 'university' ? [] : (props.near ?? [])}
        optional={!field.required}
        {...(props.placeholder !== undefined
          ? { placeholder: props.placeholder }
          : field.required
            ? { placeholder: say('panel:links.choose') }
            : {})}
        inGrid={inGrid}
        openingText={props.openingText}
        problem={props.problem}
        onChoose={(id) => props.onChoose(id)}
        onLeave={props.onLeave}
      />
    );
  }
  const FieldForm = field.own ? undefined : factorForms[field.key];
  if (!inGrid && FieldForm) return <FieldForm {...props} />;
  // Free notes are a list of names and values.
  if (!inGrid && field.kind === 'json' && (noteFields.has(field.key) || field.own))
    return <NotesInput {...props} />;
  if (!inGrid && (field.kind === 'longtext' || field.kind === 'json')) return <BlockInput {...props} />;
  return <LineInput {...props} />;
}
