import { Fault } from '#shared/contract/faults.ts';
import { defaultsOf, fieldOf } from '#shared/domain/entities.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { ReadHandle } from '../db/connection.ts';
import { locateIn } from './locate.ts';
import type { Located } from './locate.ts';
import { permit } from './permit.ts';
import { readTitle } from './titles.ts';
import { checkNewId, checkPayload, checkReferences, invalid, refuseComputed } from './validate.ts';

/** The live record. Throws NOT_FOUND, for a deleted one too. */
export function liveRecord(db: ReadHandle, type: EntityType, id: string): Located {
  const found = locateIn(db, type, id);
  if (found && !found.deleted) return found;
  const state = found ? 'is deleted' : 'does not exist';
  throw new Fault('NOT_FOUND', `The ${type} "${id}" ${state}.`, { type, id });
}

function withDefaults(write: WriteContext, type: EntityType, data: JsonObject): JsonObject {
  const given = { ...defaultsOf[type], ...data };
  const defaults: Record<string, string | number> = {};
  if (type !== 'interface' && fieldOf(type, 'university_id') && !Object.hasOwn(data, 'university_id')) {
    const university = write.actor.university_id;
    if (university !== null) defaults.university_id = university;
  }
  if (type === 'interface' && !Object.hasOwn(data, 'energy_loss') && typeof data.bond_type === 'string') {
    const known = Object.hasOwn(defaultEnergyLoss, data.bond_type);
    if (known) defaults.energy_loss = defaultEnergyLoss[data.bond_type] as number;
  }
  return { ...given, ...defaults };
}

/** Makes a record of the data given and the type's defaults; an id may be chosen when nobody has it. Returns the id. */
export function createRecord(
  write: WriteContext,
  input: { type: EntityType; id?: string | undefined; data: JsonObject },
): string {
  const { type } = input;
  const { id: named, ...data } = input.data;
  if (named !== undefined && (typeof named !== 'string' || (input.id !== undefined && named !== input.id))) {
    throw invalid([
      { path: 'id', code: 'id', message: 'must be text, and the same as the id given beside the data' },
    ]);
  }
  const wanted = input.id ?? named;
  if (wanted !== undefined) checkNewId(write.db, wanted);
  const id = wanted ?? `${idPrefix[type]}_${write.ids.uuid()}`;
  refuseComputed(type, Object.keys(data));
  const payload = withDefaults(write, type, data);
  checkPayload(type, payload);
  checkReferences(write.db, type, payload);
  permit(write.db, write.actor, { type, id, before: null, after: payload });
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

/** Sets and removes fields of a live record; the result must be valid as a whole. Returns whether anything changed. */
export function updateRecord(write: WriteContext, input: UpdateInput): boolean {
  const { type, id, unset } = input;
  const { id: named, ...data } = input.data;
  if (named !== undefined && named !== id)
    throw invalid([{ path: 'id', code: 'id', message: 'cannot be changed' }]);
  const both = unset.find((field) => Object.hasOwn(data, field));
  if (both) throw invalid([{ path: both, code: 'twice', message: 'is both set and removed' }]);
  const current = liveRecord(write.db, type, id);
  refuseComputed(type, Object.keys(data));
  const gone = new Set(unset);
  const kept = Object.entries(current.payload).filter(([field]) => !gone.has(field));
  const after = Object.fromEntries([...kept, ...Object.entries(data)]);
  checkPayload(type, after);
  checkReferences(write.db, type, after, new Set(Object.keys(data)));
  permit(write.db, write.actor, { type, id, before: current.payload, after });
  const title = readTitle(write.db, type, current.payload);
  const changed = write.records.update(current, data, unset);
  if (!changed) return false;
  write.audit.label(`${type}.update`, { type, id, title, fields: [...Object.keys(data), ...unset] });
  return true;
}
