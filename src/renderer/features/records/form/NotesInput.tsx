import './notes.css';
import { ActionIcon, Button, Input, Stack, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { numberLocale } from '../../../text/formats.ts';
import { formatNumber, parseNumber } from './values.ts';
import type { Raw } from './values.ts';
import { BlockInput } from './BlockInput.tsx';
import type { InputProps } from './BlockInput.tsx';

/** One note as it is edited: its name, and what is noted under it. */
export interface Note {
  id: number;
  name: string;
  /** Under which name it is stored; null for a note that is new. */
  was: string | null;
  text: string;
  /** What is stored; undefined for a note that is new. Lists and objects are kept as they are. */
  value: Json | undefined;
}

/** What the control of notes holds: notes with a name each, one text without a name, or something else that is shown as JSON. */
type Content = { kind: 'notes'; notes: Note[] } | { kind: 'text'; text: string } | { kind: 'json' };

const yesNo = (value: boolean): string => say(value ? 'common:yes' : 'common:no');

function written(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  if (typeof value === 'boolean') return yesNo(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a value is edited as text; a list or an object is only shown. */
const isPlain = (value: Json | undefined): boolean => typeof value !== 'object' || value === null;

/** What stands in the field, from the JSON that its control holds. */
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
  const notes = Object.entries(value).map(([name, one], id) => ({
    id,
    name,
    was: name,
    text: written(one),
    value: one,
  }));
  return { kind: 'notes', notes };
}

function valueOf({ text, value }: Note): Json {
  if (value !== undefined && (!isPlain(value) || text === written(value))) return value;
  if (typeof value === 'number') return parseNumber(text, numberLocale()) ?? text;
  if (typeof value === 'boolean') return [true, false].find((one) => yesNo(one) === text.trim()) ?? text;
  return text;
}

/** What is wrong with a note, or null: without a name it is not kept, nor under one that another has. */
export function problemOf(note: Note, notes: readonly Note[]): 'unnamed' | 'twice' | null {
  const name = note.name.trim();
  if (name === '') return note.text.trim() === '' ? null : 'unnamed';
  const same = notes.filter((one) => one.name.trim() === name);
  // The one that had the name keeps it.
  return (same.find(({ was }) => was === name) ?? same[0]) === note ? null : 'twice';
}

const isNamed = (note: Note, notes: readonly Note[]): boolean =>
  note.name.trim() !== '' && problemOf(note, notes) === null;

/**
 * The JSON of notes; '' for none. What has no name, or that of another, stays under the name that it had, and is no part of it as long as
 * it is new.
 */
export function rawOfNotes(notes: readonly Note[]): string {
  const taken = new Set(notes.filter((note) => isNamed(note, notes)).map(({ name }) => name.trim()));
  const kept = notes.flatMap((note): [string, Json][] => {
    if (isNamed(note, notes)) return [[note.name.trim(), valueOf(note)]];
    return note.was === null || taken.has(note.was) ? [] : [[note.was, valueOf(note)]];
  });
  // Not an assignment: a name may be any word.
  return kept.length === 0 ? '' : JSON.stringify(Object.fromEntries(kept), null, 2);
}

/** Notes once they are saved: each is known by the name that it has now. */
export function settled(notes: readonly Note[]): Note[] {
  return notes.map((note) => (isNamed(note, notes) ? { ...note, was: note.name.trim() } : note));
}

/** A further note, of which nothing is typed yet. */
export function blankNote(notes: readonly Note[]): Note {
  const id = Math.max(-1, ...notes.map((note) => note.id)) + 1;
  return { id, name: '', was: null, text: '', value: undefined };
}

/** Whether two contents of the control mean the same. */
export function sameRaw(one: Raw, other: Raw): boolean {
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
  const problem = problemOf(note, notes);
  const remove = name === '' ? t('removeNew') : t('remove', { name });
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
      {isPlain(value) ? (
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
        <code className="note-nested" title={t('nested')}>
          {text}
        </code>
      )}
      <Tooltip label={remove}>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={remove} onClick={onRemove}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function firstContent(raw: Raw): Content {
  return raw === '' ? { kind: 'notes', notes: [blankNote([])] } : contentOf(raw);
}

/** Notes with a name each, edited in their place. The JSON behind them is shown only where it is asked for, or where they are no such list. */
export function NotesInput(props: InputProps) {
  const { label, raw, problem, onChange, onChoose, onLeave } = props;
  const { t } = useTexts('notes');
  const list = useRef<HTMLFieldSetElement>(null);
  const [content, setContent] = useState(() => firstContent(raw));
  // What the notes stand for; another content came from elsewhere.
  const [shown, setShown] = useState(raw);
  const [asText, setAsText] = useState(false);
  const focus = useRef<number | 'add' | null>(raw === '' ? 0 : null);
  if (raw !== shown) {
    setShown(raw);
    if (!sameRaw(raw, shown)) setContent(contentOf(raw));
  }
  useEffect(() => {
    const wanted = focus.current;
    if (wanted === null) return;
    focus.current = null;
    const rows = list.current?.querySelectorAll<HTMLElement>('.note') ?? [];
    const row = wanted === 'add' ? undefined : rows[Math.min(wanted, rows.length - 1)];
    (
      row?.querySelector<HTMLElement>('input') ?? list.current?.querySelector<HTMLElement>('.note-add')
    )?.focus();
  });

  if (asText || content.kind === 'json') {
    // While one types, a text may well be a list for a moment: it becomes one when one leaves it.
    const leave = (): void => {
      setAsText(false);
      onLeave?.();
    };
    const change = (next: Raw): void => {
      setAsText(true);
      onChange(next);
    };
    return <BlockInput {...props} wanted={asText} onChange={change} onLeave={leave} />;
  }
  if (content.kind === 'text') {
    const change = (text: string): void => {
      const next = text === '' ? '' : JSON.stringify(text);
      setContent({ kind: 'text', text });
      setShown(next);
      onChange(next);
    };
    return <BlockInput {...props} plain={content.text} onChange={(next) => change(String(next ?? ''))} />;
  }

  const { notes } = content;
  const change = (next: Note[], now: (raw: string) => void): void => {
    const text = rawOfNotes(next);
    setContent({ kind: 'notes', notes: next });
    setShown(text);
    if (!sameRaw(text, raw)) now(text);
  };
  const add = (): void => {
    focus.current = notes.length;
    change([...notes, blankNote(notes)], onChange);
  };
  const remove = (at: number): void => {
    focus.current = notes.length === 1 ? 'add' : at;
    change(notes.toSpliced(at, 1), onChoose);
  };
  const leave = (): void => {
    setContent({ kind: 'notes', notes: settled(notes) });
    onLeave?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const unnamed = notes.some((note) => note.name.trim() === '');
    if (event.key === 'Enter' && !event.shiftKey && event.target instanceof Element) {
      if (event.target.closest('button')) return;
      event.preventDefault();
      leave();
    }
    if (event.key === 'Escape' && unnamed) {
      event.preventDefault();
      focus.current = 'add';
      setContent(contentOf(raw));
    }
  };
  return (
    <fieldset ref={list} className="notes" aria-label={label}>
      <Stack gap={4} role="presentation" onKeyDown={onKeyDown}>
        {notes.map((note, at) => (
          <NoteRow
            key={note.id}
            note={note}
            notes={notes}
            onChange={(next) => change(notes.with(at, next), onChange)}
            onRemove={() => remove(at)}
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
      {notes.some(({ value }) => !isPlain(value)) && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsText(true)}>
          {t('asText')}
        </Button>
      )}
    </fieldset>
  );
}
