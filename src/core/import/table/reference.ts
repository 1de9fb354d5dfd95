import type { SheetProblem } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { splitNames } from '#shared/domain/name-lists.ts';
import { recordId } from '#shared/domain/field.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { referencedIds, typeNamed, typesNamed } from '#shared/domain/references.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { cutTo, plainHeading } from '../../model/interchange/headings.ts';
import type { Ids } from '../../kernel/system.ts';
import type { Lookup, RecordPlanner } from '../record-planner.ts';
import type { PlannedRecord } from '../planned-record.ts';
import type { CellChoice } from './choices.ts';
import { endTypes } from './present.ts';
import type { Named, Present } from './present.ts';
import { idsInJson, severalNames } from './several-names.ts';
import { cellText } from './table.ts';
import type { Cell } from './table.ts';
import { isCellError } from './values.ts';

/** Looks up in the log whether a record ever had a name; each record once. */
export function formerNames(db: ReadHandle): (id: string, name: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  const sql = `SELECT DISTINCT payload_before ->> '$.name' AS name FROM audit_logs
    WHERE entity_id = ? AND CASE WHEN json_valid(payload_before) THEN payload_before ->> '$.name' END IS NOT NULL`;
  return (id, name) => {
    let names = known.get(id);
    if (!names) {
      names = new Set(
        db.all<{ name: string | number }>(sql, [id]).map((row) => plainHeading(String(row.name))),
      );
      known.set(id, names);
    }
    return names.has(plainHeading(name));
  };
}

/** Types that a reference may create. */
export type ReferencedType = 'university' | 'project' | 'team';

interface Made {
  type: ReferencedType;
  id: string;
  title: string;
  universities: Set<string | null>;
}

/** Records created by references, each name once. */
export class ReferencedRecords {
  readonly #ids: Ids;
  readonly #isFree: (id: string) => boolean;
  readonly #byName = new Map<string, Made>();
  readonly #byId = new Map<string, Made>();
  /** By the table's id, even if the record gets another. */
  readonly #byGivenId = new Map<string, Made>();
  readonly #given = new Set<string>();

