import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';

export interface StoredRecord {
  type: AuditedType;
  id: string;
  payload: JsonObject;
}
