import { issueWithCode } from '#shared/texts/issues.ts';
import { Fault } from '#shared/contract/faults.ts';
import { withCreator } from '#shared/domain/actor-fields.ts';
import { withDefaultFields } from '#shared/domain/entities.ts';
import { followingLoss } from '#shared/domain/interfaces.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { applyEdit, editedFields } from '#shared/domain/patch.ts';
import type { FieldEdit } from '#shared/domain/patch.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { assertAgentCanPropose } from './agent-proposals.ts';
import { describedUniversity } from './described-university.ts';
import { updatedKind } from './link-kind.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { assertCanChange } from './permissions.ts';
import { readTitle } from './titles.ts';
import { checkChange, checkNewId, checkReferences, invalidFault, refuseComputed } from './validate.ts';

/** The visible record. Throws NOT_FOUND, also for a deleted or hidden one. */
export function visibleRecord(db: ReadHandle, type: EntityType, id: string): LocatedRecord {
  const record = locateIn(db, type, id);
  if (record && !record.deleted && !record.hidden) return record;
  throw new Fault('NOT_FOUND', { type, id, ...(record && { state: record.deleted ? 'deleted' : 'hidden' }) });
}

function withDefaults(write: WriteContext, type: EntityType, data: JsonObject): JsonObject {
  const values = withDefaultFields(type, data, write.actor.university_id);
  if (type === 'document' && !Object.hasOwn(data, 'university_id')) {
    const university = describedUniversity(write, referencedIds(data['record_ids']));
    return university === null ? values : { ...values, university_id: university };
  }
  const { agent, name = null } = write.actor;
  const proposed = type === 'repair' ? { proposed_by: agent ?? name } : {};
  return withCreator(type, { ...proposed, ...values }, write.actor);
}

/** Creates a record from `data` and the defaults of the type. The caller can choose an unused id. Returns the id. */
export function createRecord(
  write: WriteContext,
  input: { type: EntityType; id?: string | undefined; data: JsonObject },
): string {
  const { type } = input;
  const { id: dataId, ...data } = input.data;
  if (
    dataId !== undefined &&
    (typeof dataId !== 'string' || (input.id !== undefined && dataId !== input.id))
  ) {
    throw invalidFault([issueWithCode('id', 'id', 'id_differs')]);
  }
  const requestedId = input.id ?? dataId;
  if (requestedId !== undefined) checkNewId(write.db, requestedId);
  const id = requestedId ?? `${idPrefix[type]}_${write.ids.uuid()}`;
  refuseComputed(type, Object.keys(data));
  const payload = withDefaults(write, type, data);
  checkChange(type, payload, {});
  checkReferences(write.db, type, payload);
  assertCanChange(write.db, write.actor, { type, id, before: null, after: payload });
  if (type === 'repair') assertAgentCanPropose(write, id);
  write.records.create({ type, id, payload });
  write.audit.label(`${type}.create`, { type, id, title: readTitle(write.db, type, payload) });
  return id;
}

export interface UpdateInput {
  type: EntityType;
  id: string;
  data: JsonObject;
  unset: readonly string[];
}

/** The edit of an update of the record `id`; null for several records. Throws INVALID. */
export function editOf(
  type: EntityType,
  id: string | null,
  input: Omit<UpdateInput, 'type' | 'id'>,
): FieldEdit {
  const { unset } = input;
  const { id: dataId, ...set } = input.data;
  if (dataId !== undefined && dataId !== id) throw invalidFault([issueWithCode('id', 'id', 'id_fixed')]);
  const duplicate = unset.find((field) => Object.hasOwn(set, field));
  if (duplicate) throw invalidFault([issueWithCode(duplicate, 'twice', 'set_and_removed')]);
  refuseComputed(type, Object.keys(set));
  return { set, unset };
}

/** Sets and removes fields of a visible record; the whole result must be valid. Returns whether anything changed. */
export function updateRecord(write: WriteContext, input: UpdateInput): boolean {
  const { type, id } = input;
  const edit = editOf(type, id, input);
  const current = visibleRecord(write.db, type, id);
  const title = readTitle(write.db, type, current.payload);
  if (!patchRecord(write, current, edit)) return false;
  write.audit.label(`${type}.update`, { type, id, title, fields: editedFields(edit) });
  return true;
}

/** The fields of an update that no longer have the value that the caller saw, with the current values that the update overwrites. */
export function overwrittenFields(
  db: ReadHandle,
  { type, id, data, unset, expected }: UpdateInput & { expected?: JsonObject | undefined },
): { field: string; value: Json }[] {
  if (!expected) return [];
  const { payload } = visibleRecord(db, type, id);
  return editedFields({ set: data, unset })
    .filter((field) => !jsonEqual(payload[field] ?? null, expected[field] ?? null))
    .map((field) => ({ field, value: payload[field] ?? null }));
}

/** Adds the new kind of an interface whose ends change to the edit. */
function withInterfaceKind(db: ReadHandle, { type, payload }: LocatedRecord, edit: FieldEdit): FieldEdit {
  const { set, unset } = edit;
  const fields = editedFields(edit);
  if (type !== 'interface' || fields.includes('interface_type')) return edit;
  if (!fields.includes('from') && !fields.includes('to')) return edit;
  const kind = updatedKind(payload, applyEdit(payload, edit), (id) => locateRecord(db, id)?.type);
  if (kind === undefined) return edit;
  return kind === null
    ? { set, unset: [...unset, 'interface_type'] }
    : { set: { ...set, interface_type: kind }, unset };
}

/** Adds the default loss of a changed bond to the edit, unless the edit or the record states a loss of its own. */
function withFollowingLoss({ type, payload }: LocatedRecord, edit: FieldEdit): FieldEdit {
  const { set, unset } = edit;
  if (type !== 'interface' || !('bond_type' in set) || editedFields(edit).includes('energy_loss'))
    return edit;
  const loss = followingLoss({ bond: payload['bond_type'], loss: payload['energy_loss'] }, set['bond_type']);
  return loss === undefined ? edit : { set: { ...set, energy_loss: loss }, unset };
}

/** Like `updateRecord` for a record that has been read, without a label. */
export function patchRecord(write: WriteContext, current: LocatedRecord, requested: FieldEdit): boolean {
  const { type, id } = current;
  const edit = withFollowingLoss(current, withInterfaceKind(write.db, current, requested));
  const after = applyEdit(current.payload, edit);
  checkChange(type, after, current.payload);
  checkReferences(write.db, type, after, {
    fields: new Set(Object.keys(edit.set)),
    storedPayload: current.payload,
  });
  assertCanChange(write.db, write.actor, { type, id, before: current.payload, after });
  return write.records.replace(current, after) !== null;
}
