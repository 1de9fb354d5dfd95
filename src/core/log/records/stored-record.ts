import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';

/** A record as it is written: its type, its id and its whole payload. */
export interface StoredRecord {
  type: AuditedType;
  id: string;
  payload: JsonObject;
}
