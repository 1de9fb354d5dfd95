import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { numberLocale } from '../../../text/formats.ts';
import { formatNumber, parseNumber } from '../sheet/number.ts';
import type { Raw } from './inputs.ts';

/** One note as it is edited: its name, and what is noted under it. */
export interface Note {
  /** Tells it from the others while both are typed. */
  id: number;
  name: string;
  /** Under which name it is stored; null for a note that is new. */
  was: string | null;
  text: string;
  /** What is stored; undefined for a note that is new. Lists and objects are kept as they are. */
  value: Json | undefined;
}

/** What the control of notes holds: notes with a name each, one text without a name, or something else that is shown as JSON. */
export type Content = { kind: 'notes'; notes: Note[] } | { kind: 'text'; text: string } | { kind: 'json' };

const yesNo = (value: boolean): string => say(value ? 'common:yes' : 'common:no');

/** A value as people write it. */
function written(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  if (typeof value === 'boolean') return yesNo(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a value is edited as text; a list or an object is only shown. */
export const isPlain = (value: Json | undefined): boolean => typeof value !== 'object' || value === null;

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

/** What was typed: a number or a yes stays one where it was one. */
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
