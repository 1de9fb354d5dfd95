import { ActionIcon, Button, Input, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockInput } from './BlockInput.tsx';
import type { InputProps } from './input-props.ts';
import type { Raw } from './inputs.ts';
import { blankNote, contentOf, isPlain, problemOf, rawOfNotes, sameRaw, settled } from './notes.ts';
import type { Content, Note } from './notes.ts';
import './notes.css';

interface RowProps {
  note: Note;
  notes: readonly Note[];
  onChange: (note: Note) => void;
  onRemove: () => void;
  onLeave: () => void;
}

function NoteRow({ note, notes, onChange, onRemove, onLeave }: RowProps) {
  const { t } = useTranslation('notes');
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

/** Whoever asks for notes where there are none begins with the first. */
function firstContent(raw: Raw): Content {
  return raw === '' ? { kind: 'notes', notes: [blankNote([])] } : contentOf(raw);
}

/** Notes with a name each, edited in their place. The JSON behind them is shown only where it is asked for, or where they are no such list. */
export function NotesInput(props: InputProps) {
  const { label, raw, problem, onChange, onChoose, onLeave } = props;
  const { t } = useTranslation('notes');
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
      <div className="note-list" role="presentation" onKeyDown={onKeyDown}>
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
      </div>
      {problem !== undefined && <Input.Error>{problem}</Input.Error>}
      <Button
        className="note-add"
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
