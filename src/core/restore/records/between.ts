import type { FieldBetween } from '#shared/contract/backup-records.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { sameValue, valueOf } from '../../history/effect.ts';

/** What is restored one by one: records and saved views; not who may act, where they stand in the network, nor what the workspace is called. */
export const isRestorable = (type: AuditedType): boolean => isEntityType(type) || type === 'view';

/** The fields that a record has otherwise in a backup than in live; null is a side without the record. */
export function fieldsBetween(backup: JsonObject, live: JsonObject | null): FieldBetween[] {
  const now = live ?? {};
  return [...new Set([...Object.keys(backup), ...Object.keys(now)])].flatMap((field) => {
    const [was, is] = [valueOf(backup, field), valueOf(now, field)];
    if (sameValue(was, is)) return [];
    return {
      field,
      ...(was === undefined ? {} : { backup: was }),
      ...(is === undefined ? {} : { live: is }),
    };
  });
}
