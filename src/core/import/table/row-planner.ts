import type { SheetChoices, SheetRow, SheetType } from '#shared/contract/sheets.ts';
import { defaultsOf } from '#shared/domain/entities.ts';
import { foldText } from '#shared/domain/fold.ts';
import { defaultEnergyLoss, interfaceKind } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { mostReferences } from '#shared/domain/limits.ts';
import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { keepUnshown, referencedIds } from '#shared/domain/references.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { Ids } from '../../kernel/system.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { listReferences } from '../record-planner.ts';
import type { Lookup, RecordPlanner, RecordRow } from '../record-planner.ts';
import type { Existing } from '../planned-record.ts';
import { shownRows } from './limits.ts';
import type { Present } from './present.ts';
import { comesIn } from './row-problems.ts';
import type { OddRow } from './row-kinds.ts';
import type { ProblemCode, RowProblems } from './row-problems.ts';
import { asItStands, nameOf, payloadOf, readRow } from './row.ts';
import type { ReadRow, RowReaderParts } from './row.ts';
import { cellText } from './table.ts';
import type { Line } from './table.ts';
import { asHeld } from './values.ts';

/** What a row does. */
export type Match =
  | { kind: 'new'; id: string | null }
  | { kind: 'same'; by: 'id' | 'name'; id: string; existing: Existing }
  | { kind: 'id_taken' | 'match_ambiguous' };

/** Finds a row's record: by id, else by name and university; links by their ends. */
export function matchRow(
  read: ReadRow,
  type: SheetType,
  sources: { lookup: Lookup; present: Present },
): Match {
  const { lookup, present } = sources;
  if (read.id !== null) {
    const existing = lookup(read.id);
    if (!existing) return { kind: 'new', id: read.id };
    if (existing.type !== type) return { kind: 'id_taken' };
    return { kind: 'same', by: 'id', id: read.id, existing };
  }
  const same = type === 'contact' ? present.contact(read.fields) : undefined;
  const contact = same === undefined ? undefined : lookup(same);
  if (same !== undefined && contact) return { kind: 'same', by: 'id', id: same, existing: contact };
  const ids = sameName(read, type, present);
  if (ids.length > 1) return { kind: 'match_ambiguous' };
  const [id] = ids;
  const existing = id === undefined ? undefined : lookup(id);
  return id === undefined || !existing
    ? { kind: 'new', id: null }
    : { kind: 'same', by: 'name', id, existing };
}

function sameName(
  { fields, university, ofTeam }: ReadRow,
  type: SheetType,
  present: Present,
): readonly string[] {
  if (type === 'outcome') return [];
  if (type === 'interface') {
    return typeof fields.from === 'string' && typeof fields.to === 'string'
      ? present.links(fields.from, fields.to)
      : [];
  }
  if (typeof fields.name !== 'string') return [];
  const called = present.called([type], fields.name);
  if (type === 'university') return called.map(({ id }) => id);
  // A row without a university means the only record of its name.
  const fitting = called.filter(
    (one) => one.university === university || ((university === null || ofTeam) && called.length === 1),
  );
  return fitting.map(({ id }) => id);
}

/** What happens to an existing record; null if undecided. */
export function decidedRow(
  matching: SheetChoices['matching'],
  by: 'id' | 'name',
): 'update' | 'skip' | 'create' | null {
  if (matching !== 'ask') return matching;
  return by === 'id' ? 'update' : null;
}

export interface RowSources {
  lookup: Lookup;
  ids: Ids;
  present: Present;
  /** Whether a reference creates a record under that id. */
  createsReference: (id: string) => boolean;
  planner: RecordPlanner;
  /** Ids of the records of earlier rows. */
  taken: Set<string>;
}

/** A row's content, for a problem about all of it. */
const rowText = ({ cells }: Line): string =>
  cells
    .map(cellText)
    .filter((text) => text !== '')
    .join(' · ')
    .slice(0, 200);

