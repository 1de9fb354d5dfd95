import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { restHeadings } from '../../../model/interchange/heading-words.ts';
import { isInPercent } from '../../units.ts';
import { cellText } from '../cell.ts';
import { readNumber } from '../values.ts';
import type { ColumnValues } from './column-values.ts';
import { matchHeading, plainColumn, statesPercent } from './heading-match.ts';

/** "% retained", "share of knowledge kept", "part conservée" */
const sharePrefix =
  /^(?:%|percent|percentage|per cent|pct|prozent|share|fraction|proportion|anteil|part|parte|quota|porcentaje|percentuale|udzial|podil|podiel|andel|aandeel|procent|процент|доля) (?:of |de |del |da |di |des |der |an |av |af |van )?/;

/** A field of which a column or attribute states the rest, and how surely its name says so, as for `matchHeading`. */
export interface RestMatch {
  field: string;
  match: number;
}

/** The field that is 100 % minus the values under a heading: "Retained" is the rest of the loss. Null unless the values are shares. */
export function findRestField(type: EntityType, heading: string, values: ColumnValues): RestMatch | null {
  const name = plainColumn(heading);
  for (const field of fieldsOf(type)) {
    const words = restHeadings[field.key];
    if (words === undefined || field.unit !== 'percent') continue;
    const match = Math.max(
      ...[name, name.replace(sharePrefix, '')].map((one) => matchHeading(one, field, words)),
    );
    if (match > 0 && holdsShares(values, field, statesPercent(heading))) return { field: field.key, match };
  }
  return null;
}

/** The columns that state the rest of a field, the surest one of each field. `isOpen` tells columns that have no other meaning. */
export function findRestColumns(
  type: EntityType,
  headings: readonly string[],
  samples: readonly ColumnValues[],
  isOpen: (column: number) => boolean,
): Map<string, number> {
  const found = headings.flatMap((heading, column) => {
    const rest = isOpen(column) ? findRestField(type, heading, samples[column] as ColumnValues) : null;
    return rest ? [{ ...rest, column }] : [];
  });
  // Of equally sure columns, the first one is set last.
  return new Map(
    found
      .toReversed()
      .toSorted((a, b) => a.match - b.match)
      .map(({ field, column }) => [field, column]),
  );
}

const minReadable = 0.7;
/** Whole numbers up to this can be points. */
const maxPoints = 10;

/** Whether values are shares, and neither flags (0 and 1) nor points (1 to 10) nor counts. */
function holdsShares(values: ColumnValues, field: Field, isPercent: boolean): boolean {
  const shares = values.cells.flatMap((cell) => {
    const notation = { decimalComma: false, isGuessed: true };
    const number = typeof cell === 'number' ? cell : readNumber(cellText(cell), field, notation)?.value;
    return number === undefined ? [] : [number];
  });
  if (shares.length === 0 || shares.length < values.count * minReadable) return false;
  if (shares.some((share) => share < 0 || share > 100)) return false;
  if (isPercent || values.cells.some(isInPercent) || shares.some((share) => share > maxPoints)) return true;
  return shares.every((share) => share <= 1) && shares.some((share) => !Number.isInteger(share));
}
