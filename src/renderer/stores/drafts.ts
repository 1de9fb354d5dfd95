import { useMemo } from 'react';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { openedAt } from './another-window.ts';
import { setSeatItem, useSeat } from './seat.ts';

/** Unsaved input for a record by field, in the form's notation. */
export type Draft = JsonObject;

const prefix = 'draft:';
const none: Draft = {};

/**
 * Keys of drafts: by record id, by type for a new record, by source id for a new link. Ids are escaped, because they may contain any
 * character.
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

/** The draft under `key`; empty if there is none. */
export function useDraft(key: string): Draft {
  return useSeat((seat) => asDraft(seat.items[key]));
}

export function draftAt(key: string): Draft {
  return asDraft(useSeat.getState().items[key]);
}

export function keepDraft(key: string, field: string, raw: Json): void {
  setSeatItem(key, { ...draftAt(key), [field]: raw });
}

export function dropDraft(key: string, field?: string): void {
  if (!(key in useSeat.getState().items)) return;
  const { [field ?? '']: _, ...others } = draftAt(key);
  setSeatItem(key, field === undefined || Object.keys(others).length === 0 ? null : others);
}

/** The input of the cell editor; only in the first window, and one at a time. */
const typingKey = 'typing';

export function keepTyping(typing: { record: string; field: string; raw: Json } | null): void {
  if (openedAt() !== null) return;
  if (typing === null && !(typingKey in useSeat.getState().items)) return;
  setSeatItem(typingKey, typing);
}

/** Turns cell input from before a crash into a draft of its record. */
export function recoverTyping(): void {
  const typing = openedAt() === null ? useSeat.getState().items[typingKey] : undefined;
  if (typing === undefined || !isJsonObject(typing)) return;
  const { record, field, raw } = typing;
  keepTyping(null);
  if (typeof record === 'string' && typeof field === 'string' && raw !== undefined)
    keepDraft(draftOf.record(record), field, raw);
}

type Items = Readonly<Record<string, Json>>;

/** Tolerates unescaped keys from early versions. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The ids after a prefix; keys of other workspaces (`id@workspace`) and other kinds (`kind/id`) are skipped. */
const after = (items: Items, begin: string): string[] =>
  Object.keys(items)
    .filter((key) => key.startsWith(begin) && !/[/@]/.test(key.slice(begin.length)))
    .map((key) => decoded(key.slice(begin.length)));

/** Existing records with unsaved fields. */
const changedIn = (items: Items): string[] => after(items, prefix);

/** Existing records with a new link that was not added. */
const linkBegunIn = (items: Items): string[] => after(items, draftOf.link(''));

/** Types with a new record that was not created. */
const newBegunIn = (items: Items): EntityType[] =>
  entityTypes.filter((type) =>
    Object.keys(asDraft(items[draftOf.new(type)])).some((field) => field !== '#id'),
  );

/** Types with a new record that was not created. */
export function useBegunTypes(): readonly EntityType[] {
  const text = useSeat(({ items }) => newBegunIn(items).join('\n'));
  return useMemo(() => (text === '' ? [] : (text.split('\n') as EntityType[])), [text]);
}

/** Existing records with unsaved fields or links, by id. */
export function useUnsavedRecords(): readonly string[] {
  const text = useSeat(({ items }) => [...new Set([...changedIn(items), ...linkBegunIn(items)])].join('\n'));
  return useMemo(() => (text === '' ? [] : text.split('\n')), [text]);
}

/** Whether a new link is the only unsaved part of a record. */
export function onlyLinkBegun(id: string): boolean {
  const { items } = useSeat.getState();
  return draftOf.link(id) in items && !(draftOf.record(id) in items);
}

export function useUnsavedCount(): number {
  return useSeat(({ items }) =>
    changedIn(items).reduce(
      (sum, id) => sum + Object.keys(asDraft(items[draftOf.record(id)])).length,
      linkBegunIn(items).length + newBegunIn(items).length,
    ),
  );
}
