import type { SheetOutcome } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { PlannedRecord } from '../planned-record.ts';

type Figures = SheetOutcome['figures'];

/** What the records of a type hold, for its numbers and references that any of them has. */
export function figuresOf(type: EntityType, records: readonly PlannedRecord[]): Figures {
  return fieldsOf(type).flatMap(({ key, kind, max: most }): Figures => {
    if (kind !== 'number' && kind !== 'reference') return [];
    const values = records
      .map(({ payload }) => payload[key])
      .filter((value) => value !== null && value !== undefined);
    if (values.length === 0) return [];
    const numbers = values.filter((value) => typeof value === 'number');
    const [min, max] = numbers.reduce<[number, number]>(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [Infinity, -Infinity],
    );
    return [
      {
        field: key,
        filled: values.length,
        empty: records.length - values.length,
        min: numbers.length === 0 ? null : min,
        max: numbers.length === 0 ? null : max,
        full: numbers.filter((value) => value === most).length,
      },
    ];
  });
}
