import type { JsonObject } from '#shared/domain/json.ts';
import { recordId } from '#shared/domain/field.ts';
import { longest, withoutControls } from '#shared/domain/limits.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Ids } from '../../kernel/system.ts';
import type { PlannedRecord } from '../plan.ts';
import { cutTo } from './table.ts';
import { plain } from './words.ts';

/** Types of which a record can be made because a row names it. */
export type AlongType = 'university' | 'project' | 'team';

interface Made {
  type: AlongType;
  id: string;
  title: string;
  /** The universities of the rows that name it. */
  universities: Set<string | null>;
}

/** Records that are made because rows name them: each name once. */
export class Along {
  readonly #ids: Ids;
  readonly #isFree: (id: string) => boolean;
  readonly #byName = new Map<string, Made>();
  readonly #byId = new Map<string, Made>();
  /** By the id that the table gives, also where the record could not be made with it. */
  readonly #byWanted = new Map<string, Made>();
  readonly #given = new Set<string>();

  /** `isFree`: no record and no row has the id. */
  constructor(ids: Ids, isFree: (id: string) => boolean) {
    this.#ids = ids;
    this.#isFree = isFree;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Whether the table gives an id of ours for that name: whoever wrote it knew which record it is. */
  isGiven(type: EntityType, plainName: string): boolean {
    return this.#given.has(`${type} ${plainName}`);
  }

  /**
   * The id of the record of that name; teams of two universities are two. `wanted` is the id that the table gives it: two of one name
   * with two ids are two, and it is made with that id where it is one of ours that is free.
   */
  named(type: AlongType, text: string, university: string | null, wanted: string | null = null): string {
    const key = `${type} ${plain(text) || text.trim()} ${type === 'team' ? (university ?? '') : ''}`;
    const ours =
      wanted?.startsWith(`${idPrefix[type]}_`) && recordId.safeParse(wanted).success ? wanted : null;
    const known = ours === null ? this.#byName.get(key) : this.#byWanted.get(ours);
    const made = known ?? {
      type,
      id: ours !== null && this.#isFree(ours) ? ours : `${idPrefix[type]}_${this.#ids.uuid()}`,
      title: cutTo(withoutControls(text), longest.name),
      universities: new Set(),
    };
    if (!this.#byName.has(key)) this.#byName.set(key, made);
    if (ours !== null) {
      this.#byWanted.set(ours, made);
      this.#given.add(`${type} ${plain(text)}`);
    }
    this.#byId.set(made.id, made);
    made.universities.add(university);
    return made.id;
  }

  /**
   * They as records, as far as the `named` ones refer to them: a row that is left out makes nothing. Universities come first, since
   * the others belong to one. A project of several belongs to none.
   */
  records(named: Iterable<PlannedRecord>): PlannedRecord[] {
    const used = new Set<unknown>();
    for (const { payload } of named) for (const value of Object.values(payload)) used.add(value);
    const order: readonly EntityType[] = ['team', 'project', 'university'];
    const made: PlannedRecord[] = [];
    for (const one of [...this.#byId.values()].toSorted(
      (a, b) => order.indexOf(a.type) - order.indexOf(b.type),
    )) {
      if (!used.has(one.id)) continue;
      const record = recordOf(one);
      used.add(record.payload.university_id);
      made.push(record);
    }
    return made.toReversed();
  }
}

function recordOf({ type, id, title, universities }: Made): PlannedRecord {
  const [only = null] = universities;
  const university_id = universities.size === 1 ? only : null;
  const shared = type === 'project' ? { is_collaborative: universities.size > 1 } : {};
  const payload: JsonObject =
    type === 'university'
      ? { name: title, is_lead: false, active: true }
      : { name: title, university_id, ...shared };
  return { type, id, payload, effect: 'create', existing: undefined };
}
