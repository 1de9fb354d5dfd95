import { useMemo } from 'react';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { openedAt } from './another-window.ts';
import { keep, useSeat } from './seat.ts';

/** What was typed for a record and is not saved: by field, in the form's own notation. */
export type Draft = JsonObject;

const prefix = 'draft:';
const none: Draft = {};

/**
 * Drafts of a record go by its id, those of a record to be made by its type, those of a new link by the record that it begins at. An id
 * may hold any sign: what means something in a key is written otherwise.
 */
export const draftOf = {
  record: (id: string) => `${prefix}${encodeURIComponent(id)}`,
  new: (type: string) => `${prefix}new/${type}`,
  link: (id: string) => `${prefix}link/${encodeURIComponent(id)}`,
  comment: (id: string) => `${prefix}comment/${encodeURIComponent(id)}`,
};

function asDraft(item: Json | undefined): Draft {
  return item !== undefined && isJsonObject(item) ? item : none;
}

/** The draft kept under `key`; empty when there is none. */
export function useDraft(key: string): Draft {
  return useSeat((seat) => asDraft(seat.items[key]));
}

export function draftAt(key: string): Draft {
  return asDraft(useSeat.getState().items[key]);
}

/** Keeps what was typed into one field. */
export function keepDraft(key: string, field: string, raw: Json): void {
  keep(key, { ...draftAt(key), [field]: raw });
}

/** Forgets the draft of one field, or of the whole record. */
export function dropDraft(key: string, field?: string): void {
  if (!(key in useSeat.getState().items)) return;
  const { [field ?? '']: _, ...others } = draftAt(key);
  keep(key, field === undefined || Object.keys(others).length === 0 ? null : others);
}

/** What is being typed into a cell: there is one at a time, that of the first window. */
const typingKey = 'typing';

/** Keeps what is being typed into a cell, so that it is there after a crash; null ends it. */
export function keepTyping(typing: { record: string; field: string; raw: Json } | null): void {
  if (openedAt() !== null) return;
  if (typing === null && !(typingKey in useSeat.getState().items)) return;
  keep(typingKey, typing);
}

/** What was being typed into a cell when the window ended without warning becomes a draft of its record. */
export function recoverTyping(): void {
  const typing = openedAt() === null ? useSeat.getState().items[typingKey] : undefined;
  if (typing === undefined || !isJsonObject(typing)) return;
  const { record, field, raw } = typing;
  keepTyping(null);
  if (typeof record === 'string' && typeof field === 'string' && raw !== undefined)
    keepDraft(draftOf.record(record), field, raw);
}

type Items = Readonly<Record<string, Json>>;

/** What `encodeURIComponent` made, as it was; of a seat of an early version it may be no such thing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The ids behind what drafts begin with; those laid by for another workspace (`id@workspace`) and other kinds (`kind/id`) are none. */
const after = (items: Items, begin: string): string[] =>
  Object.keys(items)
    .filter((key) => key.startsWith(begin) && !/[/@]/.test(key.slice(begin.length)))
    .map((key) => decoded(key.slice(begin.length)));

/** The existing records of which fields are changed and not saved. */
const changedIn = (items: Items): string[] => after(items, prefix);

/** The existing records at which a link is begun and not added. */
const linkBegunIn = (items: Items): string[] => after(items, draftOf.link(''));

/** The types of which a new record is begun and not created. */
const newBegunIn = (items: Items): EntityType[] =>
  entityTypes.filter((type) =>
    Object.keys(asDraft(items[draftOf.new(type)])).some((field) => field !== '#id'),
  );

/** The types of which a new record is begun and not created. */
export function useBegunTypes(): readonly EntityType[] {
  const text = useSeat(({ items }) => newBegunIn(items).join('\n'));
  return useMemo(() => (text === '' ? [] : (text.split('\n') as EntityType[])), [text]);
}

/** The existing records that hold something that is not saved, or a link that is not added, by id. */
export function useUnsavedRecords(): readonly string[] {
  const text = useSeat(({ items }) => [...new Set([...changedIn(items), ...linkBegunIn(items)])].join('\n'));
  return useMemo(() => (text === '' ? [] : text.split('\n')), [text]);
}

/** Whether what is not saved of a record is a link only. */
export function onlyLinkBegun(id: string): boolean {
  const { items } = useSeat.getState();
  return draftOf.link(id) in items && !(draftOf.record(id) in items);
}

/** How much there is that is not saved: fields of existing records, links that are begun, and new records. */
export function useUnsavedCount(): number {
  return useSeat(({ items }) =>
    changedIn(items).reduce(
      (sum, id) => sum + Object.keys(asDraft(items[draftOf.record(id)])).length,
      linkBegunIn(items).length + newBegunIn(items).length,
    ),
  );
}
