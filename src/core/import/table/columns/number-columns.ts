import type { SheetChoices } from '#shared/contract/sheets.ts';
import { decimalSignOf, parseNumberText } from '#shared/domain/number-text.ts';
import type { DecimalSign } from '#shared/domain/number-text.ts';
import type { Cells, Mapping } from '../choices.ts';
import { cellText } from '../cell.ts';
import type { Line } from '../cell.ts';
import { customNumber } from '../values.ts';
import type { NumberNotation } from '../values.ts';

/** The custom columns of numbers, each with the function that reads a value. */
type NumberReaders = ReadonlyMap<number, (text: string) => number | null>;

/** How the numbers of a table are written. */
export interface NumberColumns {
  notationOf: (column: number) => NumberNotation;
  /** Of texts in columns that are not only numbers. */
  tableNotation: NumberNotation;
  customNumbers: NumberReaders;
  /** The first number that neither its column, nor its field, nor the table decides: "1,250" or "1.200". */
  ambiguousNumber: { line: number; column: number; field: string; value: string } | null;
}

interface ColumnTally {
  column: number;
  isCustom: boolean;
  signs: ReadonlySet<DecimalSign>;
  ambiguousNumber: NumberColumns['ambiguousNumber'];
}

const rowsPerYield = 500;

/** The notation of each column of numbers: chosen, shown by the column, or by the whole table. Yields rows read. */
export function* findNumberColumns(
  rows: readonly Line[],
  { fields, customFields }: Pick<Mapping, 'fields' | 'customFields'>,
  cells: Cells,
  { decimals, suggestsComma }: Pick<SheetChoices, 'decimals'> & { suggestsComma: boolean },
): Generator<number, NumberColumns, void> {
  const tallies: ColumnTally[] = [];
  for (const { column, field } of fields) {
    if (field.kind !== 'number') continue;
    const read = (text: string) => parseNumberText(text, field.unit);
    const signOf = (number: NonNullable<ReturnType<typeof read>>) => decimalSignOf(number, field);
    const tally = yield* tallyColumn(rows, { column, name: field.key, isCustom: false }, cells, {
      read,
      signOf,
    });
    if (tally) tallies.push(tally);
  }
  for (const { column, name } of customFields) {
    const readers = { read: customNumber, signOf: decimalSignOf };
    const tally = yield* tallyColumn(rows, { column, name, isCustom: true }, cells, readers);
    // A column with both decimal signs stays text, which loses nothing.
    if (tally && (tally.signs.size < 2 || decimals !== 'guess')) tallies.push(tally);
  }
  const chosenSign = decimals === 'guess' ? null : decimals === 'comma' ? ',' : '.';
  const suggestedSign = suggestsComma ? ',' : '.';
  const tableSign = onlyOf(new Set(tallies.flatMap(({ signs }) => [...signs])));
  const signs = new Map(tallies.map(({ column, signs: found }) => [column, onlyOf(found) ?? tableSign]));
  const notationBy = (foundSign: DecimalSign | null): NumberNotation => {
    const sign = chosenSign ?? foundSign;
    return { decimalComma: (sign ?? suggestedSign) === ',', isGuessed: sign === null };
  };
  const notationOf = (column: number): NumberNotation => notationBy(signs.get(column) ?? tableSign);
  const undecided = tallies.find(
    ({ column, ambiguousNumber }) => ambiguousNumber !== null && notationOf(column).isGuessed,
  );
  return {
    notationOf,
    tableNotation: notationBy(tableSign),
    customNumbers: new Map(
      tallies.flatMap(({ column, isCustom }) => {
        const sign = notationOf(column).decimalComma ? ',' : '.';
        return isCustom ? [[column, (text: string) => customNumber(text)?.values[sign] ?? null]] : [];
      }),
    ),
    ambiguousNumber: undecided?.ambiguousNumber ?? null,
  };
}

const onlyOf = (signs: ReadonlySet<DecimalSign>): DecimalSign | null =>
  signs.size === 1 ? ([...signs][0] as DecimalSign) : null;

interface TallyReaders {
  read: (text: string) => ReturnType<typeof parseNumberText>;
  signOf: (number: NonNullable<ReturnType<typeof parseNumberText>>) => DecimalSign | null;
}

/** The decimal signs of a column. Null for a custom column with other text, or without text. */
function* tallyColumn(
  rows: readonly Line[],
  { column, name, isCustom }: { column: number; name: string; isCustom: boolean },
  cells: Cells,
  { read, signOf }: TallyReaders,
): Generator<number, ColumnTally | null, void> {
  const signs = new Set<DecimalSign>();
  let ambiguousNumber: NumberColumns['ambiguousNumber'] = null;
  let isEmpty = true;
  for (const [index, row] of rows.entries()) {
    if (index % rowsPerYield === rowsPerYield - 1) yield index;
    const { cell } = cells.peekAt(row, column);
    if (cell === null || typeof cell === 'number') continue;
    const value = cellText(cell);
    const number = typeof cell === 'string' ? read(value) : null;
    if (isCustom && !number) return null;
    isEmpty = false;
    const sign = number && signOf(number);
    if (sign) signs.add(sign);
    else if (number?.isAmbiguous) ambiguousNumber ??= { line: row.line, column, field: name, value };
  }
  return isCustom && isEmpty ? null : { column, isCustom, signs, ambiguousNumber };
}
