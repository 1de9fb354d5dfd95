import { withAuthorOf } from '#shared/domain/actor-fields.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { unfitValuesKey } from '../model/interchange/keys.ts';
import { computedFields } from '#shared/domain/check-payload.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { canTarget, referencedIds, onlyTargetType } from '#shared/domain/references.ts';
import { isErased } from '#shared/domain/erased.ts';
import { endUniversitiesBy } from '../log/records/university.ts';
import type { FindRecord } from '../log/records/university.ts';
import { writeOrder } from '../model/interchange/keys.ts';
import { updatedKind, withKind } from '../model/link-kind.ts';
import { NewLinks } from './new-links.ts';
import { maxFields } from '#shared/domain/limits.ts';
import { fitRecord, maxRecordKilobytes } from '#shared/domain/record-size.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { Notices } from './notices.ts';
import type { ExistingRecord, PlannedRecord } from './planned-record.ts';

/** Finds the workspace's record under an id, of any type. */
export type Lookup = (id: string) => ExistingRecord | undefined;

function referenceFieldsOf(type: EntityType): ReadonlyMap<string, EntityType> {
  const targets = new Map<string, EntityType>();
  // Every table has a university column, so the field is also read for types without it in their schema.
  if (!computedFields[type]?.includes('university_id')) targets.set('university_id', 'university');
  for (const field of fieldsOf(type)) {
    const to = onlyTargetType(field.to);
    if (field.kind === 'reference' && to) targets.set(field.key, to);
  }
  return targets;
}

function listReferencesOf(type: EntityType): ReadonlyMap<string, FieldInfo['to']> {
  const lists = fieldsOf(type).filter(({ kind }) => kind === 'references');
  return new Map(lists.map(({ key, to }) => [key, to]));
}

export const referenceFields: Readonly<Record<EntityType, ReadonlyMap<string, EntityType>>> =
  Object.fromEntries(entityTypes.map((type) => [type, referenceFieldsOf(type)])) as Record<
    EntityType,
    ReadonlyMap<string, EntityType>
  >;

/** List-of-references fields and their target types, by type. */
export const listReferences = Object.fromEntries(
  entityTypes.map((type) => [type, listReferencesOf(type)]),
) as Readonly<Record<EntityType, ReadonlyMap<string, FieldInfo['to']>>>;

/** The values that a row of a file has for one record. */
export interface RecordRow {
  type: EntityType;
  id: string;
  existing: ExistingRecord | undefined;
  values: JsonObject;
  /** Whether the link gets the kind of its new ends if the row changes them. */
  followsEnds: boolean;
  /** The row of a table. */
  line?: number;
}

/**
 * Merges a record of the file into the existing one: missing fields stay, and so do its author and values that earlier imports kept
 * separately.
 */
function mergeValues(type: EntityType, before: JsonObject, fileValues: JsonObject): JsonObject {
  const values = withAuthorOf(type, fileValues, before);
  const [earlierUnfit = null, newUnfit = null] = [before[unfitValuesKey], values[unfitValuesKey]];
  const unfitValues =
    isJsonObject(earlierUnfit) && isJsonObject(newUnfit)
      ? { [unfitValuesKey]: { ...earlierUnfit, ...newUnfit } }
      : {};
  return { ...before, ...values, ...unfitValues };
}

type TypeOf = (id: string) => string | null | undefined;

/** Plans the records of a file of any format, row by row. A row creates a record, or changes or restores the existing one. */
export class RecordPlanner {
  readonly #lookup: Lookup;
  readonly #notices: Notices;
  readonly #byType = new Map<EntityType, PlannedRecord[]>(writeOrder.map((type) => [type, []]));
  readonly #links = new NewLinks();
  /** All planned records except new links, to which nothing refers. */
  readonly #byId = new Map<string, PlannedRecord>();

  constructor(lookup: Lookup, notices: Notices) {
    this.#lookup = lookup;
    this.#notices = notices;
  }

  /**
   * Returns the record, and the references that were cleared because a restored record lacks their targets. `typeOf` gives the type of an
   * id after the import, null if none, undefined if not known yet.
   */
  plan(row: RecordRow, typeOf: TypeOf): { record: PlannedRecord; cleared: readonly string[] } {
    const { type, id, existing, values, followsEnds } = row;
    const mergedValues = existing ? mergeValues(type, existing.payload, values) : values;
    const kind =
      existing && followsEnds
        ? updatedKind(existing.payload, mergedValues, (end) => this.find(end)?.type)
        : undefined;
    const payload = this.#fit(row, withKind(mergedValues, kind));
    if (existing?.deleted) return this.#restore({ ...row, values: payload }, typeOf);
    const isUnchanged = existing !== undefined && jsonEqual(existing.payload, payload);
    const effectOnExisting = isUnchanged ? 'unchanged' : 'update';
    const effect = existing ? effectOnExisting : 'create';
    return { record: this.#add({ type, id, payload, effect, existing }), cleared: [] };
  }

  /** Leaves out values that a record has no room for, and reports them. */
  #fit({ type, id, existing, values, line }: RecordRow, payload: JsonObject): JsonObject {
    const fitted = fitRecord(payload, existing?.payload ?? {}, Object.keys(values));
    for (const { field, kilobytes } of fitted.leftOut) {
      const where = { attribute: field, ...(line !== undefined && { line }) };
      const record = titleOf(type, payload) || id;
      if (kilobytes === null)
        this.#notices.add('too_many_fields', { where, params: { record, max: maxFields } });
      else
        this.#notices.add('value_too_large', {
          where,
          params: { record, kilobytes, max: maxRecordKilobytes },
        });
    }
    return fitted.payload;
  }

  /** Restores a record and clears its dangling references. */
  #restore({ type, id, existing, values: mergedValues }: RecordRow, typeOf: TypeOf) {
    const clearedFields: Record<string, Json> = {};
    for (const [field, target] of referenceFields[type]) {
      const value = mergedValues[field];
      const foundType = typeof value === 'string' ? typeOf(value) : target;
      if (foundType !== undefined && foundType !== target) clearedFields[field] = null;
    }
    for (const [field, to] of listReferences[type]) {
      const ids = referencedIds(mergedValues[field]);
      const remainingIds = ids.filter((one) => {
        const foundType = typeOf(one);
        return foundType === undefined || (foundType !== null && canTarget(to, foundType));
      });
      if (remainingIds.length < ids.length) clearedFields[field] = remainingIds;
    }
    const payload = { ...mergedValues, ...clearedFields };
    const record = this.#add({ type, id, payload, effect: 'restore', existing });
    return { record, cleared: Object.keys(clearedFields) };
  }

  #add(plannedRecord: PlannedRecord): PlannedRecord {
    const { type, id, payload, effect } = plannedRecord;
    const isNewLink = type === 'interface' && effect === 'create' && !isErased(payload);
    const record = isNewLink
      ? this.#links.add(id, payload, endUniversitiesBy(this.find, payload))
      : plannedRecord;
    if (!isNewLink) this.#byId.set(id, record);
    this.#byType.get(type)?.push(record);
    return plannedRecord;
  }

  /** A planned record or the workspace's. */
  readonly find: FindRecord = (id) => this.#byId.get(id) ?? this.#lookup(id);

  recordsOf(type: EntityType): readonly PlannedRecord[] {
    return this.#byType.get(type) ?? [];
  }

  /** All planned records, in the order of writing. */
  records(): PlannedRecord[] {
    return [...this.#byType.values()].flat();
  }
}
