import type { EntityType } from '#shared/domain/types.ts';
import type { TableColumns } from './table.ts';

/** Returns by slot how many visible records refer to the record, in the columns of `sources`; null without sources. */
export function countsIn(
  table: TableColumns,
  sources: readonly (readonly [type: EntityType, column: string])[] | null,
  tableFor: (type: EntityType) => TableColumns,
): Uint32Array | null {
  if (!sources) return null;
  const counts = new Map<unknown, number>();
  for (const [type, name] of sources) {
    const sourceTable = tableFor(type);
    sourceTable.refresh();
    const { values, codes } = sourceTable.column(`r.${name}`);
    const countByCode = new Uint32Array(values.length);
    for (const [slot, code] of codes.entries())
      if (sourceTable.visible[slot]) countByCode[code] = (countByCode[code] as number) + 1;
    for (const [code, id] of values.entries())
      counts.set(id, (counts.get(id) ?? 0) + (countByCode[code] as number));
  }
  const { values, codes } = table.column('r.id');
  return Uint32Array.from(codes, (code) => counts.get(values[code]) ?? 0);
}
