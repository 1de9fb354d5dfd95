import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';

/** The workspace's record under an id: visible, hidden or deleted. */
export interface ExistingRecord {
  type: AuditedType;
  deleted: boolean;
  /** Hidden because another record is deleted. */
  hidden: boolean;
  payload: JsonObject;
}

/** The effect of an import on one record. */
export type Effect = 'create' | 'update' | 'restore' | 'unchanged';

/** A record as it is after the import. */
export interface PlannedRecord {
  type: EntityType;
  id: string;
  payload: JsonObject;
  effect: Effect;
  /** The workspace's record, unless it is new. */
  existing: ExistingRecord | undefined;
}
