import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { draftAt, draftOf, dropDraft } from '../../../stores/drafts.ts';
import type { Column } from '../columns.ts';
import { saveField } from '../data/save.ts';
import { checkField } from '../form/check.ts';
import { FieldInput } from '../form/FieldInput.tsx';
import { toRaw } from '../form/inputs.ts';
import type { Raw } from '../form/inputs.ts';
import { report } from '../../../ui/notices.tsx';
import { say } from '../../../i18n/setup.ts';
import { titleOr } from '../../../text/names.ts';
import { endEditing, moveTo, useGrid } from './state.ts';

interface Props {
  record: EntityRecord;
  column: Column;
  /** Takes the place of what is there; null keeps it. */
  text: string | null;
}

function startOf({ record, column, text }: Props): Raw {
  const { field } = column;
  if (!field) return null;
  if (text === '' && field.kind === 'boolean') return null;
  if (text !== null && field.kind !== 'boolean' && field.kind !== 'reference') return text;
  const draft = draftAt(draftOf.record(record.id))[column.key];
  return draft === undefined ? toRaw(field, record.payload[column.key]) : (draft as Raw);
}

/** Moves on from the cell that was edited: down, up, right or left; or stays. */
function moveOn(down: number, right: number): void {
  const { cursor } = useGrid.getState();
  moveTo({ row: Math.max(0, cursor.row + down), column: Math.max(0, cursor.column + right) });
}

async function save(record: EntityRecord, column: Column, raw: Raw): Promise<void> {
  if (!column.field) return;
  const saved = await saveField(record, column.field, raw);
  const title = say('grid:editFailed', { field: column.label, title: titleOr(record.title, record.type) });
  if (saved.state === 'failed') report(saved.error, title);
  if (saved.state === 'invalid') report(new Error(saved.message), title);
}

/** Edits a cell in its place. Enter and Tab save and move on, Esc leaves it as it was; a value that cannot be is not let go. */
export function CellEditor(props: Props) {
  const { record, column } = props;
  const { field } = column;
  const [raw, setRaw] = useState<Raw>(() => startOf(props));
  const [problem, setProblem] = useState<string>();
  const done = useRef(false);
  // Where the key goes that chooses from a list; the choice may come a moment later.
  const way = useRef<readonly [down: number, right: number]>([0, 0]);
  if (!field) return null;

  const finish = (value: Raw, down: number, right: number): boolean => {
    if (done.current) return true;
    const checked = checkField(record.type, field, value);
    if (!checked.ok) {
      setProblem(checked.message);
      return false;
    }
    done.current = true;
    void save(record, column, value);
    if (down === 0 && right === 0) endEditing();
    else moveOn(down, right);
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
      dropDraft(draftOf.record(record.id), column.key);
      endEditing();
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
      void save(record, column, raw);
      endEditing();
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
