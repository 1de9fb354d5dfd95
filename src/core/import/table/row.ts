import type { SheetChoices, SheetProblem, ValueRule } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import { contradictsBond } from '#shared/domain/interfaces.ts';
import { joinNames } from '#shared/domain/name-lists.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxLengths, mostReferences, withoutControls } from '#shared/domain/limits.ts';
import { cutTo } from '../../model/interchange/headings.ts';
import { asideKey } from '../../model/interchange/keys.ts';
import { asPercent } from '../units.ts';
import type { CellChoice, Cells, FieldColumn, Mapping } from './choices.ts';
import { readDate, readDateField } from './custom-columns.ts';
import type { DateColumn, NumberColumns, ReadDay } from './custom-columns.ts';
import { lettersLost } from './names.ts';
import type { ReadReference, References } from './reference.ts';
import type { ProblemCode, Trouble } from './row-problems.ts';
import { cellText } from './table.ts';
import type { Cell, Line } from './table.ts';
import { readCell } from './values.ts';
import type { Writing } from './values.ts';

/** A row as fields of its type. */
export interface ReadRow {
  line: number;
  id: string | null;
  /** The row's university, or the one chosen for rows without. */
  university: string | null;
  /** No university is given: it is the team's. */
  ofTeam: boolean;
  fields: Record<string, Json>;
  /** Fields with a column but without a value. */
  blank: string[];
  own: Record<string, Json>;
  numbers: Record<string, number>;
  /** Values that fit no field, by heading. */
  aside: Record<string, Json>;
  flagged: string[];
  /** Problems, reported if the row is imported, or if they are the reason why it is not. */
  troubles: Trouble[];
  /** Why the row is skipped, or null. */
  stopped: ProblemCode | null;
}

export interface RowReaderParts {
  mapping: Mapping;
  cells: Cells;
  dates: ReadonlyMap<number, DateColumn>;
  numbers: NumberColumns;
  /** Losses are fractions; `guessed` with the first one unless the user decided. */
  fractions: { guessed: boolean; example: string } | null;
  references: References;
  writing: Writing;
  headings: readonly string[];
  choices: Pick<SheetChoices, 'university'>;
}

