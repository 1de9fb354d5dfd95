import type { SheetChoices, SheetType } from '#shared/contract/sheets.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import { cellText, isBlank } from './table.ts';
import type { Line, Table } from './table.ts';

/** The column that tells each row's type. */
export interface RowTypes {
  column: number;
  typeOf: (row: Line) => SheetType | null;
  /** Number of rows by type, most frequent first. */
  counts: readonly (readonly [SheetType, number])[];
}

const typeHeadings: ReadonlySet<string> = new Set(
  'type,art,kind,typ,record type,entity type,entity,element type,node type,object type,class,category,kategorie,datensatzart,record,datensatz'.split(
    ',',
  ),
);

/**
 * The column of types for an import as `type`. Null if the column does not name this type, or if it is imported as a field and no other
 * part imports the other types.
 */
export function chosenRowTypes(
  table: Pick<Table, 'columns' | 'rows'>,
  { type, columns, elsewhere }: Pick<SheetChoices, 'type' | 'columns' | 'elsewhere'>,
): RowTypes | null {
  const found = findRowTypes(table);
  if (!found || !hasRowsOfType(found, type)) return null;
  return elsewhere.length > 0 || columns[found.column]?.to === 'ignore' ? found : null;
}

export const hasRowsOfType = ({ counts }: RowTypes, type: SheetType): boolean =>
  counts.some(([one]) => one === type);

/** Finds the column that tells each row's type; null if none. */
export function findRowTypes({ columns, rows }: Pick<Table, 'columns' | 'rows'>): RowTypes | null {
  for (const [column, heading] of columns.entries()) {
    if (!typeHeadings.has(plainHeading(heading))) continue;
    const counts = new Map<SheetType, number>();
    let [filledCount, knownCount] = [0, 0];
    for (const row of rows) {
      if (isBlank(row.cells[column])) continue;
      filledCount += 1;
      const type = typeOfWord(cellText(row.cells[column]));
      if (type === null) continue;
      knownCount += 1;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    if (knownCount === 0 || knownCount < filledCount * 0.7) continue;
    const typeOf = (row: Line): SheetType | null => typeOfWord(cellText(row.cells[column]));
    return { column, typeOf, counts: [...counts].toSorted((a, b) => b[1] - a[1]) };
  }
  return null;
}

const typeByWord = new Map(
  (Object.entries(typeWords) as [SheetType, readonly string[]][]).flatMap(([type, words]) =>
    words.map((word) => [word, type] as const),
  ),
);

const typeOfWord = (text: string): SheetType | null => typeByWord.get(plainHeading(text)) ?? null;

/** The name of a file and its sheet, from which a type is guessed; default names of sheets are left out. */
export function typeHintOf(file: string, sheet: string): string {
  const sheetName = /^(sheet|tabelle|table|blatt)\s*\d*$/i.test(sheet.trim()) ? '' : sheet;
  return `${sheetName} ${file.replace(/\.[^.]*$/, '')}`;
}
