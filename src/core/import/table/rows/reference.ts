import type { NodeType, TypeOrByName } from '#shared/contract/network.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { splitNames } from '#shared/domain/name-lists.ts';
import { recordId } from '#shared/domain/field.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { referencedIds, onlyTargetType, targetTypes } from '#shared/domain/references.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../../kernel/db/connection.ts';
import { cutTo, plainHeading } from '../../../model/interchange/headings.ts';
import type { Ids } from '../../../kernel/system.ts';
import { typeOfName } from '../../name-types.ts';
import type { Lookup, RecordPlanner } from '../../record-planner.ts';
import type { PlannedRecord } from '../../planned-record.ts';
import type { CorrectedCell } from '../choices.ts';
import { endTypes } from './visible-records.ts';
import type { NamedRecord, VisibleRecords } from './visible-records.ts';
import { idsInJson, severalNames } from './several-names.ts';
import { cellText } from '../cell.ts';
import type { Cell } from '../cell.ts';
import { isCellError } from '../values.ts';

/** Returns a test of whether a record ever had a name, by the log. Reads each record's names once. */
export function createFormerNameTest(db: ReadHandle): (id: string, name: string) => boolean {
  const namesById = new Map<string, ReadonlySet<string>>();
  const sql = `SELECT DISTINCT payload_before ->> '$.name' AS name FROM audit_logs
    WHERE entity_id = ? AND CASE WHEN json_valid(payload_before) THEN payload_before ->> '$.name' END IS NOT NULL`;
  return (id, name) => {
    let names = namesById.get(id);
    if (!names) {
      names = new Set(
        db.all<{ name: string | number }>(sql, [id]).map((row) => plainHeading(String(row.name))),
      );
      namesById.set(id, names);
    }
    return names.has(plainHeading(name));
  };
}

/** Types of which a reference can create records; people only as ends of links. */
export type ReferencedType = NodeType;

interface ReferencedRecord {
  type: ReferencedType;
  id: string;
  title: string;
  universities: Set<string | null>;
}

/** Records created by references, each name once. */
export class ReferencedRecords {
  readonly #ids: Ids;
  readonly #isFree: (id: string) => boolean;
  readonly #byName = new Map<string, ReferencedRecord>();
  readonly #byId = new Map<string, ReferencedRecord>();
  /** By the id in the table, even if the created record gets another id. */
  readonly #byGivenId = new Map<string, ReferencedRecord>();
  readonly #namesWithId = new Set<string>();

  /** `isFree`: no record and no row has the id. */
  constructor(ids: Ids, isFree: (id: string) => boolean) {
    this.#ids = ids;
    this.#isFree = isFree;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  typeOf(id: string): ReferencedType | undefined {
    return this.#byId.get(id)?.type;
  }

  titleOf(id: string): string | undefined {
    return this.#byId.get(id)?.title;
  }

  /** Whether the table has an id of our form for that name. */
  hasGivenId(type: EntityType, plainName: string): boolean {
    return this.#namesWithId.has(`${type} ${plainName}`);
  }

