import { useMemo } from 'react';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keep, useKept, useSeat } from './seat.ts';

/** What stands under a column of numbers; `none` leaves its place empty. */
export const summaryKinds = ['sum', 'mean', 'min', 'max', 'none'] as const;
export type SummaryKind = (typeof summaryKinds)[number];

/** How a list is laid out: a plain JSON value, as a seat or a saved view keeps it. Absent members are as usual. */
export interface ListLayout {
  /** The columns that are shown, left to right. Absent: the usual ones. */
  columns?: readonly string[];
  /** The columns of a table that was imported, in its order, its own ones among them: they are shown until columns are chosen. */
  brought?: readonly string[];
  /** Widths in px of columns that were given one. */
  widths?: Readonly<Record<string, number>>;
  /** Columns that stay in sight at the left. Absent: the one that names the record. */
  pinned?: readonly string[];
  /** What is summed up of a column. Absent: what is usual for its unit. */
  summaries?: Readonly<Record<string, SummaryKind>>;
}

const texts = (value: Json | undefined): string[] | undefined =>
  Array.isArray(value) ? [...new Set((value as Json[]).filter((one) => typeof one === 'string'))] : undefined;

function recordOf<T extends Json>(
  value: Json | undefined,
  fits: (one: Json) => one is T,
): Record<string, T> | undefined {
  if (value === undefined || !isJsonObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, one]) => (fits(one) ? [[key, one] as const] : []));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const isWidth = (one: Json): one is number => typeof one === 'number' && one > 0;
const isSummary = (one: Json): one is SummaryKind => (summaryKinds as readonly Json[]).includes(one);

/** The layout that a kept value describes, as far as it can be read; `{}` is the usual one. */
export function readLayout(kept: Json | undefined): ListLayout {
  if (kept === undefined || !isJsonObject(kept)) return {};
  // `shown` is how columns were kept before they had an order.
  const columns = texts(kept.columns) ?? texts(kept.shown);
  const brought = texts(kept.brought);
  const widths = recordOf(kept.widths, isWidth);
  const pinned = texts(kept.pinned);
  const summaries = recordOf(kept.summaries, isSummary);
  return {
    ...(columns ? { columns } : {}),
    ...(brought ? { brought } : {}),
    ...(widths ? { widths } : {}),
    ...(pinned ? { pinned } : {}),
    ...(summaries ? { summaries } : {}),
  };
}

/** The layout as JSON, its members always in the same order; null for the usual one. */
export function layoutJson(layout: ListLayout): JsonObject | null {
  const read = readLayout(layout as JsonObject);
  return Object.keys(read).length === 0 ? null : (read as JsonObject);
}

function sorted(members: Readonly<Record<string, Json>>): readonly (readonly [string, Json])[] {
  return Object.entries(members).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** True when two layouts show the same. */
export function sameLayout(one: ListLayout, other: ListLayout): boolean {
  const text = ({ columns, brought, widths = {}, pinned, summaries = {} }: ListLayout): string =>
    JSON.stringify([columns ?? null, brought ?? null, sorted(widths), pinned ?? null, sorted(summaries)]);
  return text(one) === text(other);
}

const keyOf = (type: EntityType): string => `columns:${type}`;

/** How this seat lays out lists of the type. */
export function seatLayout(type: EntityType): ListLayout {
  return readLayout(useSeat.getState().items[keyOf(type)]);
}

/** As `seatLayout`; the component is drawn again when it changes. */
export function useSeatLayout(type: EntityType): ListLayout {
  const kept = useKept(keyOf(type));
  return useMemo(() => readLayout(kept), [kept]);
}

/** Lays out lists of the type so from now on, for this seat; `{}` is the usual layout. */
export function applyLayout(type: EntityType, layout: ListLayout): void {
  keep(keyOf(type), layoutJson(layout));
}
