import { foldText } from '#shared/domain/fold.ts';
import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { isValueField, isPlaceholder } from '#shared/domain/placeholders.ts';
import { editedField } from '../columns.ts';
import type { Column } from '../columns.ts';
import { sizeOf } from '../grid/state.ts';
import type { CellRange } from '../grid/state.ts';
import type { Field } from '#shared/domain/entities.ts';
import { splitNames } from '#shared/domain/name-lists.ts';
import type { Json } from '#shared/domain/json.ts';
import {
  isReferenceKind,
  keepHiddenIds,
  referencedIds,
  titlesKey,
  targetTypes,
} from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { numberLocale } from '../../../text/formats.ts';
import { fieldName } from '../../../text/names.ts';
import { checkField, formatNumber, fromRaw, messageFor } from '../form/values.ts';
import { choicesOf } from '../form/ChoiceInput.tsx';
import type { ParseResult, Raw } from '../form/values.ts';
import type { RecordRef, EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { linkableTypes } from '../linking/links.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { defaultsOf, payloadSchemas } from '#shared/domain/entities.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import type { CellChange } from './changes.ts';

interface PasteLayout {
  lines: readonly (readonly string[])[];
  columns: readonly (Column | undefined)[];
  hasHeadings: boolean;
}

const isSameText = (one: string, other: string): boolean => foldTrimmed(one) === foldTrimmed(other);

/** The columns of a line of headings; null unless every cell is the label of a column. */
function matchHeadings(cells: readonly string[], allColumns: readonly Column[]): readonly Column[] | null {
  const matches = cells.map((cell) => allColumns.find(({ label }) => isSameText(label, cell)));
  return cells.length > 1 && matches.every((column) => column !== undefined) ? matches : null;
}

/** The larger `target` if it is a multiple of `count`, otherwise `count`. */
const repeatedCount = (count: number, target: number): number =>
  count > 0 && target > count && target % count === 0 ? target : count;

const repeatItems = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, index) => items[index % items.length] as T);

/**
 * Maps pasted cells to a grid. A first line of headings chooses the columns; otherwise they start at the left of the range. The cells are
 * repeated if the size of the range is a multiple of theirs.
 */
export function layOutPaste(
  pastedLines: readonly (readonly string[])[],
  range: CellRange,
  shownColumns: readonly Column[],
  allColumns: readonly Column[],
): PasteLayout {
  const [firstLine = []] = pastedLines;
  const headingColumns = pastedLines.length > 1 ? matchHeadings(firstLine, allColumns) : null;
  if (headingColumns) return { lines: pastedLines.slice(1), columns: headingColumns, hasHeadings: true };
  const width = Math.max(...pastedLines.map((cells) => cells.length));
  const rangeSize = sizeOf(range);
  const columnCount = repeatedCount(width, rangeSize.columns);
  const rowCount = repeatedCount(pastedLines.length, rangeSize.rows);
  const lines = repeatItems(pastedLines, rowCount).map((cells) =>
    columnCount > width ? repeatItems(cells, columnCount) : cells,
  );
  return { lines, columns: shownColumns.slice(range.left, range.left + columnCount), hasHeadings: false };
}

const findChoice = (field: Field, text: string) =>
  choicesOf(field).find(({ name, value }) =>
    [foldText(name), foldText(String(value))].includes(foldTrimmed(text)),
  );

function parseChoice(field: Field, text: string): ParseResult {
  const choice = findChoice(field, text);
  if (choice) return { ok: true, value: choice.value };
  return field.kind === 'boolean' ? fromRaw(field, text) : { ok: true, value: text.trim() || null };
}

const textKind = ({ kind }: Field): Field['kind'] => (kind === 'json' ? 'text' : kind);

