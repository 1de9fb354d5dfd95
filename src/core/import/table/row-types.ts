import type { SheetType } from '#shared/contract/sheets.ts';
import { plain } from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import { cellText, isBlank } from './table.ts';
import type { Line } from './table.ts';

/** A column that says what each row is. */
export interface RowTypes {
  column: number;
  typeOf: (row: Line) => SheetType | null;
  /** How many rows are of each type, the most frequent first. */
  counts: readonly (readonly [SheetType, number])[];
}

const headingsOfTypes: ReadonlySet<string> = new Set(
  'type,art,kind,typ,record type,entity type,entity,element type,node type,object type,class,category,kategorie,datensatzart,record,datensatz'.split(
    ',',
  ),
);

/** Finds the column that says of each row which type of record it is; null where there is none. */
export function findRowTypes({
  columns,
  rows,
}: {
  columns: readonly string[];
  rows: readonly Line[];
}): RowTypes | null {
  for (const [column, heading] of columns.entries()) {
    if (!headingsOfTypes.has(plain(heading))) continue;
    const counts = new Map<SheetType, number>();
    let [filled, known] = [0, 0];
    for (const row of rows) {
      if (isBlank(row.cells[column])) continue;
      filled += 1;
      const type = typeNamed(cellText(row.cells[column]));
      if (type === null) continue;
      known += 1;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    if (known === 0 || known < filled * 0.7) continue;
    const typeOf = (row: Line): SheetType | null => typeNamed(cellText(row.cells[column]));
    return { column, typeOf, counts: [...counts].toSorted((a, b) => b[1] - a[1]) };
  }
  return null;
}

const typeByWord = new Map(
  (Object.entries(typeWords) as [SheetType, readonly string[]][]).flatMap(([type, words]) =>
    words.map((word) => [word, type] as const),
  ),
);

const typeNamed = (text: string): SheetType | null => typeByWord.get(plain(text)) ?? null;
