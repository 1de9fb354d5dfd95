import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';

/** The workspace's record under an id, live or deleted. */
export interface Existing {
  type: AuditedType;
  deleted: boolean;
  /** Hidden because another record is deleted. */
  hidden: boolean;
  payload: JsonObject;
}

/** What an import does to one record. */
export type Effect = 'create' | 'update' | 'restore' | 'unchanged';

/** One record after the import. */
export interface PlannedRecord {
  type: EntityType;
  id: string;
  payload: JsonObject;
  effect: Effect;
  /** The workspace's record, unless it is new. */
  existing: Existing | undefined;
}
