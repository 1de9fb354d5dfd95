import { pointsOf } from '#shared/domain/share-units.ts';
import type { SheetChoices } from '#shared/contract/sheets.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import type { Field } from '#shared/domain/entities.ts';
import { shareOfMark } from '#shared/domain/number-text.ts';
import { isInPercent, restOf, shareUnitOf, toPercent } from '../../units.ts';
import { cellText } from '../cell.ts';
import type { Cell } from '../cell.ts';
import type { Cells, FieldColumn, Mapping } from '../choices.ts';
import type { Table } from '../read/table.ts';
import type { FieldUnit, ShareUnits } from '../rows/row-data.ts';
import { readCell, unfitReading } from '../values.ts';
import type { Reading } from '../values.ts';
import { statedUnit } from './heading-match.ts';
import type { NumberColumns } from './number-columns.ts';

interface ReadShare {
  cell: Cell;
  value: number;
}

/** How the values of each share field are written, decided from all of them. */
export function findShareUnits(
  { rows, columns }: Table,
  { fields }: Mapping,
  cells: Cells,
  { share_units: chosenUnits, notationOf }: Pick<SheetChoices, 'share_units'> & NumberColumns,
): ShareUnits {
  const units: [string, FieldUnit][] = [];
  for (const { column, field, isRest } of fields) {
    if (field.unit !== 'percent') continue;
    const read: ReadShare[] = rows.flatMap((row) => {
      const { cell } = cells.peekAt(row, column);
      const value = cell === null ? undefined : readCell(field, cell, notationOf(column)).value;
      return typeof value === 'number' ? [{ cell, value }] : [];
    });
    // A mark such as "3/5" says nothing about the unit of the others.
    const { marked = [], unmarked = [] } = Object.groupBy(read, ({ cell }) =>
      shareOfMark(cellText(cell)) === null ? 'unmarked' : 'marked',
    );
    const points = new Set(marked.flatMap(({ cell }) => mostPointsIn(cell)));
    // A value with a per cent sign counts as 100, so that the column is not guessed as fractions.
    const shares = unmarked.map(({ cell, value }) => (cellText(cell).includes('%') ? 100 : value));
    // Marks have one maximum: "3/4" next to "1/2" are fractions, and so are the numbers between them.
    const mostPoints = points.size === 1 ? Math.max(...points) : 0;
    const stated = statedUnit(columns[column] ?? '');
    const { unit, isGuessed, scale } = shareUnitOf(shares, chosenUnits[field.key] ?? stated ?? 'guess');
    if (unit === null && marked.length === 0) continue;
    const fieldUnit = {
      unit: unit ?? ('percent' as const),
      isGuessed,
      isStated: chosenUnits[field.key] === undefined && stated !== null,
      scale: unit !== null && pointsOf(unit) !== null ? unit : stated === 'percent' ? null : scale,
      most: cellText(read.toSorted((a, b) => b.value - a.value)[0]?.cell),
      example: cellText(unmarked.find(({ value }) => value > 0)?.cell),
      mostPoints,
    };
    units.push([field.key, { ...fieldUnit, rest: isRest ? restExample(field, read, fieldUnit) : null }]);
  }
  return new Map(units);
}

/** The maximum of a mark; none for tenths ("8割"). */
const mostPointsIn = (cell: Cell): number[] => (/\d+$/.exec(cellText(cell).trim()) ?? []).map(Number);

/** A value that is neither nothing nor all, else the first one, with its rest. Null if none can be read. */
function restExample(
  field: Field,
  read: readonly ReadShare[],
  fieldUnit: Omit<FieldUnit, 'rest'>,
): FieldUnit['rest'] {
  const examples = read.flatMap(({ cell, value }) => {
    const { value: becomes } = readShare({ field, isRest: true }, cell, { value }, fieldUnit);
    return typeof becomes === 'number' ? [{ value: cellText(cell), becomes }] : [];
  });
  return examples.find(({ becomes }) => becomes > 0 && becomes < 100) ?? examples[0] ?? null;
}

/** The reading of a share in per cent, or of its rest. */
export function readShare(
  { field, isRest }: Pick<FieldColumn, 'field' | 'isRest'>,
  cell: Cell,
  reading: Reading,
  { unit, mostPoints }: Pick<FieldUnit, 'unit' | 'mostPoints'>,
): Reading {
  const { value, problem } = reading;
  if (typeof value !== 'number') return reading;
  if (isMarkWithoutMost(cell, value, mostPoints)) return unfitReading('not_a_number');
  const percent = percentOf(cell, value, unit);
  if (percent > (field.max ?? Infinity)) return unfitReading('out_of_range');
  if (!isRest) return { ...reading, value: percent };
  const becomes = restOf(percent);
  return {
    ...reading,
    value: becomes,
    ...(problem && { problem: problem.becomes === undefined ? problem : { ...problem, becomes } }),
  };
}

const percentOf = (cell: Cell, value: number, unit: ShareUnit): number =>
  isInPercent(cell) ? value : toPercent(value, unit);

/** Whether a number is among marks such as "3/5" and can be a mark without its maximum. */
const isMarkWithoutMost = (cell: Cell, value: number, mostPoints: number): boolean =>
  value > 0 && value <= mostPoints && !isInPercent(cell);