/** Reads one row. Values that fit no field are kept separately. */
export function readRow(row: Line, parts: RowReaderParts): ReadRow {
  const { mapping, cells, choices, headings } = parts;
  const { line } = row;
  const read: ReadRow = {
    line,
    id: null,
    university: choices.university,
    ofTeam: false,
    fields: {},
    blank: [],
    own: {},
    numbers: {},
    // Its keys are headings, which may be any word.
    aside: Object.create(null) as Record<string, Json>,
    flagged: [],
    troubles: [],
    stopped: null,
  };
  if (mapping.id !== null) readId(row, mapping.id, read, parts);
  for (const { column, field } of mapping.fields) {
    const idColumn = mapping.idOf.get(field.key);
    const idCell = idColumn === undefined ? null : cells.at(row, idColumn).cell;
    const named = cells.at(row, column);
    const choice = named.cell === null && named.rule === undefined ? { ...named, cell: idCell } : named;
    const { cell } = choice;
    if (cell === null) {
      notePlaceholder(read, choice, { column, field: field.key });
      read.blank.push(field.key);
      continue;
    }
    const value = cellText(cell);
    const note = { line, column, field: field.key, value };
    if (field.kind === 'reference') {
      const { id, problem } = parts.references.read(
        field,
        choice,
        read.university,
        idCell === null ? null : cellText(idCell),
        universityOfEnd(row, field.key, parts),
      );
      if (problem) {
        const ends = field.to === 'any' && id === null;
        read.troubles.push({
          ...note,
          ...problem,
          ...(ends ? ({ code: endCode(problem.code), action: 'skipped' } as const) : {}),
        });
        flag(read, field.key, problem.action);
        if (ends) read.stopped = 'end_unknown';
      }
      if (id === null) read.aside[headings[column] ?? field.key] = cell;
      else read.fields[field.key] = id;
      if (field.key === 'university_id') read.university = id;
      continue;
    }
    if (field.kind === 'references') {
      readList(read, choice, { column, field }, parts);
      continue;
    }
    const dates = field.kind === 'date' ? parts.dates.get(column) : undefined;
    const reading: ReadDay = dates
      ? readDateField(field, cell, parts.writing, dates)
      : readCell(field, cell, parts.writing);
    const { value: taken, aside, problem = oddIn(field, cell), about = value } = reading;
    const isKept = problem?.action === 'kept' && keepable.has(problem.code) && isRight(choice.rule);
    if (problem && !isKept) {
      read.troubles.push({ ...note, value: about, ...problem });
      flag(read, field.key, problem.action);
    }
    if (taken !== undefined) read.fields[field.key] = readLoss(read, note, taken, parts);
    if (aside) read.aside[headings[column] ?? field.key] = cell;
  }
  for (const { column, name } of mapping.own) {
    const choice = cells.at(row, column);
    const { cell, rule } = choice;
    if (cell === null) {
      notePlaceholder(read, choice, { column, field: name });
      continue;
    }
    const number = parts.numbers.get(column)?.(cellText(cell)) ?? null;
    if (number !== null) {
      read.own[name] = cellText(cell);
      read.numbers[name] = number;
      continue;
    }
    const date = parts.dates.get(column);
    const { value, problem: odd, about } = date ? readDate(date, cell) : {};
    const problem = odd ?? (isRight(rule) ? undefined : lettersLost(cell, false));
    if (problem) {
      read.troubles.push({ line, column, field: name, value: about ?? cellText(cell), ...problem });
      flag(read, name, problem.action);
    }
    read.own[name] = value ?? (typeof cell === 'string' ? cutTo(cell.trim(), maxLengths.text) : cell);
  }
  joinName(row, read, parts);
  judgeLoss(read, mapping);
  return read;
}

/** Reads a cell with several names. Unknown names are kept separately. */
function readList(
  read: ReadRow,
  { cell }: CellChoice,
  { column, field }: FieldColumn,
  { cells, references, headings }: RowReaderParts,
): void {
  const ids: string[] = [];
  const lost: string[] = [];
  for (const value of references.namesIn(field, cellText(cell))) {
    const named = cells.nameAt(column, value);
    const found: ReadReference =
      named.cell === null ? { id: null } : references.read(field, named, read.university);
    const isSurplus = found.id !== null && !ids.includes(found.id) && ids.length >= mostReferences;
    const { id, problem }: ReadReference = isSurplus
      ? { id: null, problem: { code: 'out_of_range', action: 'empty' } }
      : found;
    if (problem) {
      read.troubles.push({ line: read.line, column, field: field.key, value, ...problem });
      flag(read, field.key, problem.action);
    }
    if (id === null) lost.push(value);
    else if (!ids.includes(id)) ids.push(id);
  }
  // If no name is known, the field is unchanged, like a single reference.
  if (ids.length > 0 || lost.length === 0) read.fields[field.key] = ids;
  if (lost.length > 0) read.aside[headings[column] ?? field.key] = joinNames(lost);
}

function notePlaceholder(
  read: ReadRow,
  { placeholder }: CellChoice,
  { column, field }: Pick<Trouble, 'column' | 'field'>,
): void {
  if (placeholder === undefined) return;
  const note = { line: read.line, column, field, value: placeholder };
  read.troubles.push({ ...note, code: 'placeholder', action: 'converted', becomes: '' });
}

const endCode = (code: ProblemCode): 'end_ambiguous' | 'end_unknown' =>
  code === 'reference_ambiguous' ? 'end_ambiguous' : 'end_unknown';

/** The university that a row names for an end of its link; undefined if unknown. */
function universityOfEnd(row: Line, field: string, { mapping, cells, references }: RowReaderParts) {
  const column = field === 'from' || field === 'to' ? mapping.universityOf[field] : null;
  const cell = column === null ? null : cells.at(row, column).cell;
  return cell === null ? undefined : references.universityNamed(cell);
}