  /**
   * The id of the record of that name, which is created if needed; teams of two universities differ. `givenId` is the id in the table: equal
   * names with two ids are two records. The record gets that id if the id has our form and is free.
   */
  findOrCreateId(
    type: ReferencedType,
    text: string,
    university: string | null,
    givenId: string | null = null,
  ): string {
    const isLocal = type !== 'university' && type !== 'project';
    const key = `${type} ${plainHeading(text) || text.trim()} ${isLocal ? (university ?? '') : ''}`;
    const validId =
      givenId?.startsWith(`${idPrefix[type]}_`) && recordId.safeParse(givenId).success ? givenId : null;
    const existing = validId === null ? this.#byName.get(key) : this.#byGivenId.get(validId);
    const record = existing ?? {
      type,
      id: validId !== null && this.#isFree(validId) ? validId : `${idPrefix[type]}_${this.#ids.uuid()}`,
      title: cutTo(withoutControls(text), maxLengths.name),
      universities: new Set(),
    };
    if (!this.#byName.has(key)) this.#byName.set(key, record);
    if (validId !== null) {
      this.#byGivenId.set(validId, record);
      this.#namesWithId.add(`${type} ${plainHeading(text)}`);
    }
    this.#byId.set(record.id, record);
    record.universities.add(university);
    return record.id;
  }

  /**
   * Plans the created records that planned ones refer to, and returns them, universities first. A project of several universities has none.
   */
  plan(planner: RecordPlanner): PlannedRecord[] {
    const plannedRecords: PlannedRecord[] = [];
    if (this.#byId.size === 0) return plannedRecords;
    const usedIds = new Set<unknown>();
    for (const { payload } of planner.records())
      for (const id of Object.values(payload).flatMap(referencedIds)) usedIds.add(id);
    // Universities come last, because all others refer to them.
    const order: readonly EntityType[] = [
      'student',
      'faculty',
      'team',
      'project',
      'organisation',
      'university',
    ];
    for (const record of [...this.#byId.values()].toSorted(
      (a, b) => order.indexOf(a.type) - order.indexOf(b.type),
    )) {
      if (!usedIds.has(record.id)) continue;
      const { type, id } = record;
      const values = payloadOf(record);
      usedIds.add(values.university_id);
      const row = { type, id, existing: undefined, values, followsEnds: false };
      plannedRecords.push(planner.plan(row, () => undefined).record);
    }
    return plannedRecords.toReversed();
  }
}

function payloadOf({ type, title, universities }: ReferencedRecord): JsonObject {
  const [onlyUniversity = null] = universities;
  const university_id = universities.size === 1 ? onlyUniversity : null;
  const projectFields = type === 'project' ? { is_collaborative: universities.size > 1 } : {};
  return type === 'university'
    ? { name: title, is_lead: false, active: true }
    : { name: title, university_id, ...projectFields };
}

export function typesOf(field: Field): readonly EntityType[] {
  return field.to === undefined ? [] : targetTypes(field.to, endTypes);
}

export interface ReadReference {
  id: string | null;
  problem?: { code: SheetProblem['code']; action: SheetProblem['action']; becomes?: string };
}

/** The only candidate, or the only one of the university; undefined if there is none or several. */
export function uniqueMatch(
  candidates: readonly NamedRecord[],
  university: string | null | undefined,
): NamedRecord | undefined {
  const matches =
    candidates.length > 1 ? candidates.filter((one) => one.university === university) : candidates;
  return matches.length === 1 ? matches[0] : undefined;
}

const belongsTo = ({ type, id, university }: NamedRecord, owner: string | null): boolean =>
  (type === 'university' ? id : university) === owner;

/** The candidates of a university; all candidates if `university` is undefined. */
const filterByUniversity = (
  candidates: readonly NamedRecord[],
  university: string | null | undefined,
): readonly NamedRecord[] =>
  university === undefined ? candidates : candidates.filter((one) => belongsTo(one, university));

/** The only candidate of the end's university, or of all if that is unknown; among several, the only one of the row's university. */
const uniqueMatchAt = (
  candidates: readonly NamedRecord[],
  university: string | null,
  endUniversity: string | null | undefined,
): NamedRecord | undefined => uniqueMatch(filterByUniversity(candidates, endUniversity), university);

const uuidPattern = /_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const creatableTypes: readonly ReferencedType[] = ['university', 'project', 'team'];

export interface ReferenceParts {
  lookup: Lookup;
  visible: VisibleRecords;
  referenced: ReferencedRecords;
  /** Whether the record ever had that name. */
  hadName: (id: string, name: string) => boolean;
  /** Whether a cell of the field's column holds exactly that name. */
  isInColumn: (field: string, name: string) => boolean;
  /** The type of new ends of links, and of some by name; null: none are created. */
  missingEnds: TypeOrByName | null;
  endTypes: Readonly<Record<string, NodeType>>;
}

const universityField = fieldOf('team', 'university_id') as Field;

/** Finds the records that cells name: by id, by name, or by creating one. */
export class References {
  readonly #parts: ReferenceParts;
  /** Of new ends of links. */
  readonly #typeByName = new Map<string, NodeType>();

  constructor(parts: ReferenceParts) {
    this.#parts = parts;
  }

  /** The university that a cell names for an end of a link. Like the end, it is created only if a person wants missing ends. */
  readUniversityOfEnd(choice: CorrectedCell): ReadReference {
    const id = this.#universityIdOf(choice.cell) ?? null;
    if (id !== null || this.#parts.missingEnds === null) return { id };
    return this.read(universityField, choice, null);
  }

  /** The id of the university that a cell names; undefined if unknown. */
  #universityIdOf(cell: Cell): string | undefined {
    const text = cellText(cell);
    if (this.#parts.lookup(text)?.type === 'university') return text;
    const matches = this.#parts.visible.recordsNamed(['university'], text);
    return matches.length === 1 ? matches[0]?.id : undefined;
  }

  /** Whether a text is the id or name of a possible target. */
  findsRecord(field: Field, text: string): boolean {
    return this.recordsOf(field, text).length > 0;
  }

  /** The names in a list's cell. Characters that no name has always separate; commas and the like only if all names are known. */
  namesIn(field: Field, text: string): string[] {
    const isKnown = (name: string): boolean => this.findsRecord(field, name);
    return (idsInJson(text) ?? splitNames(text)).flatMap((part) => {
      if (isKnown(part)) return [part];
      const names = severalNames(part, isKnown);
      return names.length > 1 && names.every(isKnown) ? names : [part];
    });
  }

  /** Ids of the records of that id or name. */
  recordsOf(field: Field, text: string): readonly string[] {
    return this.#isTarget(field, text)
      ? [text]
      : this.#parts.visible.recordsNamed(typesOf(field), text).map(({ id }) => id);
  }

  /** Whether the id is that of a visible record which the field can refer to. */
  #isTarget(field: Field, id: string): boolean {
    if (!recordId.safeParse(id).success) return false;
    const record = this.#parts.lookup(id);
    return (
      record !== undefined &&
      !record.deleted &&
      !record.hidden &&
      typesOf(field).some((type) => type === record.type)
    );
  }

  /**
   * The target of a cell that is not blank. `university` is the row's: it decides between equal names. `givenId` comes from the column of
   * ids.
   */
  read(
    field: Field,
    { cell, rule }: CorrectedCell,
    university: string | null,
    givenId: string | null = null,
    endUniversity?: string | null,
  ): ReadReference {
    const text = cellText(cell);
    // The user's rule for the name comes before the id.
    if (givenId !== null && rule === undefined && this.#isTarget(field, givenId))
      return this.#resolveAdjacentId(field, text, university, givenId);
    if (isCellError(cell)) return { id: null, problem: { code: 'cell_error', action: 'empty' } };
    const types = typesOf(field);
    // A rule for an ambiguous name applies to rows whose university does not decide.
    const ruleMatches = rule && !rule.create ? this.#parts.visible.recordsNamed(types, rule.value) : [];
    const ruleTarget =
      ruleMatches.length > 1 ? uniqueMatchAt(ruleMatches, university, endUniversity) : undefined;
    if (ruleTarget) return { id: ruleTarget.id };
    if (this.#isTarget(field, text)) return { id: text };
    const matches = this.#parts.visible.recordsNamed(types, text);
    const target = uniqueMatchAt(matches, university, endUniversity);
    if (target) return { id: target.id };
    if (filterByUniversity(matches, endUniversity).length > 1)
      return { id: null, problem: { code: 'reference_ambiguous', action: 'empty' } };
    // An id next to the name shows that the cell names one record.
    if (!rule?.create && givenId === null && this.#namesSeveral(field, text))
      return { id: null, problem: { code: 'several_names', action: 'empty' } };
    const type = this.#creatableType(field, text, rule?.create);
    if (type !== null && !this.#isLostId(field, text)) {
      const id = this.#parts.referenced.findOrCreateId(
        type,
        text,
        type === 'university' ? null : (endUniversity ?? (type === 'organisation' ? null : university)),
        // A name that the user's rule changed does not belong to the id.
        rule === undefined || rule.becomes === rule.value ? givenId : null,
      );
      const becomes = field.to === 'any' ? { becomes: type } : {};
      return { id, problem: { code: 'reference_created', action: 'created', ...becomes } };
    }
    return { id: null, problem: { code: 'reference_missing', action: 'empty' } };
  }

  /**
   * The target of a name next to the id of a visible record: that record if it has or had the name. People change the name in an exported
   * table and leave the id, so another record of that name comes next. An unknown name can be a slip: the id counts, with a problem.
   */
  #resolveAdjacentId(field: Field, text: string, university: string | null, id: string): ReadReference {
    const record = this.#parts.visible.recordById(id);
    if (text === id || !record || plainHeading(record.title) === plainHeading(text)) return { id };
    const matches = this.#parts.visible.recordsNamed(typesOf(field), text);
    if (record.title === '' || matches.some((one) => one.id === id) || this.#parts.hadName(id, text))
      return { id };
    const becomes = this.#parts.visible.label(record);
    const match = uniqueMatch(matches, university);
    return match
      ? { id: match.id, problem: { code: 'name_over_id', action: 'converted', becomes } }
      : { id, problem: { code: 'id_over_name', action: 'converted', becomes } };
  }

  /** Whether a text names several records: "Avionics, Thermal" if there is an Avionics. Names of universities contain commas. */
  #namesSeveral(field: Field, text: string): boolean {
    const names = severalNames(text, (name) => this.#isKnown(field, name));
    return (
      names.length > 1 && (field.to !== 'university' || names.every((name) => this.#isKnown(field, name)))
    );
  }

  /** The names in a text if it names several records, each of which exists or is a whole cell of the field's columns; else none. */
  severalKnown(field: Field, text: string): string[] {
    if (this.findsRecord(field, text)) return [];
    const names = severalNames(text, (name) => this.#isKnown(field, name));
    return names.length > 1 && names.every((name) => this.#isKnown(field, name)) ? names : [];
  }

  #isKnown(field: Field, name: string): boolean {
    return (
      this.#parts.isInColumn(field.key, name) ||
      this.#parts.visible.recordsNamed(typesOf(field), name).length > 0
    );
  }

  /** Whether the text is an id of our form that belongs to no existing or imported record. */
  #isLostId(field: Field, text: string): boolean {
    const to = onlyTargetType(field.to);
    if (to === null || this.#parts.referenced.has(text)) return false;
    return text.startsWith(`${idPrefix[to]}_`) && uuidPattern.test(text);
  }

  /** The type of a new end of a link. */
  #endType(name: string): NodeType | null {
    const { missingEnds, endTypes } = this.#parts;
    if (missingEnds === null) return null;
    if (Object.hasOwn(endTypes, name)) return endTypes[name] as NodeType;
    if (missingEnds !== 'by_name') return missingEnds;
    const known = this.#typeByName.get(name);
    if (known !== undefined) return known;
    const type = typeOfName(name) ?? 'team';
    this.#typeByName.set(name, type);
    return type;
  }

  /** The type of a new record for a name; without the user's rule, null if a similar record exists or the text looks like an id. */
  #creatableType({ to }: Field, text: string, isRequested: boolean | undefined): ReferencedType | null {
    const type = to === 'any' ? this.#endType(text) : creatableTypes.find((one) => one === to);
    if (!type) return null;
    if (isRequested || this.#parts.visible.countTitles(type) === 0) return type;
    const isNew = !text.startsWith(`${idPrefix[type]}_`) && !this.#parts.visible.isSimilarName(type, text);
    return isNew ? type : null;
  }
}
