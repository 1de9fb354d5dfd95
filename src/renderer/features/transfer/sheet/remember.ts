import { z } from 'zod';
import { columnTarget, sheetChoices, sheetType, valueRule } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetView, ValueRule } from '#shared/contract/sheets.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';
import { keep, useSeat } from '../../../stores/seat.ts';
import { openTarget } from '../../../stores/target.ts';
import type { Recalled } from './choices.ts';
import type { Moment } from './state.ts';

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

const unfinishedKey = 'sheet-unfinished';

/** Tables that are keptUnfinished, the newest first, and the characters of JSON that all of them may take. */
const mostUnfinished = 10;
const unfinishedRoom = SEAT_ITEM_LIMIT / 2;

const keptUnfinished = z.array(
  z.object({
    /** Workspace and SHA-256 of what was read. */
    file: z.string(),
    layout: z.object({ sheet: z.number(), header: z.number() }),
    choices: sheetChoices,
    /** What the file was called, and whether its table was looked at last: in a window that ended then, nobody was told that it is keptUnfinished. */
    name: z.string().default(''),
    open: z.boolean().default(false),
    /** Where that was: live, or a sandbox. */
    target: z.string().default('live'),
  }),
);
type KeptUnfinished = z.infer<typeof keptUnfinished>;

const now = (): KeptUnfinished =>
  z.safeParse(keptUnfinished, useSeat.getState().items[unfinishedKey]).data ?? [];
const fileOf = (workspace: string, { sha256 }: Pick<SheetView, 'sha256'>): string => `${workspace} ${sha256}`;

function write(items: KeptUnfinished): void {
  let left = unfinishedRoom;
  const fitting = items.slice(0, mostUnfinished).filter((item) => {
    left -= JSON.stringify(item).length;
    return left > 0;
  });
  keep(unfinishedKey, fitting.length === 0 ? null : (fitting as unknown as Json));
}

/** What was chosen for this very file in an import that was not finished; undefined where nothing was. */
export function recallUnfinished(
  workspace: string,
  view: Pick<SheetView, 'sha256'>,
): KeptUnfinished[number] | undefined {
  return now().find(({ file }) => file === fileOf(workspace, view));
}

/** Keeps what was chosen for a file until it is imported. */
export function keepUnfinished(workspace: string, { view, choices }: Moment, name: string): void {
  const file = fileOf(workspace, view);
  const layout = { sheet: view.sheet, header: view.header };
  write([
    { file, layout, choices, name, open: true, target: openTarget() },
    ...now().filter((one) => one.file !== file),
  ]);
}

/** The name of the table that was looked at here, in live or this sandbox of the workspace, when the last window ended, or null. From now on it is told of. */
export function takeLeftOpen(workspace: string): string | null {
  const all = now();
  const left = all.find(
    ({ file, open, target }) => open && target === openTarget() && file.startsWith(`${workspace} `),
  );
  if (!left) return null;
  write(all.map((one) => (one === left ? { ...one, open: false } : one)));
  return left.name;
}

/** Forgets it: it is imported, or nothing is chosen by hand any more. */
export function forgetUnfinished(workspace: string, view: Pick<SheetView, 'sha256'>): void {
  const all = now();
  const others = all.filter(({ file }) => file !== fileOf(workspace, view));
  if (others.length < all.length) write(others);
}

/** The keptUnfinished choices as those of this table; null where they do not fit it. What is as it was proposed stays the same object. */
export function choicesOf({ choices }: KeptUnfinished[number], first: Moment): SheetChoices | null {
  if (choices.columns.length !== first.view.columns.length) return null;
  const proposed = new Map(first.choices.values.map((rule) => [JSON.stringify(rule), rule]));
  return { ...choices, values: choices.values.map((rule) => proposed.get(JSON.stringify(rule)) ?? rule) };
}
