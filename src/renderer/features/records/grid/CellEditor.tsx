import { IconAlertCircle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { titlesKey } from '#shared/domain/references.ts';
import { showPanel } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import type { Column } from '../columns.ts';
import type { Raw } from '../form/values.ts';
import { fieldForValue } from '../custom-fields.ts';
import { checkField, idsIn, toRaw } from '../form/values.ts';
import { valueText } from '../../../text/values.ts';
import { getDraft, draftKeyOf, storeTyping, dropDraft } from '../../../stores/drafts.ts';
import { useGridStore, endEditing, moveTo } from './state.ts';
import { saveField, savingWork } from '../edit/save.ts';
import { displayTitle } from '../../../text/names.ts';
import { reportError } from '../../../ui/notices.tsx';
import { say, useTexts } from '../../../i18n/setup.ts';
import { RecordNames } from '../../../ui/RecordName.tsx';
import { FieldInput } from '../form/FieldInput.tsx';
import { nearbyIds } from '../linking/links.ts';

interface UnsavedProps {
  record: EntityRecord;
  column: Column;
  raw: Raw;
}

/** An unsaved input of a cell with its problem, shown until saved or discarded. */
export function UnsavedCell({ record, column, raw }: UnsavedProps) {
  const { t } = useTexts('grid');
  const field = column.field && fieldForValue(column.field, record.payload[column.field.key]);
  const check = field ? checkField(record.type, field, raw) : null;
  const problemText =
    check?.ok === false ? `${t('faults:named', { field: column.label, problem: check.message })}. ` : '';
  return (
    <span className="odd bad cell-unsaved" title={`${problemText}${t('grid:unsavedCell')}`}>
      <IconAlertCircle size={14} stroke={1.8} aria-hidden />
      {column.field?.kind === 'references' ? (
        <RecordNames ids={idsIn(raw)} isPlain />
      ) : (
        valueText(raw, column.field)
      )}
    </span>
  );
}

/** Lists are edited in the panel, where there is room. */
export function EditInPanel({ record }: { record: EntityRecord }) {
  const grid = useGridStore();
  const tab = useTabId();
  useEffect(() => {
    endEditing(grid);
    showPanel({ kind: 'record', id: record.id, tab: 'details' }, tab ?? undefined);
  }, [grid, record.id, tab]);
  return null;
}

interface Props {
  record: EntityRecord;
  column: Column;
  field: Field;
  /** The typed text that replaces the content; null keeps it. */
  text: string | null;
}

function initialRaw({ record, text }: Props, field: Field): Raw {
  if (text === '' && field.kind === 'boolean') return null;
  if (text !== null && field.kind !== 'boolean' && field.kind !== 'reference') return text;
  const draft = getDraft(draftKeyOf.record(record.id))[field.key];
  return draft === undefined ? toRaw(field, record.payload[field.key]) : (draft as Raw);
}

/** Edits a cell in place. Enter and Tab save and move on, Esc discards; invalid input stays until corrected or left. */
export function CellEditor(props: Props) {
  const { record, column } = props;
  const grid = useGridStore();
  const [field] = useState(() => fieldForValue(props.field, record.payload[props.field.key]));
  const [raw, setRaw] = useState<Raw>(() => initialRaw(props, field));
  const [problem, setProblem] = useState<string>();
  const { key } = field;
  const seenValue = useRef(record.payload[key]);
  const isDone = useRef(false);
  // The direction in which the last key leaves the cell; a choice from a list can come after its key.
  const direction = useRef<readonly [down: number, right: number]>([0, 0]);

  const save = async (value: Raw): Promise<void> => {
    isDone.current = true;
    const result = await saveField({ record, field, raw: value, seenValue: seenValue.current });
    const names = { field: column.label, title: displayTitle(record.title, record.type) };
    if (result.state === 'failed')
      reportError(result.error, say('grid:editFailed', names), savingWork(record, field));
  };
  const saveOnUnmount = useRef(() => {});
  useEffect(() => {
    saveOnUnmount.current = () => void save(raw);
  });
  const unmountTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(unmountTimer.current);
    const { editing } = grid.getState();
    return () => {
      storeTyping(null);
      // The cell can be unmounted without blur: its row is scrolled away, or another view is shown.
      unmountTimer.current = setTimeout(() => {
        if (isDone.current) return;
        saveOnUnmount.current();
        if (grid.getState().editing === editing) endEditing(grid);
      });
    };
  }, [grid]);

  const finish = (value: Raw, down: number, right: number): void => {
    if (isDone.current) return;
    const check = checkField(record.type, field, value);
    if (!check.ok) {
      setProblem(check.message);
      return;
    }
    void save(value);
    const { cursor } = grid.getState();
    if (down === 0 && right === 0) endEditing(grid);
    else moveTo(grid, { row: Math.max(0, cursor.row + down), column: Math.max(0, cursor.column + right) });
  };
  const onKeyDownCapture = ({ key: pressedKey, shiftKey }: KeyboardEvent): void => {
    const step = shiftKey ? -1 : 1;
    direction.current = pressedKey === 'Enter' ? [step, 0] : pressedKey === 'Tab' ? [0, step] : [0, 0];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys belong to the field while it is edited.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      isDone.current = true;
      dropDraft(draftKeyOf.record(record.id), key);
      endEditing(grid);
      return;
    }
    const isLineBreak = field.kind === 'json' && event.shiftKey && event.key === 'Enter';
    if ((event.key !== 'Enter' && event.key !== 'Tab') || event.defaultPrevented || isLineBreak) return;
    event.preventDefault();
    finish(raw, ...direction.current);
  };
  const onLeave = (): void => {
    if (isDone.current) return;
    // A click elsewhere leaves the cell: invalid input becomes a flagged draft.
    void save(raw);
    endEditing(grid);
  };
  const title = record.derived[titlesKey(field)];
  return (
    <div
      className="cell-editor"
      role="presentation"
      onKeyDownCapture={onKeyDownCapture}
      onMouseDownCapture={() => {
        direction.current = [0, 0];
      }}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <FieldInput
        type={record.type}
        field={field}
        label={column.label}
        raw={raw}
        {...(problem === undefined ? {} : { problem })}
        title={typeof title === 'string' ? title : ''}
        near={nearbyIds({ ...record.payload, university_id: record.university_id }, field.key)}
        inGrid
        openingText={props.text}
        onChange={(next) => {
          setRaw(next);
          setProblem(undefined);
          storeTyping({ record: record.id, field: key, raw: next });
        }}
        onChoose={(next) => {
          setRaw(next);
          finish(next, ...direction.current);
        }}
        onLeave={onLeave}
      />
    </div>
  );
}
