import { useMemo } from 'react';
import { isJsonObject, textsIn } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { setSeatItem, useSeatItem, useSeat } from './seat.ts';

/** The summary below a numeric column; `none` leaves it empty. */
export const summaryKinds = ['sum', 'mean', 'min', 'max', 'none'] as const;
export type SummaryKind = (typeof summaryKinds)[number];

/** The layout of a list as plain JSON, stored in a seat or a saved view. Absent members have their defaults. */
export interface ListLayout {
  /** Shown columns, left to right. Absent: the default ones. */
  columns?: readonly string[];
  /** The columns of an imported table in its order, with custom fields; shown until columns are chosen. */
  brought?: readonly string[];
  /** Column widths in px. */
  widths?: Readonly<Record<string, number>>;
  /** Columns that stay visible at the left. Absent: the name column. */
  pinned?: readonly string[];
  /** Summaries by column. Absent: the default of its unit. */
  summaries?: Readonly<Record<string, SummaryKind>>;
}

const parseTexts = (value: Json | undefined): string[] | undefined =>
  Array.isArray(value) ? [...new Set(textsIn(value))] : undefined;

function parseRecord<T extends Json>(
  value: Json | undefined,
  isValid: (one: Json) => one is T,
): Record<string, T> | undefined {
  if (value === undefined || !isJsonObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, one]) => (isValid(one) ? [[key, one] as const] : []));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const isWidth = (one: Json): one is number => typeof one === 'number' && one > 0;
const isSummary = (one: Json): one is SummaryKind => (summaryKinds as readonly Json[]).includes(one);

/** The layout in a stored value, as far as it is readable; `{}` is the default. */
export function readLayout(stored: Json | undefined): ListLayout {
  if (stored === undefined || !isJsonObject(stored)) return {};
  // `shown` is the former name, before columns had an order.
  const columns = parseTexts(stored.columns) ?? parseTexts(stored.shown);
  const imported = parseTexts(stored.brought);
  const widths = parseRecord(stored.widths, isWidth);
  const pinned = parseTexts(stored.pinned);
  const summaries = parseRecord(stored.summaries, isSummary);
  return {
    ...(columns ? { columns } : {}),
    ...(imported ? { brought: imported } : {}),
    ...(widths ? { widths } : {}),
    ...(pinned ? { pinned } : {}),
    ...(summaries ? { summaries } : {}),
  };
}

/** The layout as JSON with members in a fixed order; null for the default. */
export function layoutJson(layout: ListLayout): JsonObject | null {
  const normalized = readLayout(layout as JsonObject);
  return Object.keys(normalized).length === 0 ? null : (normalized as JsonObject);
}

function sortedEntries(members: Readonly<Record<string, Json>>): readonly (readonly [string, Json])[] {
  return Object.entries(members).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

export function isSameLayout(one: ListLayout, other: ListLayout): boolean {
  const asText = ({ columns, brought, widths = {}, pinned, summaries = {} }: ListLayout): string =>
    JSON.stringify([
      columns ?? null,
      brought ?? null,
      sortedEntries(widths),
      pinned ?? null,
      sortedEntries(summaries),
    ]);
  return asText(one) === asText(other);
}

const seatKey = (type: EntityType): string => `columns:${type}`;

export function seatLayout(type: EntityType): ListLayout {
  return readLayout(useSeat.getState().items[seatKey(type)]);
}

export function useSeatLayout(type: EntityType): ListLayout {
  const stored = useSeatItem(seatKey(type));
  return useMemo(() => readLayout(stored), [stored]);
}

/** Stores the layout of a type's lists in this seat; `{}` is the default. */
export function applyLayout(type: EntityType, layout: ListLayout): void {
  setSeatItem(seatKey(type), layoutJson(layout));
}
