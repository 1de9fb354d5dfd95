import { columnTarget, sheetChoices, sheetType, valueRule } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetView, ValueRule } from '#shared/contract/sheets.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';
import { keep, useSeat } from '../../../stores/seat.ts';
import type { Recalled } from './choices.ts';

const seatKey = 'sheet-columns';

/** How many tables are remembered; the one not used for longest is forgotten first. */
const most = 40;

/** How many readings of values of one table are remembered, the newest first, and how long a value may be. */
const mostValues = 200;
const longestValue = 200;

/** Characters of JSON that all of it may take: half of what the seat holds under one key. */
const room = SEAT_ITEM_LIMIT / 2;

/** What tells one kind of table from another: its headings in their order. */
export function signatureOf({ columns }: Pick<SheetView, 'columns'>): string {
  return columns
    .map(({ name }) => name.trim().toLowerCase())
    .join('\u001f')
    .slice(0, 2000);
}

function kept(): readonly Json[] {
  const item = useSeat.getState().items[seatKey];
  return Array.isArray(item) ? (item as readonly Json[]) : [];
}

const isFor = (signature: string) => (item: Json) => isJsonObject(item) && item.table === signature;

/** One table of one file, as it is brought into one workspace. */
export interface SameFile extends Pick<SheetView, 'sha256' | 'sheet' | 'header'> {
  workspace: string;
}

/** What is decided of one file only. */
const ofFile = sheetChoices.pick({ cells: true, missing: true, university: true }).required();
export type OfFile = Pick<SheetChoices, 'cells' | 'missing' | 'university'>;

const printed = ({ workspace, sha256, sheet, header }: SameFile): string =>
  [workspace, sha256, sheet, header].join(' ');

/**
 * How the person mapped a table with these headings last time and what its values meant, or null; and where it is the same file, what
 * was decided of that: else what came of it would not be found again.
 */
export function recall(view: Pick<SheetView, 'columns'>, file?: SameFile): Recalled | null {
  const found = kept().find(isFor(signatureOf(view))) as JsonObject | undefined;
  if (!found) return null;
  const type = sheetType.safeParse(found.type);
  const columns = columnTarget.array().safeParse(found.columns);
  if (!type.success || !columns.success || columns.data.length !== view.columns.length) return null;
  // Those who used FRAMES before it remembered values have none.
  const values = valueRule.array().safeParse(found.values ?? []);
  const dates = sheetChoices.shape.dates.safeParse(found.dates);
  const again = file && found.file === printed(file) ? ofFile.safeParse(found.again).data : undefined;
  return {
    type: type.data,
    columns: columns.data,
    values: values.success ? values.data : [],
    ...(dates.success && Object.keys(dates.data).length > 0 ? { dates: dates.data } : {}),
    ...(again ? { again } : {}),
  };
}

/**
 * Readings that are good for another time. A name that was made into a record is found by itself then; where it is gone, making it
 * again is a decision of its own. That one name means another is good whether that is here or not.
 */
const lasting = ({ value, becomes, create }: ValueRule): boolean =>
  (!create || becomes !== value) && Math.max(value.length, becomes.length) <= longestValue;

/** Keeps how a table was mapped and what its values meant, for the next one with the same headings. */
export function remember(
  view: Pick<SheetView, 'columns'>,
  {
    type,
    columns,
    values,
    dates = {},
    ...rest
  }: Pick<SheetChoices, 'type' | 'columns' | 'values'> & Partial<Pick<SheetChoices, 'dates'> & OfFile>,
  file?: SameFile,
): void {
  const table = signatureOf(view);
  const others = kept().filter((item) => !isFor(table)(item));
  const said = Object.keys(dates).length === 0 ? {} : { dates };
  const mapped = { table, type, columns: columns as unknown as Json, ...said };
  const lasts = values.filter(lasting).slice(-mostValues) as unknown as Json;
  const { cells = [], missing = {}, university = null } = rest;
  const again = { cells, missing, university } as unknown as Json;
  const whole = { ...mapped, values: lasts };
  const kinds = [...(file ? [{ ...whole, file: printed(file), again }] : []), whole];
  const newest = kinds.find((item) => sizeOf(item) <= room / 2) ?? (sizeOf(whole) <= room ? whole : mapped);
  keep(seatKey, fitting([newest, ...others].slice(0, most)));
}

const sizeOf = (item: Json): number => JSON.stringify(item).length;

/** As many of them as there is room for, the first ones first. */
function fitting(items: readonly Json[]): readonly Json[] {
  let left = room;
  return items.filter((item) => {
    const size = sizeOf(item);
    if (size > left) return false;
    left -= size;
    return true;
  });
}

/** Forgets how this table was read. */
export function forget(view: Pick<SheetView, 'columns'>): void {
  const table = signatureOf(view);
  keep(
    seatKey,
    kept().filter((item) => !isFor(table)(item)),
  );
}
