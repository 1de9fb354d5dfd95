import { z } from 'zod';
import { sheetChoices } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { Json } from '#shared/domain/json.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import type { Recalled } from './choices.ts';
import { partsOf } from './state.ts';
import type { Table } from './state.ts';

const seatKey = 'sheet-choices';

/** The number of remembered tables, and the characters of JSON for all of them; the least recently used is dropped first. */
const most = 40;
const room = SEAT_ITEM_LIMIT / 2;

const keptTables = z.array(
  z.object({
    /** Workspace and SHA-256 of the content. */
    file: z.string(),
    headings: z.string(),
    sheet: z.number(),
    header: z.number(),
    encoding: z.enum(textEncodings).optional(),
    choices: sheetChoices,
    /** Imported; otherwise unfinished. */
    imported: z.boolean(),
  }),
);
type Kept = z.infer<typeof keptTables>[number];

const headingsOf = ({ columns }: Pick<SheetView, 'columns'>): string =>
  columns
    .map(({ name }) => name.trim().toLowerCase())
    .join('\u001f')
    .slice(0, 2000);
const fileOf = (workspace: string, { sha256 }: Pick<SheetView, 'sha256'>): string => `${workspace} ${sha256}`;
const all = (): Kept[] => keptTables.safeParse(useSeat.getState().items[seatKey]).data ?? [];

function write(tables: readonly Kept[]): void {
  let left = room;
  const fitting = tables.slice(0, most).filter((one) => {
    const size = JSON.stringify(one).length;
    const fits = size <= left;
    if (fits) left -= size;
    return fits;
  });
  setSeatItem(seatKey, fitting as unknown as Json);
}

/** The choices for this very file, newest first; undefined without any. */
export const recallFile = (workspace: string, view: SheetView): Kept | undefined =>
  all().find(({ file }) => file === fileOf(workspace, view));

/** The choices for the rows of a type in this very file. */
export const recallPart = (workspace: string, view: SheetView, type: SheetType): SheetChoices | undefined =>
  all().find(
    ({ file, imported, choices }) => !imported && file === fileOf(workspace, view) && choices.type === type,
  )?.choices;

/**
 * The interpretation of the last table with these headings: its columns and value rules; undefined without one. Record creation and day
 * order do not carry over. `wanted` restricts it to rows of one type.
 */
export function recallHeadings(
  view: Pick<SheetView, 'columns'>,
  chosenType: SheetType | null = null,
): Recalled | undefined {
  const found = all().find(
    ({ imported, headings, choices }) =>
      imported && headings === headingsOf(view) && (chosenType === null || choices.type === chosenType),
  );
  if (found?.choices.columns.length !== view.columns.length) return undefined;
  const { type, columns, values, elsewhere } = found.choices;
  return {
    type,
    columns,
    elsewhere,
    values: values.filter(({ create, value, becomes }) => !create || becomes !== value),
  };
}

/** Stores the choices for a table. An imported one is no longer unfinished. */
export function rememberTable(table: Table, imported: boolean): void {
  const { workspace, view, layout } = table;
  const file = fileOf(workspace, view);
  const headings = headingsOf(view);
  const others = all().filter((one) =>
    imported
      ? one.file !== file && (one.headings !== headings || !one.imported)
      : one.file !== file || one.imported,
  );
  const { sheet, header } = view;
  const { encoding } = layout;
  const parts = [table, ...partsOf(table)].map(({ choices }) => ({
    file,
    headings,
    sheet,
    header,
    encoding,
    choices,
    imported,
  }));
  write([...parts, ...others]);
}

export function forgetUnfinished({ workspace, view }: Table): void {
  const tables = all();
  const left = tables.filter(({ file, imported }) => imported || file !== fileOf(workspace, view));
  if (left.length < tables.length) write(left);
}

/** Drops the interpretation of tables with these headings. */
export function forgetHeadings(view: Pick<SheetView, 'columns'>): void {
  write(all().filter(({ headings }) => headings !== headingsOf(view)));
}
