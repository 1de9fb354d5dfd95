import type { FieldChange } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';

/** A cell with its new value; undefined removes the field. */
export interface CellChange {
  record: EntityRecord;
  field: Field;
  value: Json | undefined;
}

/** Whether the value differs; undefined, null and empty text are equal. */
export function cellDiffers({ record, field, value }: CellChange): boolean {
  const isEmpty = (cellValue: Json | undefined): boolean =>
    cellValue === undefined || cellValue === null || cellValue === '';
  const storedValue = record.payload[field.key];
  return isEmpty(value) ? !isEmpty(storedValue) : !jsonEqual(storedValue, value);
}

/** Cells as updates, one for each record in order; unchanged cells are left out. */
export function updatesOf(cells: readonly CellChange[]): Extract<FieldChange, { kind: 'update' }>[] {
  const changes = new Map<string, { record: EntityRecord; data: Record<string, Json>; unset: string[] }>();
  for (const cell of cells.filter(cellDiffers)) {
    const { record, field, value } = cell;
    const change = changes.get(record.id) ?? { record, data: {}, unset: [] };
    if (value === undefined) change.unset.push(field.key);
    else change.data[field.key] = value;
    changes.set(record.id, change);
  }
  return [...changes.values()].map(({ record, data, unset }) => {
    return { kind: 'update', type: record.type, id: record.id, data, unset };
  });
}