function parseText(field: Field, text: string): ParseResult {
  // In custom fields, plain text stays text.
  if (field.own) return fromRaw(/^\s*[[{]/.test(text) ? field : { ...field, kind: textKind(field) }, text);
  switch (field.kind) {
    case 'choice':
    case 'boolean':
      return parseChoice(field, text);
    default:
      return fromRaw(field, text);
  }
}

/**
 * The value of a spreadsheet text for a field: numbers in the seat's notation, choices by label or value, booleans, JSON. An empty text is
 * null, or undefined if it removes the field. References are read as ids; `findReferences` finds records by title.
 */
export function parseValue(type: EntityType, field: Field, text: string): ParseResult {
  const result = parseText(field, text);
  if (!result.ok) return result;
  // A parsed value is validated like a typed one.
  const validation = checkField(type, field, toInput(field, result.value));
  return validation.ok ? result : validation;
}

function toInput({ kind }: Field, value: Json | undefined): Raw {
  if (value === undefined || (value === null && kind !== 'json')) return '';
  if (kind === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  return JSON.stringify(value);
}

const maxLookups = 100;
const lookupBatchSize = 16;

const foldTrimmed = (text: string): string => foldText(text.trim());

/** The records that a pasted text can mean, by `keyOf`. */
type FoundReferences = ReadonlyMap<string, readonly RecordRef[]>;

const keyOf = (field: Field, text: string): string => `${field.to ?? ''}/${foldTrimmed(text)}`;

const typesOf = (field: Field): readonly EntityType[] => targetTypes(field.to, linkableTypes);

async function findRecords(field: Field, text: string): Promise<readonly RecordRef[]> {
  const name = foldTrimmed(text);
  const types = [...typesOf(field)];
  const candidates = await api.entities.lookup({ types, text: text.trim().slice(0, 200), limit: maxLookups });
  const titleMatches = candidates.filter(({ title }) => foldTrimmed(title) === name);
  if (titleMatches.length > 0) return titleMatches;
  const personMatches = candidates.filter(
    ({ type, title }) => isPerson(type) && personKey(title) === personKey(text),
  );
  if (personMatches.length > 0) return personMatches;
  // The text can be an id.
  const record = await api.entities.find({ id: text.trim().slice(0, 200) }).catch(() => null);
  if (!record || record.deleted_at !== null || !types.includes(record.type)) return [];
  return [{ ...record, deleted: false }];
}

const namesOf = ({ kind }: Field, text: string): string[] =>
  kind === 'references' ? splitNames(text) : [text].filter((name) => name.trim() !== '');

export async function findReferences(
  cells: readonly { field: Field; text: string }[],
): Promise<FoundReferences> {
  const lookups = new Map(
    cells
      .filter(({ field }) => isReferenceKind(field))
      .flatMap(({ field, text }) => namesOf(field, text).map((name) => ({ field, text: name })))
      .map((cell) => [keyOf(cell.field, cell.text), cell]),
  );
  const references = new Map<string, readonly RecordRef[]>();
  const lookupList = [...lookups];
  for (let start = 0; start < lookupList.length; start += lookupBatchSize) {
    const batch = lookupList.slice(start, start + lookupBatchSize);
    const batchMatches = await Promise.all(batch.map(([, { field, text }]) => findRecords(field, text)));
    for (const [index, [key]] of batch.entries()) references.set(key, batchMatches[index] ?? []);
  }
  return references;
}

function referenceValue(
  references: FoundReferences,
  field: Field,
  text: string,
  university: string | null,
): ParseResult {
  if (text.trim() === '') return { ok: true, value: null };
  const matches = references.get(keyOf(field, text)) ?? [];
  const localMatches = matches.filter((record) => university !== null && record.university_id === university);
  const [match, secondMatch] = localMatches.length === 1 ? localMatches : matches;
  if (match && !secondMatch) return { ok: true, value: match.id };
  if (!match)
    return {
      ok: false,
      message: say('sheet:noRecord', { text }),
    };
  return { ok: false, message: say('sheet:ambiguous', { count: matches.length, text }) };
}

function referenceListValue(
  references: FoundReferences,
  field: Field,
  text: string,
  university: string | null,
): ParseResult {
  const ids: string[] = [];
  for (const name of namesOf(field, text)) {
    const reference = referenceValue(references, field, name, university);
    if (!reference.ok) return reference;
    ids.push(...referencedIds(reference.value));
  }
  return { ok: true, value: ids.length === 0 ? null : [...new Set(ids)] };
}

/** A pasted text that cannot be parsed, with its line (from 1) and column; its cell stays unchanged. */
export interface PasteProblem {
  line: number;
  column: string;
  text: string;
  why: string;
}

interface NewRecord {
  line: number;
  data: Record<string, Json>;
}

export interface PastePlan {
  cells: readonly (CellChange & { line: number })[];
  newRecords: readonly NewRecord[];
  problems: readonly PasteProblem[];
  /** The labels of pasted columns that cannot be edited. */
  skipped: readonly string[];
}

interface PasteInput {
  type: EntityType;
  /** The pasted cells without headings: one line for each row, one cell for each item of `columns`. */
  lines: readonly (readonly string[])[];
  columns: readonly (Column | undefined)[];
  /** The records of the lines, in order; further lines create records. */
  records: readonly EntityRecord[];
  createsRecords: boolean;
  /** Values that new records get from the list's filters. */
  filters: readonly Filter[];
  university: string | null;
  references: FoundReferences;
  refusalOf: (record: EntityRecord) => string | null;
}

/** Keeps the deleted and hidden records of a stored list, which cells do not show. */
function withHiddenReferences(
  { payload, derived }: EntityRecord,
  field: Field,
  parsed: ParseResult,
): ParseResult {
  if (field.kind !== 'references' || !parsed.ok) return parsed;
  const titles = derived[titlesKey(field)];
  const ids = keepHiddenIds(
    referencedIds(parsed.value),
    referencedIds(payload[field.key]),
    (_, index) => !Array.isArray(titles) || typeof titles[index] === 'string',
  );
  return { ok: true, value: ids.length === 0 ? null : ids };
}

function parseCell(input: PasteInput, field: Field, text: string, university: string | null): ParseResult {
  if (field.kind === 'references') return referenceListValue(input.references, field, text, university);
  if (field.kind !== 'reference') return parseValue(input.type, field, text);
  const parsedReference = referenceValue(input.references, field, text, university);
  if (!parsedReference.ok || typeof parsedReference.value === 'string' || !field.required)
    return parsedReference;
  return parseValue(input.type, field, '');
}

/** Values for new records: those of the list's filters that require one value. */
export function valuesOfFilters(filters: readonly Filter[], type: EntityType): Record<string, Json> {
  const shape = payloadSchemas[type].shape as Readonly<Record<string, unknown>>;
  const valueFilters = filters.filter(
    ({ op, field, value }) =>
      op === 'is' && (field in shape || customNameOf(field) !== null) && value !== undefined,
  );
  return Object.fromEntries(
    valueFilters.flatMap(({ field, value }) =>
      value === null || value === undefined ? [] : [[customNameOf(field) ?? field, value]],
    ),
  );
}

/** The first problem of a new record; null if it is valid. */
function findProblem(type: EntityType, data: Record<string, Json>): { field: string; why: string } | null {
  const result = payloadSchemas[type].safeParse(data, { error: messageFor });
  const issue = result.success ? undefined : result.error.issues[0];
  return issue ? { field: String(issue.path[0] ?? ''), why: issue.message } : null;
}

interface PastedLine {
  cells: { column: Column; field: Field; text: string }[];
  line: number;
}

function parseNewRecord(
  input: PasteInput,
  { cells, line }: PastedLine,
  problems: PasteProblem[],
): NewRecord | null {
  const { type } = input;
  const defaults: Record<string, Json> = {
    ...defaultsOf[type],
    ...valuesOfFilters(input.filters, type),
  };
  const universityCell = cells.find(({ field }) => field.key === 'university_id');
  const parsedUniversity =
    universityCell && universityCell.text.trim() !== ''
      ? referenceValue(input.references, universityCell.field, universityCell.text, null)
      : null;
  const universityId =
    parsedUniversity?.ok && typeof parsedUniversity.value === 'string'
      ? parsedUniversity.value
      : input.university;
  const data = { ...defaults };
  for (const { column, field, text } of cells) {
    if (text.trim() === '') continue;
    const parsed = parseCell(input, field, text, universityId);
    if (!parsed.ok) problems.push({ line, column: column.label, text, why: parsed.message });
    else if (parsed.value !== undefined && parsed.value !== null) data[field.key] = parsed.value;
  }
  const problem = findProblem(type, data);
  if (!problem) return { line, data };
  const isReported = problems.some((one) => one.line === line && one.column === fieldName(problem.field));
  if (!isReported) problems.push({ line, column: fieldName(problem.field), text: '', why: problem.why });
  return null;
}

/** Placeholders such as "N/A" count as empty, as in imports. */
function clearPlaceholder(field: Field, text: string): string {
  if (!isPlaceholder(text, !field.own && isValueField(field))) return text;
  return findChoice(field, text) ? text : '';
}

/** The changes of a paste, cell by cell. Writes nothing. */
export function planPaste(input: PasteInput): PastePlan {
  const { columns, lines, records, createsRecords, refusalOf } = input;
  const problems: PasteProblem[] = [];
  const cells: (CellChange & { line: number })[] = [];
  const newRecords: NewRecord[] = [];
  const skipped = new Set<string>();
  for (const [index, texts] of lines.entries()) {
    const line = index + 1;
    const pastedLine: PastedLine = { line, cells: [] };
    for (const [columnIndex, text] of texts.entries()) {
      const column = columns[columnIndex];
      if (!column) continue;
      const field = editedField(column);
      if (field) pastedLine.cells.push({ column, field, text: clearPlaceholder(field, text) });
      else skipped.add(column.label);
    }
    const record = records[index];
    if (!record) {
      const isEmpty = pastedLine.cells.every(({ text }) => text.trim() === '');
      const added = createsRecords && !isEmpty ? parseNewRecord(input, pastedLine, problems) : null;
      if (added) newRecords.push(added);
      continue;
    }
    const lockReason = refusalOf(record);
    for (const { column, field, text } of pastedLine.cells) {
      const parsed: ParseResult =
        lockReason === null
          ? withHiddenReferences(record, field, parseCell(input, field, text, record.university_id))
          : { ok: false, message: lockReason };
      if (parsed.ok) cells.push({ record, field, value: parsed.value, line });
      else problems.push({ line, column: column.label, text, why: parsed.message });
    }
  }
  return { cells, newRecords, problems, skipped: [...skipped] };
}
