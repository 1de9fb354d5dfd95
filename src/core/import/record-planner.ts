import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { asideKey } from '../model/interchange/keys.ts';
import { computedFields } from '#shared/domain/check-payload.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { mayName, referencedIds, typeNamed } from '#shared/domain/references.ts';
import { isErased } from '#shared/domain/erased.ts';
import { endUniversitiesBy } from '../log/records/university.ts';
import type { Find } from '../log/records/university.ts';
import { writeOrder } from '../model/interchange/keys.ts';
import { followingKind, withKind } from '../model/link-kind.ts';
import { NewLinks } from './new-links.ts';
import type { Existing, PlannedRecord } from './planned-record.ts';

/** Finds the workspace's record under an id, of any type. */
export type Lookup = (id: string) => Existing | undefined;

function fieldsThatRefer(type: EntityType): ReadonlyMap<string, EntityType> {
  const found = new Map<string, EntityType>();
  // Every table has a university column, so the field is also read for types without it in their schema.
  if (!computedFields[type]?.includes('university_id')) found.set('university_id', 'university');
  for (const field of fieldsOf(type)) {
    const to = typeNamed(field.to);
    if (field.kind === 'reference' && to) found.set(field.key, to);
  }
  return found;
}

function listsOf(type: EntityType): ReadonlyMap<string, FieldInfo['to']> {
  const lists = fieldsOf(type).filter(({ kind }) => kind === 'references');
  return new Map(lists.map(({ key, to }) => [key, to]));
}

export const referenceFields: Readonly<Record<EntityType, ReadonlyMap<string, EntityType>>> =
  Object.fromEntries(entityTypes.map((type) => [type, fieldsThatRefer(type)])) as Record<
    EntityType,
    ReadonlyMap<string, EntityType>
  >;

/** List-of-references fields and their target types, by type. */
export const listReferences = Object.fromEntries(
  entityTypes.map((type) => [type, listsOf(type)]),
) as Readonly<Record<EntityType, ReadonlyMap<string, FieldInfo['to']>>>;

/** What a row of a file says about one record. */
export interface RecordRow {
  type: EntityType;
  id: string;
  existing: Existing | undefined;
  values: JsonObject;
  /** A link whose ends the row changes gets the kind of the new ones. */
  followsEnds: boolean;
}

/** A record of the file merged into the existing one: missing fields stay, and so does what earlier imports kept separately. */
function laidOver(before: JsonObject, values: JsonObject): JsonObject {
  const [earlier = null, now = null] = [before[asideKey], values[asideKey]];
  const aside = isJsonObject(earlier) && isJsonObject(now) ? { [asideKey]: { ...earlier, ...now } } : {};
  return { ...before, ...values, ...aside };
}

type TypeOf = (id: string) => string | null | undefined;

/** Plans the records of a file of any format, row by row. A row creates a record, or changes or restores the existing one. */
export class RecordPlanner {
  readonly #lookup: Lookup;
  readonly #byType = new Map<EntityType, PlannedRecord[]>(writeOrder.map((type) => [type, []]));
  readonly #links = new NewLinks();
  /** All but new links, which nothing refers to. */
  readonly #byId = new Map<string, PlannedRecord>();

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  /**
   * Returns the record, and its references that were cleared because it was restored without their targets. `typeOf` gives the type of an
   * id after the import, null if none, undefined if not known yet.
   */
  plan(row: RecordRow, typeOf: TypeOf): { record: PlannedRecord; cleared: readonly string[] } {
    const { type, id, existing, values, followsEnds } = row;
    const laid = existing ? laidOver(existing.payload, values) : values;
    const kind =
      existing && followsEnds
        ? followingKind(existing.payload, laid, (end) => this.find(end)?.type)
        : undefined;
    const moved = withKind(laid, kind);
    if (existing?.deleted) return this.#restore({ ...row, values: moved }, typeOf);
    const effect = !existing ? 'create' : jsonEqual(existing.payload, moved) ? 'unchanged' : 'update';
    return { record: this.#add({ type, id, payload: moved, effect, existing }), cleared: [] };
  }

  /** Dangling references of a restored record are cleared. */
  #restore({ type, id, existing, values: laid }: RecordRow, typeOf: TypeOf) {
    const emptied: Record<string, Json> = {};
    for (const [field, target] of referenceFields[type]) {
      const value = laid[field];
      const found = typeof value === 'string' ? typeOf(value) : target;
      if (found !== undefined && found !== target) emptied[field] = null;
    }
    for (const [field, to] of listReferences[type]) {
      const ids = referencedIds(laid[field]);
      const left = ids.filter((one) => {
        const found = typeOf(one);
        return found === undefined || (found !== null && mayName(to, found));
      });
      if (left.length < ids.length) emptied[field] = left;
    }
    const payload = { ...laid, ...emptied };
    const record = this.#add({ type, id, payload, effect: 'restore', existing });
    return { record, cleared: Object.keys(emptied) };
  }

  #add(planned: PlannedRecord): PlannedRecord {
    const { type, id, payload, effect } = planned;
    const isNewLink = type === 'interface' && effect === 'create' && !isErased(payload);
    const record = isNewLink ? this.#links.add(id, payload, endUniversitiesBy(this.find, payload)) : planned;
    if (!isNewLink) this.#byId.set(id, record);
    this.#byType.get(type)?.push(record);
    return planned;
  }

  /** A planned record or the workspace's. */
  readonly find: Find = (id) => this.#byId.get(id) ?? this.#lookup(id);

  of(type: EntityType): readonly PlannedRecord[] {
    return this.#byType.get(type) ?? [];
  }

  /** In the order of writing. */
  records(): PlannedRecord[] {
    return [...this.#byType.values()].flat();
  }
}
