import { useMemo } from 'react';
import { isJsonObject, jsonObjectIn } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { startAddress } from './start-address.ts';
import { setSeatItem, useSeat } from './seat.ts';

/** Unsaved input for a record by field, in the form's notation. */
export type Draft = JsonObject;

const prefix = 'draft:';

/**
 * Keys of drafts: by record id, by type for a new record, by source id for a new link, by record id for a comment. Ids are escaped, because
 * they can contain any character.
 */
export const draftKeyOf = {
  record: (id: string) => `${prefix}${encodeURIComponent(id)}`,
  new: (type: string) => `${prefix}new/${type}`,
  link: (id: string) => `${prefix}link/${encodeURIComponent(id)}`,
  comment: (id: string) => `${prefix}comment/${encodeURIComponent(id)}`,
};

/** The draft under `key`; empty if there is none. */
export function useDraft(key: string): Draft {
  return useSeat((seat) => jsonObjectIn(seat.items[key]));
}

export function getDraft(key: string): Draft {
  return jsonObjectIn(useSeat.getState().items[key]);
}

export function setDraftField(key: string, field: string, raw: Json): void {
  setSeatItem(key, { ...getDraft(key), [field]: raw });
}

/** Removes one field of a draft, or the whole draft without `field`. */
export function dropDraft(key: string, field?: string): void {
  if (!(key in useSeat.getState().items)) return;
  const { [field ?? '']: _, ...others } = getDraft(key);
  setSeatItem(key, field === undefined || Object.keys(others).length === 0 ? null : others);
}

/** The input of the cell editor; only in the first window, and one at a time. */
const typingKey = 'typing';

export function storeTyping(typing: { record: string; field: string; raw: Json } | null): void {
  if (startAddress() !== null) return;
  if (typing === null && !(typingKey in useSeat.getState().items)) return;
  setSeatItem(typingKey, typing);
}

/** Turns cell input from before a crash into a draft of its record. */
export function recoverTyping(): void {
  const typing = startAddress() === null ? useSeat.getState().items[typingKey] : undefined;
  if (typing === undefined || !isJsonObject(typing)) return;
  const { record, field, raw } = typing;
  storeTyping(null);
  if (typeof record === 'string' && typeof field === 'string' && raw !== undefined)
    setDraftField(draftKeyOf.record(record), field, raw);
}

type Items = Readonly<Record<string, Json>>;

/** Tolerates unescaped keys from early versions. */
function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The ids after a prefix; keys of other workspaces (`id@workspace`) and other kinds (`kind/id`) are skipped. */
const idsWithPrefix = (items: Items, keyPrefix: string): string[] =>
  Object.keys(items)
    .filter((key) => key.startsWith(keyPrefix) && !/[/@]/.test(key.slice(keyPrefix.length)))
    .map((key) => decodeId(key.slice(keyPrefix.length)));

const changedIds = (items: Items): string[] => idsWithPrefix(items, prefix);

/** Existing records with a new link that was not added. */
const linkDraftIds = (items: Items): string[] => idsWithPrefix(items, draftKeyOf.link(''));

/** Types with input for a new record. `#id` is not input: the form stores the record's id there. */
const newDraftTypes = (items: Items): EntityType[] =>
  entityTypes.filter((type) =>
    Object.keys(jsonObjectIn(items[draftKeyOf.new(type)])).some((field) => field !== '#id'),
  );

/** Types with a new record that was not created. */
export function useNewDraftTypes(): readonly EntityType[] {
  const text = useSeat(({ items }) => newDraftTypes(items).join('\n'));
  return useMemo(() => (text === '' ? [] : (text.split('\n') as EntityType[])), [text]);
}

/** Existing records with unsaved fields or links, by id. */
export function useUnsavedRecords(): readonly string[] {
  const text = useSeat(({ items }) =>
    [...new Set([...changedIds(items), ...linkDraftIds(items)])].join('\n'),
  );
  return useMemo(() => (text === '' ? [] : text.split('\n')), [text]);
}

/** Whether a new link is the only unsaved part of a record. */
export function hasOnlyLinkDraft(id: string): boolean {
  const { items } = useSeat.getState();
  return draftKeyOf.link(id) in items && !(draftKeyOf.record(id) in items);
}

export function useUnsavedCount(): number {
  return useSeat(({ items }) =>
    changedIds(items).reduce(
      (sum, id) => sum + Object.keys(jsonObjectIn(items[draftKeyOf.record(id)])).length,
      linkDraftIds(items).length + newDraftTypes(items).length,
    ),
  );
}