function joinName(row: Line, read: ReadRow, { mapping, cells }: RowReaderParts): void {
  const named = mapping.nameParts.map((column) => ({ column, choice: cells.at(row, column) }));
  const parts = named.map(({ choice }) => cellText(choice.cell)).filter(Boolean);
  for (const { column, choice } of named) {
    const odd = lettersLost(choice.cell, true);
    const value = cellText(choice.cell);
    if (!odd || isRight(choice.rule)) continue;
    read.troubles.push({ line: row.line, column, field: 'name', value, ...odd });
    flag(read, 'name', odd.action);
  }
  if (parts.length > 0 && read.fields.name === undefined)
    read.fields.name = cutTo(withoutControls(parts.join(' ')), maxLengths.name);
}

/** A loss in per cent. */
function readLoss(
  read: ReadRow,
  { line, column, field }: Pick<Trouble, 'line' | 'column' | 'field'>,
  value: Json,
  { fractions }: RowReaderParts,
): Json {
  if (field !== 'energy_loss' || fractions === null || typeof value !== 'number') return value;
  if (fractions.guessed) {
    const { example } = fractions;
    const becomes = asPercent(Number(example.replace(',', '.')));
    const action = 'converted';
    read.troubles.push({ line, column, field, value: example, code: 'loss_fraction', action, becomes });
  }
  return asPercent(value);
}

/** A loss that does not fit its bond is reported. */
function judgeLoss(read: ReadRow, { fields }: Mapping): void {
  const { bond_type: bond, energy_loss: loss } = read.fields;
  if (typeof loss !== 'number' || !contradictsBond(bond, loss)) return;
  const column = fields.find(({ field }) => field.key === 'energy_loss')?.column ?? null;
  const note = { line: read.line, column, field: 'energy_loss', value: `${loss} %` };
  read.troubles.push({ ...note, code: 'loss_bond', action: 'kept', becomes: bond });
  read.flagged.push('energy_loss');
}

/** Remarks about unusual but possible values. */
const keepable: ReadonlySet<ProblemCode> = new Set([
  'unknown_choice',
  'lost_letters',
  'unlikely_number',
  'not_a_date',
]);

function oddIn({ kind }: Field, cell: Cell): ReturnType<typeof lettersLost> {
  return kind === 'text' || kind === 'longtext' || kind === 'json'
    ? lettersLost(cell, kind === 'text')
    : undefined;
}

function isRight(rule: ValueRule | undefined): boolean {
  return rule !== undefined && rule.create;
}

function flag(read: ReadRow, field: string, action: SheetProblem['action']): void {
  if (action !== 'converted' && action !== 'created') read.flagged.push(field);
}

function readId(row: Line, column: number, read: ReadRow, { cells }: RowReaderParts): void {
  const { cell } = cells.at(row, column);
  if (cell === null) return;
  const value = cellText(cell);
  if (recordId.safeParse(value).success) read.id = value;
  else read.troubles.push({ line: row.line, column, field: 'id', value, code: 'bad_id', action: 'empty' });
}

/** The payload of a row: fields, custom fields, and values that fit none. */
export function payloadOf({ own, numbers, fields, aside }: ReadRow): JsonObject {
  const kept = Object.keys(aside).length === 0 ? {} : { [asideKey]: { ...aside } };
  return { ...own, ...numbers, ...fields, ...kept };
}

/** The content of a skipped row, by field or custom name. */
export function asItStands(row: Line, { mapping, cells }: RowReaderParts): Record<string, Json> {
  const stands: Record<string, Json> = {};
  for (const { column, field } of mapping.fields) stands[field.key] = cells.look(row, column).cell;
  for (const { column, name } of mapping.own) stands[name] = cells.look(row, column).cell;
  return Object.fromEntries(Object.entries(stands).filter(([, cell]) => cell !== null));
}

/** The row's name, or ''. */
export function nameOf({ fields }: ReadRow): string {
  return typeof fields.name === 'string' ? fields.name : '';
}