export class RowPlanner {
  readonly parts: RowReaderParts;
  readonly matched = { by_id: 0, by_name: 0, undecided: 0 };
  readonly sample: Omit<SheetRow, 'title'>[] = [];
  skipped = 0;
  readonly #choices: SheetChoices;
  readonly #sources: RowSources;
  readonly #problems: RowProblems;
  /** Names of earlier rows, with their universities. */
  readonly #seen = new Set<string>();

  constructor(parts: RowReaderParts, choices: SheetChoices, sources: RowSources, problems: RowProblems) {
    this.#problems = problems;
    this.parts = parts;
    this.#choices = choices;
    this.#sources = sources;
  }

  leaveOut(row: Line): void {
    this.skipped += 1;
    this.#showLeft(row, {}, []);
  }

  /** Skips a row of another type. */
  leaveOther(row: Line, column: number): void {
    const value = cellText(row.cells[column]);
    this.#problems.add({ line: row.line, column, field: null, value, code: 'other_type', action: 'skipped' });
    this.leaveOut(row);
  }

  plan(row: Line, odd: OddRow | null = null): void {
    const read = readRow(row, this.parts);
    if (odd) {
      const { code, column, value, sure } = odd;
      const note = { line: row.line, column, field: 'name', value, code };
      if (sure) {
        this.#problems.add({ ...note, action: 'skipped' });
        this.leaveOut(row);
        return;
      }
      read.troubles.push({ ...note, action: 'kept' });
      read.flagged.push('name');
    }
    this.#joinTeam(read);
    const fields = this.#decide(read, row);
    if (fields) this.#showLeft(row, fields, read.flagged);
  }

