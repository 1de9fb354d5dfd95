import type { JsonObject } from '../domain/json.ts';
import { entityTypes } from '../domain/types.ts';
import type { AuditedType } from '../domain/types.ts';

/** Types shared with a server. Profiles are not among them: only the server changes profiles. */
export const sharedTypes = [
  ...entityTypes,
  'view',
  'shared-sandbox',
] as const satisfies readonly AuditedType[];
export const syncedTypes = ['profile', ...sharedTypes] as const satisfies readonly AuditedType[];
export type SyncedType = (typeof syncedTypes)[number];

export const isSharedType = (type: string): boolean => (sharedTypes as readonly string[]).includes(type);

/** Schema version of operations that this version writes; a server upgrades older ones. Version 2 added contacts and repairs, version 3 organisations, version 4 repositories and tasks. */
export const operationSchema = 4;

/** One change of one record, as an audit row. An update holds only the changed fields, on both sides. */
export interface SyncRow {
  action: 'create' | 'update' | 'delete' | 'restore';
  type: SyncedType;
  id: string;
  before: JsonObject | null;
  after: JsonObject | null;
}

export interface SyncRecord {
  type: SyncedType;
  payload: JsonObject;
  deleted: boolean;
}

/** A value that lost, or a record deleted while another user changed it. `lost` and `won` are null if the field is absent. */
export interface FieldConflict {
  type: SyncedType;
  id: string;
  field: string;
  /**
   * `older`: the operation's value was older than the current one. `newer`: it replaced a value its author had not seen. `deleted`: the
   * record was already deleted. `deletes`: the operation deleted the record and a value its author had not seen.
   */
  kind: 'older' | 'newer' | 'deleted' | 'deletes';
  lost: { value: JsonObject[string] } | null;
  won: { value: JsonObject[string] } | null;
}
