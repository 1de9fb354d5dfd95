import { patchFields } from '#shared/domain/patch.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Entry } from './server.ts';

/** Fields that an operation wrote and of which its entry says nothing: neither that they took effect, nor that they met another value. */
export function unaccounted(
  op_id: string,
  made: readonly SyncRow[],
  { rows, conflicts, recovers, same }: Pick<Entry, 'rows' | 'conflicts' | 'recovers' | 'same'>,
): string[] {
  if (recovers !== null) return [];
  const done = new Set(rows.flatMap((row) => patchFields(row).map((field) => `${row.id}/${field}`)));
  const met = new Set(conflicts.map(({ id, field }) => `${id}/${field}`));
  return made
    .filter(({ action }) => action === 'update')
    .flatMap((row) => patchFields(row).map((field) => `${row.id}/${field}`))
    .filter((key) => !done.has(key) && !met.has(key) && !same.has(key))
    .map((key) => `${op_id} says nothing of ${key}`);
}
