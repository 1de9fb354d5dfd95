import type { SheetChoices, SheetRow } from '#shared/contract/sheets.ts';
import { defaultsOf } from '#shared/domain/entities.ts';
import { foldText } from '#shared/domain/fold.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxReferences } from '#shared/domain/limits.ts';
import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { keepHiddenIds, referencedIds } from '#shared/domain/references.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Ids } from '../../../kernel/system.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { listReferences } from '../../record-planner.ts';
import type { Lookup, RecordPlanner, RecordRow } from '../../record-planner.ts';
import type { ExistingRecord } from '../../planned-record.ts';
import { maxSampleRows } from '../read/limits.ts';
import type { VisibleRecords } from './visible-records.ts';
import { parseDirection } from '../../direction.ts';
import { isNewProblem } from './row-problems.ts';
import { matchRow } from './match-row.ts';
import type { OddRow } from './odd-rows.ts';
import type { ProblemCode, RowProblems } from './row-problems.ts';
import { rawFields, nameOf, payloadOf, readRow } from './row.ts';
import { finishedLink, isEndBlank, keepStoredValues, reversedLink, rowText } from './row-data.ts';
import { restoreWrittenName } from './row-name.ts';
import type { RowData, RowReaderParts } from './row-data.ts';
import { joinRow } from './same-person.ts';
import { cellText } from '../cell.ts';
import type { Line } from '../cell.ts';
import { toStoredKinds } from '../values.ts';

/** The action for a row with an existing record; null if the user has not decided. */
export function actionFor(
  matching: SheetChoices['matching'],
  matchedBy: 'id' | 'name',
): 'update' | 'skip' | 'create' | null {
  if (matching !== 'ask') return matching;
  return matchedBy === 'id' ? 'update' : null;
}

export interface RowSources {
  lookup: Lookup;
  ids: Ids;
  visible: VisibleRecords;
  /** The type of the record that a reference creates under that id. */
  createdTypeOf: (id: string) => EntityType | undefined;
  planner: RecordPlanner;
  /** Ids of the records of earlier rows. */
  usedIds: Set<string>;
}

interface RowContext {
  oddRow?: OddRow | null;
  laterRows?: readonly Line[] | undefined;
  isFormer?: boolean;
}

export class RowPlanner {
  readonly parts: RowReaderParts;
  readonly matched = { by_id: 0, by_name: 0, undecided: 0 };
  readonly sample: Omit<SheetRow, 'title'>[] = [];
  readonly remarkedNames = { count: 0, example: '' };
  readonly turnedNames = { count: 0, example: '', becomes: '' };
  readonly titledNames = { count: 0, example: '' };
  skipped = 0;
  readonly #choices: SheetChoices;
  readonly #sources: RowSources;
  readonly #problems: RowProblems;
  /** People who have left, according to the word for their type. */
  formerMembers = 0;
  /** Names of earlier rows, with their universities. */
  readonly #seenNames = new Set<string>();

  constructor(parts: RowReaderParts, choices: SheetChoices, sources: RowSources, problems: RowProblems) {
    this.#problems = problems;
    this.parts = parts;
    this.#choices = choices;
    this.#sources = sources;
  }

  skipRow(row: Line): void {
    this.skipped += 1;
    this.#showSkipped(row, {}, []);
  }

  skipOtherType(row: Line, column: number): void {
    const value = cellText(row.cells[column]);
    this.#problems.add({ line: row.line, column, field: null, value, code: 'other_type', action: 'skipped' });
    this.skipRow(row);
  }

  /** Plans the record of a row. `laterRows` are further rows of the same person; `isFormer`: the person has left. */
  plan(row: Line, { oddRow = null, laterRows = [], isFormer = false }: RowContext = {}): void {
    const data = readRow(row, this.parts);
    for (const later of laterRows) this.#join(data, later);
    if (isFormer && data.fields.active === undefined) {
      data.fields.active = false;
      this.formerMembers += 1;
    }
    if (oddRow) {
      const { code, column, value, isCertain } = oddRow;
      const problemBase = { line: row.line, column, field: 'name', value, code };
      if (isCertain) {
        this.#problems.add({ ...problemBase, action: 'skipped' });
        this.skipRow(row);
        return;
      }
      data.problems.push({ ...problemBase, action: 'kept' });
      data.flaggedFields.push('name');
    }
    this.#useTeamUniversity(data);
    const { directionColumn } = this.parts.mapping;
    const direction = directionColumn === null ? null : parseDirection(row.cells[directionColumn] ?? null);
    const reversed = direction === 'both' || direction === 'backward' ? reversedLink(data) : null;
    if (reversed && direction === 'backward') Object.assign(data, { fields: reversed.fields });
    const fields = this.#planRecord(data, row);
    if (reversed && direction === 'both' && data.skipReason === null) this.#planBack(reversed, row);
    if (fields) this.#showSkipped(row, fields, data.flaggedFields);
  }

