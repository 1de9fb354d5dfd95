import type { AuditAction } from '#shared/contract/history.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { patchedFields, valueOf } from '#shared/domain/patch.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isEntityType } from '#shared/domain/types.ts';

/** A change of one field. `undefined` is absent, which differs from null. */
export interface FieldChange {
  key: string;
  kind: 'added' | 'changed' | 'removed';
  before: Json | undefined;
  after: Json | undefined;
}

export interface AuditedChange {
  type: string;
  action: AuditAction;
  before: JsonObject | null;
  after: JsonObject | null;
}

/** The changed fields: those of the type in form order, then unknown ones by name. */
export function diffOf({ type, before, after }: AuditedChange): readonly FieldChange[] {
  const keys = patchedFields({ before, after });
  const typeFields = isEntityType(type) ? fieldsOf(type).map((field) => field.key) : [];
  const rank = (key: string): number =>
    typeFields.includes(key) ? typeFields.indexOf(key) : typeFields.length;
  return keys
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .flatMap((key) => changeOf(key, valueOf(before, key), valueOf(after, key)));
}

function changeOf(key: string, before: Json | undefined, after: Json | undefined): FieldChange[] {
  if (key === 'id' || jsonEqual(before, after)) return [];
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [{ key, kind, before, after }];
}

/** Whether the whole payload was created or deleted. */
export function isWholeRecord(action: AuditAction): boolean {
  return action !== 'update';
}
