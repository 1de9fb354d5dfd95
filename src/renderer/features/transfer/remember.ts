import { z } from 'zod';
import { sheetChoices, sheetLayout } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetLayout, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { Json } from '#shared/domain/json.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import type { RememberedChoices } from './choices.ts';
import { partsOfSheet } from './state.ts';
import type { Table } from './state.ts';

const seatKey = 'sheet-choices';

/** The maximum number of remembered tables; the least recently used is dropped first. */
const maxTables = 40;
const maxJsonCharacters = SEAT_ITEM_LIMIT / 2;

const storedTables = z.array(
  z.object({
    /** Workspace and SHA-256 of the content. */
    file: z.string(),
    headings: z.string(),
    sheet: z.number(),
    header: z.number(),
    encoding: z.enum(textEncodings).optional(),
    type_column: z.number().optional(),
    fill_down: z.array(z.number()).optional(),
    word_types: sheetLayout.shape.word_types,
    choices: sheetChoices,
    /** True after the import; false while the choices are unfinished. */
    imported: z.boolean(),
  }),
);
type StoredTable = z.infer<typeof storedTables>[number];

const headingsKey = ({ columns }: Pick<SheetView, 'columns'>): string =>
  columns
    .map(({ name }) => name.trim().toLowerCase())
    .join('\u001f')
    .slice(0, 2000);
const fileKey = (workspace: string, { sha256 }: Pick<SheetView, 'sha256'>): string =>
  `${workspace} ${sha256}`;
const readTables = (): StoredTable[] => storedTables.safeParse(useSeat.getState().items[seatKey]).data ?? [];

function storeTables(tables: readonly StoredTable[]): void {
  let charactersLeft = maxJsonCharacters;
  const fittingTables = tables.slice(0, maxTables).filter((table) => {
    const size = JSON.stringify(table).length;
    const hasRoom = size <= charactersLeft;
    if (hasRoom) charactersLeft -= size;
    return hasRoom;
  });
  setSeatItem(seatKey, fittingTables as unknown as Json);
}

/** The newest stored choices for this very file; undefined without any. */
export const recallFile = (workspace: string, view: SheetView): StoredTable | undefined =>
  readTables().find(({ file }) => file === fileKey(workspace, view));

/** The unfinished choices for the rows of a type in this very file; undefined without any. */
export const recallPart = (workspace: string, view: SheetView, type: SheetType): SheetChoices | undefined =>
  readTables().find(
    ({ file, imported, choices }) => !imported && file === fileKey(workspace, view) && choices.type === type,
  )?.choices;

const tableWithHeadings = (
  view: Pick<SheetView, 'columns'>,
  chosenType: SheetType | null,
): StoredTable | undefined =>
  readTables().find(
    ({ imported, headings, choices }) =>
      imported && headings === headingsKey(view) && (chosenType === null || choices.type === chosenType),
  );

/** The column of types, the types of its words and the filled columns of the last table with these headings. */
export function recallLayout(
  view: Pick<SheetView, 'columns'>,
): Pick<SheetLayout, 'type_column' | 'fill_down' | 'word_types'> | undefined {
  const { type_column, fill_down, word_types } = tableWithHeadings(view, null) ?? {};
  const layout = { type_column, fill_down, word_types };
  return Object.values(layout).every((part) => part === undefined) ? undefined : layout;
}

/**
 * The interpretation of the last table with these headings: its columns and value rules; undefined without one. Record creation and day
 * order are not reused. `chosenType` restricts the search to rows of one type.
 */
export function recallHeadings(
  view: Pick<SheetView, 'columns'>,
  chosenType: SheetType | null = null,
): RememberedChoices | undefined {
  const storedTable = tableWithHeadings(view, chosenType);
  if (storedTable?.choices.columns.length !== view.columns.length) return undefined;
  const { type, columns, chosen, values, elsewhere } = storedTable.choices;
  return {
    type,
    columns,
    chosen,
    elsewhere,
    values: values.filter(({ create, value, becomes }) => !create || becomes !== value),
  };
}

/** Stores the choices for a table. After an import, they replace unfinished ones for the file and older ones for its headings. */
export function rememberTable(table: Table, { isImported }: { isImported: boolean }): void {
  const { workspace, view, layout } = table;
  const file = fileKey(workspace, view);
  const headings = headingsKey(view);
  const otherTables = readTables().filter((stored) =>
    isImported
      ? stored.file !== file && (stored.headings !== headings || !stored.imported)
      : stored.file !== file || stored.imported,
  );
  const { sheet, header } = view;
  const { encoding, type_column, fill_down, word_types } = layout;
  const parts = [table, ...partsOfSheet(table)].map(({ choices }) => ({
    file,
    headings,
    sheet,
    header,
    encoding,
    type_column,
    fill_down,
    word_types,
    choices,
    imported: isImported,
  }));
  storeTables([...parts, ...otherTables]);
}

export function dropUnfinished({ workspace, view }: Table): void {
  const tables = readTables();
  const remainingTables = tables.filter(
    ({ file, imported }) => imported || file !== fileKey(workspace, view),
  );
  if (remainingTables.length < tables.length) storeTables(remainingTables);
}

/** Drops the interpretation of tables with these headings. */
export function dropHeadings(view: Pick<SheetView, 'columns'>): void {
  storeTables(readTables().filter(({ headings }) => headings !== headingsKey(view)));
}