  /** Plans the second link of a row that goes both ways. */
  #planBack(data: RowData, row: Line): void {
    const column = this.parts.mapping.directionColumn;
    const value = column === null ? '' : cellText(row.cells[column]);
    this.#planRecord(data, row);
    this.#problems.add({
      line: row.line,
      column,
      field: null,
      value,
      code: 'both_ways',
      action: 'converted',
    });
  }

  #join(data: RowData, later: Line): void {
    joinRow(data, readRow(later, this.parts));
    const problemBase = { line: later.line, column: this.#nameColumn(), field: 'name', value: nameOf(data) };
    this.#problems.add({ ...problemBase, code: 'joined_row', action: 'converted', becomes: data.line });
  }

  /** Reports a person who also has an earlier row of another type. */
  reportOtherType(row: Line): void {
    const value = nameOf(readRow(row, this.parts));
    const problemBase = { line: row.line, column: this.#nameColumn(), field: 'name', value };
    this.#problems.add({ ...problemBase, code: 'repeated', action: 'kept' });
  }

  #countName(data: RowData): void {
    const { writtenName, isTurned, degrees, remark } = data;
    if (writtenName === null) return;
    if (isTurned) {
      this.turnedNames.count += 1;
      this.turnedNames.example ||= writtenName;
      this.turnedNames.becomes ||= nameOf(data);
    }
    if (degrees !== '') {
      this.titledNames.count += 1;
      this.titledNames.example ||= degrees;
    }
    if (remark === '') return;
    this.remarkedNames.count += 1;
    this.remarkedNames.example ||= remark;
  }

  /** In a table without universities, members belong to their team's; in others a blank cell means none. */
  #useTeamUniversity(data: RowData): void {
    const { team_id } = data.fields;
    if (data.university !== null || typeof team_id !== 'string') return;
    if (this.parts.mapping.fields.some(({ field }) => field.key === 'university_id')) return;
    const university = this.#sources.lookup(team_id)?.payload.university_id;
    if (typeof university !== 'string') return;
    data.university = university;
    data.isTeamUniversity = true;
  }

  /** Plans the record of a row. If the row is skipped, returns its readable fields. */
  #planRecord(data: RowData, row: Line): JsonObject | undefined {
    const { type, matching } = this.#choices;
    const match = matchRow(data, type, this.#sources);
    if (match.kind === 'id_taken')
      return this.#skip(data, 'id_taken', this.parts.mapping.recordIdColumn, data.id ?? '');
    const existing = match.kind === 'same' ? match.existing : undefined;
    // A row without the other end names no link, whatever the first end is: a section or a total.
    if (existing === undefined && data.skipReason === 'end_unknown' && isEndBlank(data)) {
      data.problems = data.problems.filter(({ code }) => code !== 'end_unknown');
      data.skipReason = null;
    }
    const skipReason = data.skipReason ?? this.#reasonToSkip(data, existing);
    // The cell of an unknown end already has a problem.
    const isListed = skipReason !== 'end_unknown';
    if (skipReason) return this.#skip(data, skipReason, this.#nameColumn(), rowText(row), isListed);
    if (match.kind === 'match_ambiguous' && matching !== 'create') {
      return this.#skip(data, 'match_ambiguous', this.#nameColumn(), nameOf(data));
    }
    if (match.kind === 'same') {
      this.matched[match.by === 'id' ? 'by_id' : 'by_name'] += 1;
      const action = actionFor(matching, match.by);
      if (action === null) {
        this.matched.undecided += 1;
        this.#countName(data);
        this.#addProblems(data, match.existing, payloadOf(data));
        const payload = payloadOf(data);
        this.#addToSample({ line: data.line, effect: 'undecided', payload, flagged: data.flaggedFields });
        return undefined;
      }
      if (action === 'skip') return this.#skip(data, null, null, '');
      if (action === 'update') return this.#update(data, match.id, match.existing);
    }
    return this.#create(data, match.kind === 'new' ? match.id : null);
  }

  #reasonToSkip({ fields, problems }: RowData, existing: ExistingRecord | undefined): ProblemCode | null {
    const { type } = this.#choices;
    if (type === 'interface') {
      const from = fields.from ?? existing?.payload.from;
      const to = fields.to ?? existing?.payload.to;
      if (typeof from !== 'string' || typeof to !== 'string') return 'end_missing';
      // The end of a restored or hidden link can be missing.
      if ((existing?.deleted || existing?.hidden) && !(this.#isVisible(from) && this.#isVisible(to)))
        return 'end_missing';
      return from === to ? 'same_ends' : null;
    }
    if (type === 'contact') {
      const hasKnownPerson = [fields.who, fields.with].some((ids) => referencedIds(ids).length > 0);
      const hasNames = problems.some(({ field }) => field === 'who' || field === 'with');
      return hasNames && !hasKnownPerson && !existing ? 'people_missing' : null;
    }
    if (type === 'outcome' || existing) return null;
    const hasNameProblem = problems.some(
      ({ field, code }) =>
        field === 'name' &&
        !['lost_letters', 'total_row', 'section_row', 'organisation_row', 'placeholder'].includes(code),
    );
    return typeof fields.name === 'string' && !hasNameProblem ? null : 'name_missing';
  }

  #isVisible(id: string): boolean {
    const record = this.#sources.lookup(id);
    return record !== undefined && !record.deleted && !record.hidden;
  }

  #create(data: RowData, givenId: string | null): JsonObject | undefined {
    const { type } = this.#choices;
    // An earlier row refers to a record that is created under this id.
    if (givenId !== null && this.#sources.createdTypeOf(givenId) !== undefined)
      return this.#skip(data, 'id_taken', this.parts.mapping.recordIdColumn, givenId);
    if (givenId !== null && this.#sources.usedIds.has(givenId))
      return this.#skip(data, 'repeated', this.parts.mapping.recordIdColumn, givenId);
    this.#reportRepeated(data);
    const id = givenId ?? `${idPrefix[type]}_${this.#sources.ids.uuid()}`;
    const universityField =
      type === 'interface' || type === 'university' ? {} : { university_id: this.#universityOf(data) };
    const defaultFlags = Object.fromEntries(
      Object.entries(defaultsOf[type]).filter(([field]) => !data.flaggedFields.includes(field)),
    );
    const payload: JsonObject = { ...defaultFlags, ...universityField, ...payloadOf(data) };
    const values = type === 'interface' ? finishedLink(payload, (id) => this.#typeOf(id)) : payload;
    return this.#addToPlan(data, { type, id, existing: undefined, values, followsEnds: false });
  }

  #typeOf(id: string): string | undefined {
    return this.#sources.lookup(id)?.type ?? this.#sources.createdTypeOf(id);
  }

  /** The university of a new record: the row's; for a contact in a table without universities, its first participant's. */
  #universityOf({ university, fields, blankFields }: RowData): string | null {
    const isGiven = university !== null || blankFields.includes('university_id');
    if (isGiven || this.#choices.type !== 'contact') return university;
    const [firstParticipant = null] = [...referencedIds(fields.who), ...referencedIds(fields.with)];
    return firstParticipant === null
      ? null
      : (this.#sources.visible.recordById(firstParticipant)?.university ?? null);
  }

  /** Reports two rows with one name in one university; both become records. */
  #reportRepeated({ fields, university, line }: RowData): void {
    if (typeof fields.name !== 'string') return;
    const name = isPerson(this.#choices.type) ? personKey(fields.name) : foldText(fields.name);
    const key = `${university ?? ''}\n${name}`;
    if (this.#seenNames.has(key)) {
      const problemBase = { line, column: this.#nameColumn(), field: 'name', value: fields.name };
      this.#problems.add({ ...problemBase, code: 'repeated', action: 'kept' });
    }
    this.#seenNames.add(key);
  }

  #update(data: RowData, id: string, existing: ExistingRecord): JsonObject | undefined {
    const { type } = this.#choices;
    if (this.#sources.usedIds.has(id)) {
      const column = this.parts.mapping.recordIdColumn ?? this.#nameColumn();
      return this.#skip(data, 'repeated', column, data.id ?? nameOf(data));
    }
    if (data.writtenName === existing.payload.name) restoreWrittenName(data);
    if (data.id === null) this.#keepName(data, existing);
    this.#keepHidden(data, existing);
    keepStoredValues(data, existing, this.parts);
    data.customValues = toStoredKinds(
      data.customValues,
      existing.payload,
      this.parts.numberColumns.tableNotation,
    );
    // A value that the record has as text stays text.
    for (const name of Object.keys(data.customNumbers))
      if (data.customValues[name] === existing.payload[name]) delete data.customNumbers[name];
    const hasKindColumn = this.parts.mapping.fields.some(({ field }) => field.key === 'interface_type');
    const followsEnds = type === 'interface' && !hasKindColumn;
    return this.#addToPlan(data, { type, id, existing, values: payloadOf(data), followsEnds });
  }

  /** Keeps deleted and hidden records in lists, because exported tables omit them. The limit of references still holds. */
  #keepHidden({ fields }: RowData, { payload }: ExistingRecord): void {
    for (const key of listReferences[this.#choices.type].keys()) {
      if (fields[key] === undefined) continue;
      const ids = keepHiddenIds(referencedIds(fields[key]), referencedIds(payload[key]), (id) =>
        this.#isVisible(id),
      );
      fields[key] = ids.slice(0, maxReferences);
    }
  }

  /** Keeps the record's name if the table has another spelling of it: "Novak, Ada" for Ada Novak. */
  #keepName(data: RowData, { payload }: ExistingRecord): void {
    const [newName, name] = [nameOf(data), payload.name];
    if (!isPerson(this.#choices.type) || typeof name !== 'string' || newName === name) return;
    if (plainHeading(newName) === plainHeading(name)) {
      // Programs write apostrophes differently; no other spelling is changed by that.
      if (newName.replaceAll(/[’‘ʼ`´]/g, "'") === name.replaceAll(/[’‘ʼ`´]/g, "'")) delete data.fields.name;
      return;
    }
    delete data.fields.name;
    const problemBase = { line: data.line, column: this.#nameColumn(), field: 'name', value: newName };
    data.problems.push({ ...problemBase, code: 'converted', action: 'converted', becomes: name });
  }

  #addToPlan(data: RowData, row: RecordRow): undefined {
    const { planner, usedIds, lookup } = this.#sources;
    // A later row can still create the record.
    const typeOf = (id: string): string | null | undefined => {
      const record = lookup(id);
      return record?.deleted ? null : record?.type;
    };
    const { effect, payload } = planner.plan({ ...row, line: data.line }, typeOf).record;
    usedIds.add(row.id);
    this.#countName(data);
    this.#addProblems(data, row.existing, payload);
    this.#addToSample({ line: data.line, effect, payload, flagged: data.flaggedFields });
  }

  /** Reports a row's problems, and whether the existing record has them already. */
  #addProblems(data: RowData, existing: ExistingRecord | undefined, after: JsonObject): void {
    const before = existing?.deleted === false ? existing.payload : null;
    for (const problem of data.problems) {
      const heading = problem.column === null ? '' : (this.parts.headings[problem.column] ?? '');
      const isNew = before === null || isNewProblem(problem, heading, before, after);
      this.#problems.add(problem, isNew);
    }
  }

  #skip(
    data: RowData,
    code: ProblemCode | null,
    column: number | null,
    value: string,
    isListed = true,
  ): JsonObject {
    this.skipped += 1;
    for (const problem of data.problems) {
      if (problem.action === 'skipped') this.#problems.add(problem);
    }
    const field =
      column === null
        ? null
        : (this.parts.mapping.fields.find((one) => one.column === column)?.field.key ?? null);
    if (code && isListed)
      this.#problems.add({ line: data.line, column, field, value, code, action: 'skipped' });
    return data.fields;
  }

  #nameColumn(): number | null {
    const key = this.#choices.type === 'interface' ? 'from' : 'name';
    const { fields, namePartColumns: nameParts } = this.parts.mapping;
    return fields.find(({ field }) => field.key === key)?.column ?? nameParts[0] ?? null;
  }

  #addToSample(row: Omit<SheetRow, 'title'>): void {
    if (this.sample.length < maxSampleRows) this.sample.push(row);
  }

  /** Shows a skipped row in the sample, with its unreadable cells unchanged. */
  #showSkipped(row: Line, fields: JsonObject, flagged: string[]): void {
    if (this.sample.length >= maxSampleRows) return;
    const payload = { ...rawFields(row, this.parts), ...fields };
    this.sample.push({ line: row.line, effect: 'skipped', payload, flagged });
  }
}