  /** In a table without universities, members belong to their team's; in others a blank cell means none. */
  #joinTeam(read: ReadRow): void {
    const { team_id } = read.fields;
    if (read.university !== null || typeof team_id !== 'string') return;
    if (this.parts.mapping.fields.some(({ field }) => field.key === 'university_id')) return;
    const university = this.#sources.lookup(team_id)?.payload.university_id;
    if (typeof university !== 'string') return;
    read.university = university;
    read.ofTeam = true;
  }

  /** Collects the record of a row; of a skipped row, its readable fields. */
  #decide(read: ReadRow, row: Line): JsonObject | undefined {
    const { type, matching } = this.#choices;
    const match = matchRow(read, type, this.#sources);
    if (match.kind === 'id_taken') return this.#stop(read, 'id_taken', this.parts.mapping.id, read.id ?? '');
    const existing = match.kind === 'same' ? match.existing : undefined;
    const stopped = read.stopped ?? this.#cannot(read, existing);
    if (stopped)
      return this.#stop(read, stopped, this.#nameColumn(), rowText(row), stopped !== 'end_unknown');
    if (match.kind === 'match_ambiguous' && matching !== 'create') {
      return this.#stop(read, 'match_ambiguous', this.#nameColumn(), nameOf(read));
    }
    if (match.kind === 'same') {
      this.matched[match.by === 'id' ? 'by_id' : 'by_name'] += 1;
      const then = decidedRow(matching, match.by);
      if (then === null) {
        this.matched.undecided += 1;
        this.#addProblems(read, match.existing, payloadOf(read));
        const payload = payloadOf(read);
        this.#show({ line: read.line, effect: 'undecided', payload, flagged: read.flagged });
        return undefined;
      }
      if (then === 'skip') return this.#stop(read, null, null, '');
      if (then === 'update') return this.#update(read, match.id, match.existing);
    }
    return this.#create(read, match.kind === 'new' ? match.id : null);
  }

  #cannot({ fields, troubles }: ReadRow, existing: Existing | undefined): ProblemCode | null {
    const { type } = this.#choices;
    if (type === 'interface') {
      const from = fields.from ?? existing?.payload.from;
      const to = fields.to ?? existing?.payload.to;
      if (typeof from !== 'string' || typeof to !== 'string') return 'end_missing';
      // A restored or hidden link may have lost an end.
      if ((existing?.deleted || existing?.hidden) && !(this.#lives(from) && this.#lives(to)))
        return 'end_missing';
      return from === to ? 'same_ends' : null;
    }
    if (type === 'contact') {
      const isKnown = [fields.who, fields.with].some((ids) => referencedIds(ids).length > 0);
      const hasNames = troubles.some(({ field }) => field === 'who' || field === 'with');
      return hasNames && !isKnown && !existing ? 'people_missing' : null;
    }
    if (type === 'outcome' || existing) return null;
    const failed = troubles.some(
      ({ field, code }) =>
        field === 'name' && !['lost_letters', 'total_row', 'section_row', 'placeholder'].includes(code),
    );
    return typeof fields.name === 'string' && !failed ? null : 'name_missing';
  }

  #lives(id: string): boolean {
    const found = this.#sources.lookup(id);
    return found !== undefined && !found.deleted && !found.hidden;
  }

  #create(read: ReadRow, givenId: string | null): JsonObject | undefined {
    const { type } = this.#choices;
    // An earlier row refers to a record that is created under this id.
    if (givenId !== null && this.#sources.createsReference(givenId))
      return this.#stop(read, 'id_taken', this.parts.mapping.id, givenId);
    if (givenId !== null && this.#sources.taken.has(givenId))
      return this.#stop(read, 'repeated', this.parts.mapping.id, givenId);
    this.#noteRepeated(read);
    const id = givenId ?? `${idPrefix[type]}_${this.#sources.ids.uuid()}`;
    const belongs =
      type === 'interface' || type === 'university' ? {} : { university_id: this.#universityOf(read) };
    const yesNo = Object.fromEntries(
      Object.entries(defaultsOf[type]).filter(
        ([field, value]) => typeof value === 'boolean' && !read.flagged.includes(field),
      ),
    );
    const payload: JsonObject = { ...yesNo, ...belongs, ...payloadOf(read) };
    const values = type === 'interface' ? this.#finishLink(payload) : payload;
    return this.#take(read, { type, id, existing: undefined, values, followsEnds: false });
  }

  /** Values of a new link that follow from its bond and its ends: its loss and its kind. */
  #finishLink(payload: JsonObject): JsonObject {
    const { bond_type: bond, energy_loss: loss, from, to, interface_type: kind } = payload;
    const added: Record<string, string | number> = {};
    if (loss === undefined && typeof bond === 'string' && Object.hasOwn(defaultEnergyLoss, bond))
      added.energy_loss = defaultEnergyLoss[bond] as number;
    const [one, other] = [from, to].map((id) =>
      typeof id === 'string' ? this.#sources.lookup(id)?.type : undefined,
    );
    const usual = one && other ? interfaceKind(one, other) : null;
    if (kind === undefined && usual !== null) added.interface_type = usual;
    return { ...payload, ...added };
  }

  /** The university of a new record: the row's; for a contact in a table without universities, its first participant's. */
  #universityOf({ university, fields, blank }: ReadRow): string | null {
    const isGiven = university !== null || blank.includes('university_id');
    if (isGiven || this.#choices.type !== 'contact') return university;
    const [first = null] = [...referencedIds(fields.who), ...referencedIds(fields.with)];
    return first === null ? null : (this.#sources.present.named(first)?.university ?? null);
  }

  /** Two rows with one name in one university are two records, which is reported. */
  #noteRepeated({ fields, university, line }: ReadRow): void {
    if (typeof fields.name !== 'string') return;
    const name = isPerson(this.#choices.type) ? personKey(fields.name) : foldText(fields.name);
    const key = `${university ?? ''}\n${name}`;
    if (this.#seen.has(key)) {
      const note = { line, column: this.#nameColumn(), field: 'name', value: fields.name };
      this.#problems.add({ ...note, code: 'repeated', action: 'kept' });
    }
    this.#seen.add(key);
  }

  #update(read: ReadRow, id: string, existing: Existing): JsonObject | undefined {
    const { type } = this.#choices;
    if (this.#sources.taken.has(id)) {
      const column = this.parts.mapping.id ?? this.#nameColumn();
      return this.#stop(read, 'repeated', column, read.id ?? nameOf(read));
    }
    if (read.id === null) this.#keepName(read, existing);
    this.#keepUnshown(read, existing);
    read.own = asHeld(read.own, existing.payload, this.parts.writing);
    // A value that the record has as text stays text.
    for (const name of Object.keys(read.numbers))
      if (read.own[name] === existing.payload[name]) delete read.numbers[name];
    const saysKind = this.parts.mapping.fields.some(({ field }) => field.key === 'interface_type');
    const followsEnds = type === 'interface' && !saysKind;
    return this.#take(read, { type, id, existing, values: payloadOf(read), followsEnds });
  }

  /** Keeps deleted and hidden records in lists, since exported tables omit them. The limit still holds. */
  #keepUnshown({ fields }: ReadRow, { payload }: Existing): void {
    for (const key of listReferences[this.#choices.type].keys()) {
      if (fields[key] === undefined) continue;
      const ids = keepUnshown(referencedIds(fields[key]), referencedIds(payload[key]), (id) =>
        this.#lives(id),
      );
      fields[key] = ids.slice(0, mostReferences);
    }
  }

  /** "Novak, Ada" in a table is still Ada Novak here. */
  #keepName(read: ReadRow, { payload }: Existing): void {
    const [written, name] = [nameOf(read), payload.name];
    if (
      !isPerson(this.#choices.type) ||
      typeof name !== 'string' ||
      plainHeading(written) === plainHeading(name)
    )
      return;
    delete read.fields.name;
    const note = { line: read.line, column: this.#nameColumn(), field: 'name', value: written };
    read.troubles.push({ ...note, code: 'converted', action: 'converted', becomes: name });
  }

  #take(read: ReadRow, row: RecordRow): undefined {
    const { planner, taken, lookup } = this.#sources;
    // Rows that follow may still create it.
    const typeOf = (id: string): string | null | undefined => {
      const found = lookup(id);
      return found?.deleted ? null : found?.type;
    };
    const { effect, payload } = planner.plan(row, typeOf).record;
    taken.add(row.id);
    this.#addProblems(read, row.existing, payload);
    this.#show({ line: read.line, effect, payload, flagged: read.flagged });
  }

  /** Reports a row's problems, and whether the existing record has them already. */
  #addProblems(read: ReadRow, existing: Existing | undefined, after: JsonObject): void {
    const before = existing?.deleted === false ? existing.payload : null;
    for (const trouble of read.troubles) {
      const heading = trouble.column === null ? '' : (this.parts.headings[trouble.column] ?? '');
      const comes = before === null || comesIn(trouble, heading, before, after);
      this.#problems.add(trouble, comes);
    }
  }

  #stop(
    read: ReadRow,
    code: ProblemCode | null,
    column: number | null,
    value: string,
    isListed = true,
  ): JsonObject {
    this.skipped += 1;
    for (const trouble of read.troubles) {
      if (trouble.action === 'skipped') this.#problems.add(trouble);
    }
    const field =
      column === null
        ? null
        : (this.parts.mapping.fields.find((one) => one.column === column)?.field.key ?? null);
    if (code && isListed)
      this.#problems.add({ line: read.line, column, field, value, code, action: 'skipped' });
    return read.fields;
  }

  #nameColumn(): number | null {
    const key = this.#choices.type === 'interface' ? 'from' : 'name';
    const { fields, nameParts } = this.parts.mapping;
    return fields.find(({ field }) => field.key === key)?.column ?? nameParts[0] ?? null;
  }

  #show(row: Omit<SheetRow, 'title'>): void {
    if (this.sample.length < shownRows) this.sample.push(row);
  }

  /** A skipped row is shown with its unreadable cells as they are. */
  #showLeft(row: Line, fields: JsonObject, flagged: string[]): void {
    if (this.sample.length >= shownRows) return;
    const payload = { ...asItStands(row, this.parts), ...fields };
    this.sample.push({ line: row.line, effect: 'skipped', payload, flagged });
  }
}
