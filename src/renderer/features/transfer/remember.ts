import { z } from 'zod';
import { sheetChoices } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { Json } from '#shared/domain/json.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';
import { keep, useSeat } from '../../stores/seat.ts';
import type { Recalled } from './choices.ts';
import { partsOf } from './state.ts';
import type { Table } from './state.ts';

const seatKey = 'sheet-choices';

/** How many tables are remembered, and the characters of JSON that all may take; the one not used for longest is forgotten first. */
const most = 40;
const room = SEAT_ITEM_LIMIT / 2;

const keptTables = z.array(
  z.object({
    /** Workspace and SHA-256 of what was read. */
    file: z.string(),
    headings: z.string(),
    sheet: z.number(),
    header: z.number(),
    encoding: z.enum(textEncodings).optional(),
    choices: sheetChoices,
    /** It was imported so; else somebody is still at it. */
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
  keep(seatKey, fitting as unknown as Json);
}

/** What was decided of this very file, the newest first; undefined where nothing was. */
export const recallFile = (workspace: string, view: SheetView): Kept | undefined =>
  all().find(({ file }) => file === fileOf(workspace, view));

/** What was decided of the rows of a type in this very file. */
export const recallPart = (workspace: string, view: SheetView, type: SheetType): SheetChoices | undefined =>
  all().find(
    ({ file, imported, choices }) => !imported && file === fileOf(workspace, view) && choices.type === type,
  )?.choices;

/**
 * How a table with these headings was read last time: its columns, and what its values meant; or undefined. That a name was made into a
 * record says nothing of the next table, nor which figure of a date was the day. `wanted`: only how its rows of that type were read.
 */
export function recallHeadings(
  view: Pick<SheetView, 'columns'>,
  wanted: SheetType | null = null,
): Recalled | undefined {
  const found = all().find(
    ({ imported, headings, choices }) =>
      imported && headings === headingsOf(view) && (wanted === null || choices.type === wanted),
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

/** Keeps what is decided about a table. One that is imported is no longer somebody's unfinished work. */
export function remember(table: Table, imported: boolean): void {
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

/** Forgets what is unfinished of a file. */
export function forgetUnfinished({ workspace, view }: Table): void {
  const tables = all();
  const left = tables.filter(({ file, imported }) => imported || file !== fileOf(workspace, view));
  if (left.length < tables.length) write(left);
}

/** Forgets how tables with these headings were read. */
export function forgetHeadings(view: Pick<SheetView, 'columns'>): void {
  write(all().filter(({ headings }) => headings !== headingsOf(view)));
}
