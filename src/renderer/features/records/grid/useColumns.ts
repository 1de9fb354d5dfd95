import { useCallback, useMemo } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { keep, useKept, useSeat } from '../../../stores/seat.ts';
import { columnsOf } from '../columns.ts';
import type { Column } from '../columns.ts';
import { placeColumns } from '../layout.ts';
import type { ColumnChoice, PlacedColumn } from '../layout.ts';

const keyOf = (type: EntityType): string => `columns:${type}`;

/** What the seat kept, as far as it can be read. */
export function readChoice(kept: Json | undefined): ColumnChoice {
  if (kept === undefined || !isJsonObject(kept)) return {};
  const shown = Array.isArray(kept.shown)
    ? (kept.shown as Json[]).filter((key) => typeof key === 'string')
    : undefined;
  const widths = isJsonObject(kept.widths ?? null)
    ? Object.fromEntries(
        Object.entries(kept.widths as Record<string, Json>).flatMap(([key, width]) =>
          typeof width === 'number' ? [[key, width] as const] : [],
        ),
      )
    : undefined;
  return { ...(shown ? { shown } : {}), ...(widths ? { widths } : {}) };
}

function write(type: EntityType, choice: ColumnChoice): void {
  const { shown, widths } = choice;
  const empty = shown === undefined && Object.keys(widths ?? {}).length === 0;
  keep(keyOf(type), empty ? null : { ...(shown ? { shown } : {}), ...(widths ? { widths } : {}) });
}

export interface Columns {
  /** All that the type has. */
  all: readonly Column[];
  /** Those that are drawn, with their widths. */
  placed: readonly PlacedColumn[];
  /** True when the seat chose which are shown. */
  chosen: boolean;
  resize: (key: string, width: number | null) => void;
  toggle: (key: string) => void;
  reset: () => void;
}

/** The columns of a type in `room` px, as this seat has them. */
export function useColumns(type: EntityType, deleted: boolean, room: number): Columns {
  const kept = useKept(keyOf(type));
  const choice = useMemo(() => readChoice(kept), [kept]);
  const all = useMemo(() => columnsOf(type, deleted), [type, deleted]);
  const placed = useMemo(() => placeColumns(all, room, choice), [all, room, choice]);
  const resize = useCallback(
    (key: string, width: number | null) => {
      const now = readChoice(useSeat.getState().items[keyOf(type)]);
      const { [key]: _, ...others } = now.widths ?? {};
      write(type, { ...now, widths: width === null ? others : { ...others, [key]: width } });
    },
    [type],
  );
  const toggle = useCallback(
    (key: string) => {
      const shown = placed.map((column) => column.key);
      const next = shown.includes(key) ? shown.filter((one) => one !== key) : [...shown, key];
      write(type, { ...choice, shown: next });
    },
    [type, placed, choice],
  );
  const reset = useCallback(() => write(type, {}), [type]);
  return { all, placed, chosen: choice.shown !== undefined, resize, toggle, reset };
}
