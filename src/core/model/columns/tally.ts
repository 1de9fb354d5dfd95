import type { EntityType } from '#shared/domain/types.ts';
import type { TableColumns } from './table.ts';

/** By slot: how many live records refer to it, in the columns of `sources`; null without sources. */
export function countsIn(
  table: TableColumns,
  sources: readonly (readonly [type: EntityType, column: string])[] | null,
  tableOf: (type: EntityType) => TableColumns,
): Uint32Array | null {
  if (!sources) return null;
  const counts = new Map<unknown, number>();
  for (const [type, name] of sources) {
    const there = tableOf(type);
    there.refresh();
    const { values, codes } = there.column(`r.${name}`);
    const found = new Uint32Array(values.length);
    for (const [slot, code] of codes.entries())
      if (there.live[slot]) found[code] = (found[code] as number) + 1;
    for (const [code, id] of values.entries())
      counts.set(id, (counts.get(id) ?? 0) + (found[code] as number));
  }
  const { values, codes } = table.column('r.id');
  return Uint32Array.from(codes, (code) => counts.get(values[code]) ?? 0);
}