  /** `isFree`: no record and no row has the id. */
  constructor(ids: Ids, isFree: (id: string) => boolean) {
    this.#ids = ids;
    this.#isFree = isFree;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Whether the table has one of our ids for that name. */
  isGiven(type: EntityType, plainName: string): boolean {
    return this.#given.has(`${type} ${plainName}`);
  }

  /**
   * The id of the record of that name; teams of two universities differ. `wanted` is the table's id: equal names with two ids are two
   * records. It is used if it is one of our ids and free.
   */
  named(
    type: ReferencedType,
    text: string,
    university: string | null,
    givenId: string | null = null,
  ): string {
    const key = `${type} ${plainHeading(text) || text.trim()} ${type === 'team' ? (university ?? '') : ''}`;
    const ours =
      givenId?.startsWith(`${idPrefix[type]}_`) && recordId.safeParse(givenId).success ? givenId : null;
    const known = ours === null ? this.#byName.get(key) : this.#byGivenId.get(ours);
    const made = known ?? {
      type,
      id: ours !== null && this.#isFree(ours) ? ours : `${idPrefix[type]}_${this.#ids.uuid()}`,
      title: cutTo(withoutControls(text), maxLengths.name),
      universities: new Set(),
    };
    if (!this.#byName.has(key)) this.#byName.set(key, made);
    if (ours !== null) {
      this.#byGivenId.set(ours, made);
      this.#given.add(`${type} ${plainHeading(text)}`);
    }
    this.#byId.set(made.id, made);
    made.universities.add(university);
    return made.id;
  }

  /**
   * Plans the records that planned ones refer to, and returns them, universities first. A project of several universities belongs to none.
   */
  plan(planner: RecordPlanner): PlannedRecord[] {
    const made: PlannedRecord[] = [];
    if (this.#byId.size === 0) return made;
    const used = new Set<unknown>();
    for (const { payload } of planner.records())
      for (const id of Object.values(payload).flatMap(referencedIds)) used.add(id);
    const order: readonly EntityType[] = ['team', 'project', 'university'];
    for (const one of [...this.#byId.values()].toSorted(
      (a, b) => order.indexOf(a.type) - order.indexOf(b.type),
    )) {
      if (!used.has(one.id)) continue;
      const { type, id } = one;
      const values = payloadOf(one);
      used.add(values.university_id);
      const row = { type, id, existing: undefined, values, followsEnds: false };
      made.push(planner.plan(row, () => undefined).record);
    }
    return made.toReversed();
  }
}

function payloadOf({ type, title, universities }: Made): JsonObject {
  const [only = null] = universities;
  const university_id = universities.size === 1 ? only : null;
  const shared = type === 'project' ? { is_collaborative: universities.size > 1 } : {};
  return type === 'university'
    ? { name: title, is_lead: false, active: true }
    : { name: title, university_id, ...shared };
}

export function typesOf(field: Field): readonly EntityType[] {
  return field.to === undefined ? [] : typesNamed(field.to, endTypes);
}

export interface ReadReference {
  id: string | null;
  problem?: { code: SheetProblem['code']; action: SheetProblem['action']; becomes?: string };
}

/** The candidate that is meant: the only one, or the only one of the row's university. */
function oneOf(called: readonly Named[], university: string | null): Named | undefined {
  const own = called.length > 1 ? called.filter((one) => one.university === university) : called;
  return own.length === 1 ? own[0] : undefined;
}

const belongsTo = ({ type, id, university }: Named, owner: string | null): boolean =>
  (type === 'university' ? id : university) === owner;

/** Candidates of a university; all without a university. */
const at = (named: readonly Named[], university: string | null | undefined): readonly Named[] =>
  university === undefined ? named : named.filter((one) => belongsTo(one, university));

/** Decided by the university of the link's end, else by the row's own. */
const oneAt = (
  named: readonly Named[],
  university: string | null,
  endUniversity: string | null | undefined,
): Named | undefined => oneOf(at(named, endUniversity), university);

const uuid = /_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const makeable: readonly string[] = ['university', 'project', 'team'] satisfies ReferencedType[];

export interface ReferenceParts {
  lookup: Lookup;
  present: Present;
  along: ReferencedRecords;
  /** Whether the record once had that name. */
  wasCalled: (id: string, name: string) => boolean;
  /** Whether a cell of the field's column holds exactly that name. */
  isInColumn: (field: string, name: string) => boolean;
}

/** Finds the records that cells name: by id, by name, or by creating one. */
export class References {
  readonly #lookup: Lookup;
  readonly #present: Present;
  readonly #referenced: ReferencedRecords;
  readonly #wasCalled: ReferenceParts['wasCalled'];
  readonly #isInColumn: ReferenceParts['isInColumn'];

  constructor(parts: ReferenceParts) {
    this.#lookup = parts.lookup;
    this.#present = parts.present;
    this.#referenced = parts.along;
    this.#wasCalled = parts.wasCalled;
    this.#isInColumn = parts.isInColumn;
  }

  /** The id of the university that a cell names; undefined if unknown. */
  universityNamed(cell: Cell): string | undefined {
    const text = cellText(cell);
    if (this.#lookup(text)?.type === 'university') return text;
    const called = this.#present.called(['university'], text);
    return called.length === 1 ? called[0]?.id : undefined;
  }

  /** Whether a text is the id or name of a possible target. */
  leads(field: Field, text: string): boolean {
    return this.recordsOf(field, text).length > 0;
  }

  /** The names in a list's cell. Characters that no name has always separate; commas and the like only if all names are known. */
  namesIn(field: Field, text: string): string[] {
    const leads = (name: string): boolean => this.leads(field, name);
    return (idsInJson(text) ?? splitNames(text)).flatMap((part) => {
      if (leads(part)) return [part];
      const names = severalNames(part, leads);
      return names.length > 1 && names.every(leads) ? names : [part];
    });
  }

  /** Ids of the records of that id or name. */
  recordsOf(field: Field, text: string): readonly string[] {
    return this.#lives(field, text) ? [text] : this.#present.called(typesOf(field), text).map(({ id }) => id);
  }

  /** The id of a live record that the field may refer to. */
  #lives(field: Field, id: string): boolean {
    if (!recordId.safeParse(id).success) return false;
    const found = this.#lookup(id);
    return (
      found !== undefined &&
      !found.deleted &&
      !found.hidden &&
      typesOf(field).some((type) => type === found.type)
    );
  }

  /**
   * The target of a cell that is not blank. `university` is the row's: it decides between equal names. `idBeside` comes from the column of
   * ids.
   */
  read(
    field: Field,
    { cell, rule }: CellChoice,
    university: string | null,
    givenId: string | null = null,
    endUniversity?: string | null,
  ): ReadReference {
    const text = cellText(cell);
    // The user's rule for the name comes before the id.
    if (givenId !== null && rule === undefined && this.#lives(field, givenId))
      return this.#withAdjacentId(field, text, university, givenId);
    if (isCellError(cell)) return { id: null, problem: { code: 'cell_error', action: 'empty' } };
    const types = typesOf(field);
    // A rule for an ambiguous name applies to rows that do not decide it themselves.
    const ruled = rule && !rule.create ? this.#present.called(types, rule.value) : [];
    const own = ruled.length > 1 ? oneAt(ruled, university, endUniversity) : undefined;
    if (own) return { id: own.id };
    if (this.#lives(field, text)) return { id: text };
    const named = this.#present.called(types, text);
    const one = oneAt(named, university, endUniversity);
    if (one) return { id: one.id };
    if (at(named, endUniversity).length > 1)
      return { id: null, problem: { code: 'reference_ambiguous', action: 'empty' } };
    // Its id shows that it is one record.
    if (!rule?.create && givenId === null && this.#areSeveral(field, text))
      return { id: null, problem: { code: 'several_names', action: 'empty' } };
    if (this.#makes(field, text, rule?.create) && !this.#isLostId(field, text)) {
      const id = this.#referenced.named(
        field.to as ReferencedType,
        text,
        field.to === 'university' ? null : university,
        // After the user's rule the id does not apply.
        rule === undefined || rule.becomes === rule.value ? givenId : null,
      );
      return { id, problem: { code: 'reference_created', action: 'created' } };
    }
    return { id: null, problem: { code: 'reference_missing', action: 'empty' } };
  }

  /**
   * The target of a name with the id of a live record: that record if it has or had the name. In an exported table people change the name
   * and leave the id, so another record of that name comes next. An unknown name may be a slip: the id counts, with a problem to check.
   */
  #withAdjacentId(field: Field, text: string, university: string | null, id: string): ReadReference {
    const there = this.#present.named(id);
    if (text === id || !there || plainHeading(there.title) === plainHeading(text)) return { id };
    const called = this.#present.called(typesOf(field), text);
    if (there.title === '' || called.some((one) => one.id === id) || this.#wasCalled(id, text)) return { id };
    const becomes = this.#present.label(there);
    const one = oneOf(called, university);
    return one
      ? { id: one.id, problem: { code: 'name_over_id', action: 'converted', becomes } }
      : { id, problem: { code: 'id_over_name', action: 'converted', becomes } };
  }

  /** Whether a text names several records: "Avionics, Thermal" if there is an Avionics. Names of universities contain commas. */
  #areSeveral(field: Field, text: string): boolean {
    const isKnown = (name: string): boolean =>
      this.#isInColumn(field.key, name) || this.#present.called(typesOf(field), name).length > 0;
    const names = severalNames(text, isKnown);
    return names.length > 1 && (field.to !== 'university' || names.every(isKnown));
  }

  /** One of our ids, of no existing or imported record: not a name. */
  #isLostId(field: Field, text: string): boolean {
    const to = typeNamed(field.to);
    if (to === null || this.#referenced.has(text)) return false;
    return text.startsWith(`${idPrefix[to]}_`) && uuid.test(text);
  }

  /** Undecided: a name is created unless an existing record may be meant, or it looks like an id. */
  #makes(field: Field, text: string, isRequested: boolean | undefined): boolean {
    const { to } = field;
    if (to === undefined || !makeable.includes(to)) return false;
    if (isRequested) return true;
    const type = to as EntityType;
    if (this.#present.count(type) === 0) return true;
    return !text.startsWith(`${idPrefix[type]}_`) && !this.#present.mayMean(type, text);
  }
}
