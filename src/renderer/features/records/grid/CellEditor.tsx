import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { draftAt, draftOf, dropDraft, keepTyping } from '../../../stores/drafts.ts';
import type { Column } from '../columns.ts';
import { tellOverwritten } from '../data/overwritten.ts';
import { saveField } from '../data/save.ts';
import { forgetUnsaved, tellUnsaved } from '../data/unsaved.ts';
import { editedAs } from '../own/edited.ts';
import { checkField } from '../form/check.ts';
import { FieldInput } from '../form/FieldInput.tsx';
import { toRaw } from '../form/inputs.ts';
import type { Raw } from '../form/inputs.ts';
import { report } from '../../../ui/notices.tsx';
import { say } from '../../../i18n/setup.ts';
import { titleOr } from '../../../text/names.ts';
import { endEditing, moveTo, useGridStore } from './state.ts';
import type { GridStore } from './state.ts';

interface Props {
  record: EntityRecord;
  column: Column;
  /** Takes the place of what is there; null keeps it. */
  text: string | null;
}

function startOf({ record, column, text }: Props): Raw {
  if (!column.field) return null;
  const field = editedAs(column.field, record.payload[column.field.key]);
  if (text === '' && field.kind === 'boolean') return null;
  if (text !== null && field.kind !== 'boolean' && field.kind !== 'reference') return text;
  const draft = draftAt(draftOf.record(record.id))[field.key];
  return draft === undefined ? toRaw(field, record.payload[field.key]) : (draft as Raw);
}

/** Moves on from the cell that was edited: down, up, right or left; or stays. */
function moveOn(grid: GridStore, down: number, right: number): void {
  const { cursor } = grid.getState();
  moveTo(grid, { row: Math.max(0, cursor.row + down), column: Math.max(0, cursor.column + right) });
}

async function save(record: EntityRecord, column: Column, raw: Raw, base: Json | undefined): Promise<void> {
  if (!column.field) return;
  const field = editedAs(column.field, base);
  const saved = await saveField(record, field, raw);
  // Somebody else changed it while one typed: theirs is gone now, and that is said.
  if (saved.state === 'saved' && !jsonEqual(base ?? null, record.payload[field.key] ?? null))
    await tellOverwritten(record, field, saved.opId);
  const names = { field: column.label, title: titleOr(record.title, record.type) };
  if (saved.state === 'failed') report(saved.error, say('grid:editFailed', names));
  if (saved.state === 'invalid') tellUnsaved(record.id, field, raw, saved.message, names);
  else forgetUnsaved(record.id, field.key);
}

/** Edits a cell in its place. Enter and Tab save and move on, Esc leaves it as it was; a value that cannot be is not let go. */
export function CellEditor(props: Props) {
  const { record, column } = props;
  const grid = useGridStore();
  const [raw, setRaw] = useState<Raw>(() => startOf(props));
  const [problem, setProblem] = useState<string>();
  const done = useRef(false);
  // What was stored when one began to type.
  const key = column.field?.key ?? column.key;
  const base = useRef(record.payload[key]);
  const [field] = useState(() => column.field && editedAs(column.field, record.payload[key]));
  // Where the key goes that chooses from a list; the choice may come a moment later.
  const way = useRef<readonly [down: number, right: number]>([0, 0]);
  // The cell may go without being left: its row is scrolled away, others come before it, another view is shown.
  const leaving = useRef(() => {});
  const going = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(going.current);
    const { editing } = grid.getState();
    return () => {
      keepTyping(null);
      going.current = setTimeout(() => {
        if (done.current) return;
        leaving.current();
        if (grid.getState().editing === editing) endEditing(grid);
      });
    };
  }, [grid]);
  useEffect(() => {
    leaving.current = () => void save(record, column, raw, base.current);
  }, [record, column, raw]);
  if (!field) return null;

  const finish = (value: Raw, down: number, right: number): boolean => {
    if (done.current) return true;
    const checked = checkField(record.type, field, value);
    if (!checked.ok) {
      setProblem(checked.message);
      return false;
    }
    done.current = true;
    void save(record, column, value, base.current);
    if (down === 0 && right === 0) endEditing(grid);
    else moveOn(grid, down, right);
    return true;
  };
  const onKeyDownFirst = ({ key, shiftKey }: KeyboardEvent): void => {
    const step = shiftKey ? -1 : 1;
    way.current = key === 'Enter' ? [step, 0] : key === 'Tab' ? [0, step] : [0, 0];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys are the field's while one edits; the grid must not move on them.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      done.current = true;
      dropDraft(draftOf.record(record.id), key);
      forgetUnsaved(record.id, key);
      endEditing(grid);
    } else if (
      event.key === 'Enter' &&
      !event.defaultPrevented &&
      !(field.kind === 'json' && event.shiftKey)
    ) {
      event.preventDefault();
      finish(raw, event.shiftKey ? -1 : 1, 0);
    } else if (event.key === 'Tab' && !event.defaultPrevented) {
      event.preventDefault();
      finish(raw, 0, event.shiftKey ? -1 : 1);
    }
  };
  const onLeave = (): void => {
    if (done.current) return;
    if (!finish(raw, 0, 0)) {
      // Whoever clicks elsewhere wants to go: what was typed is kept as a draft and flagged in its cell.
      done.current = true;
      void save(record, column, raw, base.current);
      endEditing(grid);
    }
  };
  return (
    <div
      className="cell-editor"
      role="presentation"
      onKeyDownCapture={onKeyDownFirst}
      onMouseDownCapture={() => {
        way.current = [0, 0];
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
        title={referenceTitle(record, column)}
        near={record.university_id ?? ''}
        inGrid
        typed={props.text}
        onChange={(next) => {
          setRaw(next);
          setProblem(undefined);
          keepTyping({ record: record.id, field: key, raw: next });
        }}
        onChoose={(next) => {
          setRaw(next);
          finish(next, ...way.current);
        }}
        onLeave={onLeave}
      />
    </div>
  );
}

/** What the record that a reference names is called, as far as it is known already. */
function referenceTitle(record: EntityRecord, column: Column): string {
  const title = record.derived[`${column.key.replace(/_id$/, '')}_title`];
  return typeof title === 'string' ? title : '';
}
