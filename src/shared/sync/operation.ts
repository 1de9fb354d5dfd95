import type { JsonObject } from '../domain/json.ts';
import { entityTypes } from '../domain/types.ts';
import type { AuditedType } from '../domain/types.ts';

/** What is shared with a server beside the people, whom only the server changes. */
export const sharedTypes = [
  ...entityTypes,
  'view',
  'shared-sandbox',
] as const satisfies readonly AuditedType[];
/** What a server tells of. */
export const syncedTypes = ['profile', ...sharedTypes] as const satisfies readonly AuditedType[];
export type SyncedType = (typeof syncedTypes)[number];

export const isShared = (type: string): boolean => (sharedTypes as readonly string[]).includes(type);

/** The form of operations that this version writes; a server upgrades those of former ones. Form 2 knows contacts and repairs. */
export const operationSchema = 2;

/** One change of one record, as a row of the audit has it: an update holds the changed fields only, on both sides. */
export interface SyncRow {
  action: 'create' | 'update' | 'delete' | 'restore';
  type: SyncedType;
  id: string;
  before: JsonObject | null;
  after: JsonObject | null;
}

/** A record as one side has it. */
export interface SyncRecord {
  type: SyncedType;
  payload: JsonObject;
  deleted: boolean;
}

/**
 * A value that did not stay, or a record that was deleted while somebody changed it. `lost` and `won` are null where the field is not
 * there.
 */
export interface FieldConflict {
  type: SyncedType;
  id: string;
  field: string;
  /**
   * `older`: the operation's value was older than the one that is there; `newer`: it replaced a value that its author had not seen;
   * `deleted`: the record was deleted before; `deletes`: the operation deleted the record, and with it a value that its author had not seen.
   */
  kind: 'older' | 'newer' | 'deleted' | 'deletes';
  lost: { value: JsonObject[string] } | null;
  won: { value: JsonObject[string] } | null;
}
