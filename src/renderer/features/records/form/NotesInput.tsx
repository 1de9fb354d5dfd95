import './notes.css';
import { ActionIcon, Button, Input, Stack, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { numberLocale } from '../../../text/formats.ts';
import { formatNumber, typedNumber } from './values.ts';
import type { Raw } from './values.ts';
import { BlockInput } from './BlockInput.tsx';
import type { InputProps } from './BlockInput.tsx';

export interface Note {
  id: number;
  name: string;
  /** The stored name; null for a new note. */
  storedName: string | null;
  text: string;
  /** The stored value; undefined for a new note. Lists and objects are not edited. */
  value: Json | undefined;
}

/** The content of the control: named notes, one text, or other JSON. */
type Content = { kind: 'notes'; notes: Note[] } | { kind: 'text'; text: string } | { kind: 'json' };

const booleanText = (value: boolean): string => say(value ? 'common:yes' : 'common:no');

function inputTextOf(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  if (typeof value === 'boolean') return booleanText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a value is edited as text; lists and objects are only shown. */
const isEditable = (value: Json | undefined): boolean => typeof value !== 'object' || value === null;

export function contentOf(raw: Raw): Content {
  const json = typeof raw === 'string' ? raw : '';
  if (json.trim() === '') return { kind: 'notes', notes: [] };
  let value: Json;
  try {
    value = JSON.parse(json) as Json;
  } catch {
    return { kind: 'json' };
  }
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (!isJsonObject(value) || Object.keys(value).some((name) => name.trim() !== name || name === ''))
    return { kind: 'json' };
  const notes = Object.entries(value).map(([name, noteValue], id) => ({
    id,
    name,
    storedName: name,
    text: inputTextOf(noteValue),
    value: noteValue,
  }));
  return { kind: 'notes', notes };
}

function valueOf({ text, value }: Note): Json {
  if (value !== undefined && (!isEditable(value) || text === inputTextOf(value))) return value;
  if (typeof value === 'number') return typedNumber(text) ?? text;
  if (typeof value === 'boolean')
    return [true, false].find((option) => booleanText(option) === text.trim()) ?? text;
  return text;
}

/** The problem of a note's name, which is then not saved: no name, or a duplicate. */
export function nameProblemOf(note: Note, notes: readonly Note[]): 'unnamed' | 'twice' | null {
  const name = note.name.trim();
  if (name === '') return note.text.trim() === '' ? null : 'unnamed';
  const namesakes = notes.filter((otherNote) => otherNote.name.trim() === name);
  // The note that is stored with the name keeps it.
  return (namesakes.find(({ storedName }) => storedName === name) ?? namesakes[0]) === note ? null : 'twice';
}

const hasValidName = (note: Note, notes: readonly Note[]): boolean =>
  note.name.trim() !== '' && nameProblemOf(note, notes) === null;

/** The JSON of notes; '' for none. A note with an invalid name keeps its stored name if that is free; a new one is left out. */
export function rawOfNotes(notes: readonly Note[]): string {
  const usedNames = new Set(notes.filter((note) => hasValidName(note, notes)).map(({ name }) => name.trim()));
  const entries = notes.flatMap((note): [string, Json][] => {
    if (hasValidName(note, notes)) return [[note.name.trim(), valueOf(note)]];
    return note.storedName === null || usedNames.has(note.storedName)
      ? []
      : [[note.storedName, valueOf(note)]];
  });
  // Built from entries, because a name can be any word, such as __proto__.
  return entries.length === 0 ? '' : JSON.stringify(Object.fromEntries(entries), null, 2);
}

/** The notes after saving, with their new stored names. */
export function savedNotes(notes: readonly Note[]): Note[] {
  return notes.map((note) => (hasValidName(note, notes) ? { ...note, storedName: note.name.trim() } : note));
}

export function emptyNote(notes: readonly Note[]): Note {
  const id = Math.max(-1, ...notes.map((note) => note.id)) + 1;
  return { id, name: '', storedName: null, text: '', value: undefined };
}

export function isSameJson(one: Raw, other: Raw): boolean {
  if (one === other) return true;
  try {
    return jsonEqual(JSON.parse(String(one)) as Json, JSON.parse(String(other)) as Json);
  } catch {
    return false;
  }
}

interface RowProps {
  note: Note;
  notes: readonly Note[];
  onChange: (note: Note) => void;
  onRemove: () => void;
  onLeave: () => void;
}

function NoteRow({ note, notes, onChange, onRemove, onLeave }: RowProps) {
  const { t } = useTexts('notes');
  const { name, text, value } = note;
  const problem = nameProblemOf(note, notes);
  const removeLabel = name === '' ? t('removeNew') : t('remove', { name });
  const leave = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) onLeave();
  };
  return (
    <div className="note" role="presentation" onBlur={leave}>
      <TextInput
        aria-label={t('nameOf')}
        placeholder={t('name')}
        value={name}
        maxLength={200}
        error={problem === null ? null : t(problem)}
        onChange={(event) => onChange({ ...note, name: event.currentTarget.value })}
      />
      {isEditable(value) ? (
        <Textarea
          autosize
          minRows={1}
          maxRows={8}
          aria-label={name === '' ? t('value') : t('valueOf', { name })}
          placeholder={t('value')}
          value={text}
          onChange={(event) => onChange({ ...note, text: event.currentTarget.value })}
        />
      ) : (
        <code className="scroll tiny dim breaks px-8 py-4 sunken rounded note-nested" title={t('nested')}>
          {text}
        </code>
      )}
      <Tooltip label={removeLabel}>
        <ActionIcon size={30} aria-label={removeLabel} onClick={onRemove}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function initialContent(raw: Raw): Content {
  return raw === '' ? { kind: 'notes', notes: [emptyNote([])] } : contentOf(raw);
}

/** Edits named notes in place. The JSON is shown on request, or if it cannot be edited as notes. */
export function NotesInput(props: InputProps) {
  const { label, raw, problem, onChange, onChoose, onLeave } = props;
  const { t } = useTexts('notes');
  const list = useRef<HTMLFieldSetElement>(null);
  const [content, setContent] = useState(() => initialContent(raw));
  // The raw value that the notes represent. A different value was set from outside.
  const [shownRaw, setShownRaw] = useState(raw);
  const [isJsonShown, setIsJsonShown] = useState(false);
  // The note to focus after rendering, or the button that adds one.
  const focusTarget = useRef<number | 'add' | null>(raw === '' ? 0 : null);
  if (raw !== shownRaw) {
    setShownRaw(raw);
    if (!isSameJson(raw, shownRaw)) setContent(contentOf(raw));
  }
  useEffect(() => {
    const target = focusTarget.current;
    if (target === null) return;
    focusTarget.current = null;
    const rows = list.current?.querySelectorAll<HTMLElement>('.note') ?? [];
    const row = target === 'add' ? undefined : rows[Math.min(target, rows.length - 1)];
    (
      row?.querySelector<HTMLElement>('input') ?? list.current?.querySelector<HTMLElement>('.note-add')
    )?.focus();
  });

  if (isJsonShown || content.kind === 'json') {
    // While the person types, the text can be a valid list for a moment, so it becomes notes only on blur.
    const leaveJson = (): void => {
      setIsJsonShown(false);
      onLeave?.();
    };
    const changeJson = (next: Raw): void => {
      setIsJsonShown(true);
      onChange(next);
    };
    return <BlockInput {...props} takesFocus={isJsonShown} onChange={changeJson} onLeave={leaveJson} />;
  }
  if (content.kind === 'text') {
    const changeText = (text: string): void => {
      const next = text === '' ? '' : JSON.stringify(text);
      setContent({ kind: 'text', text });
      setShownRaw(next);
      onChange(next);
    };
    return (
      <BlockInput {...props} shownText={content.text} onChange={(next) => changeText(String(next ?? ''))} />
    );
  }

  const { notes } = content;
  const changeNotes = (next: Note[], onRaw: (raw: string) => void): void => {
    const text = rawOfNotes(next);
    setContent({ kind: 'notes', notes: next });
    setShownRaw(text);
    if (!isSameJson(text, raw)) onRaw(text);
  };
  const add = (): void => {
    focusTarget.current = notes.length;
    changeNotes([...notes, emptyNote(notes)], onChange);
  };
  const remove = (index: number): void => {
    focusTarget.current = notes.length === 1 ? 'add' : index;
    changeNotes(notes.toSpliced(index, 1), onChoose);
  };
  const leave = (): void => {
    setContent({ kind: 'notes', notes: savedNotes(notes) });
    onLeave?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const hasUnnamed = notes.some((note) => note.name.trim() === '');
    if (event.key === 'Enter' && !event.shiftKey && event.target instanceof Element) {
      if (event.target.closest('button')) return;
      event.preventDefault();
      leave();
    }
    if (event.key === 'Escape' && hasUnnamed) {
      event.preventDefault();
      focusTarget.current = 'add';
      setContent(contentOf(raw));
    }
  };
  return (
    <fieldset ref={list} className="notes" aria-label={label}>
      <Stack gap={4} role="presentation" onKeyDown={onKeyDown}>
        {notes.map((note, index) => (
          <NoteRow
            key={note.id}
            note={note}
            notes={notes}
            onChange={(next) => changeNotes(notes.with(index, next), onChange)}
            onRemove={() => remove(index)}
            onLeave={leave}
          />
        ))}
      </Stack>
      {problem !== undefined && <Input.Error>{problem}</Input.Error>}
      <Button
        className="note-add"
        mt={4}
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={13} stroke={1.7} />}
        onClick={add}
      >
        {t('add')}
      </Button>
      {notes.some(({ value }) => !isEditable(value)) && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setIsJsonShown(true)}>
          {t('asText')}
        </Button>
      )}
    </fieldset>
  );
}
