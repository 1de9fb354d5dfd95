import { foldText } from '#shared/domain/fold.ts';
import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { isNamedField, isPlaceholder } from '#shared/domain/placeholders.ts';
import type { Column } from '../columns.ts';
import { sizeOf } from '../grid/state.ts';
import type { CellRange } from '../grid/state.ts';
import type { Field } from '#shared/domain/entities.ts';
import { splitNames } from '#shared/domain/name-lists.ts';
import type { Json } from '#shared/domain/json.ts';
import { isReferring, keepUnshown, referencedIds, titlesKey, typesNamed } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { numberLocale } from '../../../text/formats.ts';
import { unitName, fieldName } from '../../../text/names.ts';
import { checkField, noNumber, fromRaw, parseNumber, messageFor, ruleText } from '../form/values.ts';
import { choicesOf } from '../form/ChoiceInput.tsx';
import type { Parsed, Raw } from '../form/values.ts';
import type { RecordRef, EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { endTypes } from '../linking/links.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { defaultsOf, payloadSchemas, unknownNumbers } from '#shared/domain/entities.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { CellChange } from './changes.ts';

interface Laid {
  lines: readonly (readonly string[])[];
  columns: readonly (Column | undefined)[];
  headed: boolean;
}

const same = (one: string, other: string): boolean => folded(one) === folded(other);

/** The columns of a line of headings; null unless every cell is the label of a column. */
function headings(cells: readonly string[], all: readonly Column[]): readonly Column[] | null {
  const named = cells.map((cell) => all.find(({ label }) => same(label, cell)));
  return cells.length > 1 && named.every((column) => column !== undefined) ? named : null;
}

const repeated = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, index) => items[index % items.length] as T);

/**
 * Maps pasted cells to a grid. A first line of headings chooses the columns; otherwise they start at the left of the range. A single line
 * or cell fills a larger range.
 */
export function layOver(
  pasted: readonly (readonly string[])[],
  range: CellRange,
  placed: readonly Column[],
  all: readonly Column[],
): Laid {
  const [first = []] = pasted;
  const named = pasted.length > 1 ? headings(first, all) : null;
  if (named) return { lines: pasted.slice(1), columns: named, headed: true };
  const wide = Math.max(...pasted.map((cells) => cells.length));
  const { rows, columns } = sizeOf(range);
  const across = wide > 0 && columns > wide && columns % wide === 0 ? columns : wide;
  const down = pasted.length > 0 && rows > pasted.length && rows % pasted.length === 0 ? rows : pasted.length;
  const lines = repeated(pasted, down).map((cells) => (across > wide ? repeated(cells, across) : cells));
  return { lines, columns: placed.slice(range.left, range.left + across), headed: false };
}

const unitsOf = (field: Field): readonly string[] => [unitName(field, 2), unitName(field, 1)];

const isWord = (field: Field, text: string): boolean =>
  choicesOf(field).some(({ name, value }) =>
    [foldText(name), foldText(String(value))].includes(folded(text)),
  );

function parseWord(field: Field, text: string): Parsed {
  const word = text.trim().toLowerCase();
  const known = choicesOf(field).find(({ name, value }) =>
    [name.toLowerCase(), String(value).toLowerCase()].includes(word),
  );
  if (known) return { ok: true, value: known.value };
  return field.kind === 'boolean'
    ? fromRaw(field, word)
    : { ok: true, value: word === '' ? null : text.trim() };
}

const plainKind = ({ kind }: Field): Field['kind'] => (kind === 'json' ? 'text' : kind);

function parse(field: Field, text: string): Parsed {
  // In custom fields, plain text stays text.
  if (field.own) return fromRaw(/^\s*[[{]/.test(text) ? field : { ...field, kind: plainKind(field) }, text);
  switch (field.kind) {
    case 'number': {
      if (text.trim() === '') return { ok: true, value: null };
      const value = parseNumber(text, numberLocale(), unitsOf(field));
      return value === null ? { ok: false, message: noNumber(text) } : { ok: true, value };
    }
    case 'choice':
    case 'boolean':
      return parseWord(field, text);
    default:
      return fromRaw(field, text);
  }
}

/**
 * The value of a spreadsheet text for a field: numbers in the seat's notation, choices by label or value, booleans, JSON. Empty is null, or
 * undefined if the field is then removed. References are read as ids; titles are resolved elsewhere.
 */
export function parseValue(type: EntityType, field: Field, text: string): Parsed {
  const parsed = parse(field, text);
  if (!parsed.ok) return parsed;
  // A parsed value is validated like a typed one.
  const checked = checkField(type, field, asTyped(field, parsed.value));
  return checked.ok ? parsed : checked;
}

function asTyped({ kind }: Field, value: Json | undefined): Raw {
  if (value === undefined || (value === null && kind !== 'json')) return '';
  if (kind === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  return JSON.stringify(value);
}

const most = 100;
const atOnce = 16;

const folded = (text: string): string => foldText(text.trim());

type Found = ReadonlyMap<string, readonly RecordRef[]>;

const keyOf = (field: Field, text: string): string => `${field.to ?? ''}/${folded(text)}`;

const typesOf = (field: Field): readonly EntityType[] => typesNamed(field.to, endTypes);

async function lookUp(field: Field, text: string): Promise<readonly RecordRef[]> {
  const name = folded(text);
  const types = [...typesOf(field)];
  const found = await api.entities.lookup({ types, text: text.trim().slice(0, 200), limit: most });
  const named = found.filter(({ title }) => folded(title) === name);
  if (named.length > 0) return named;
  const people = found.filter(({ type, title }) => isPerson(type) && personKey(title) === personKey(text));
  if (people.length > 0) return people;
  // It may be an id.
  const record = await api.entities.find({ id: text.trim().slice(0, 200) }).catch(() => null);
  if (!record || record.deleted_at !== null || !types.includes(record.type)) return [];
  return [{ ...record, deleted: false }];
}

const namesOf = ({ kind }: Field, text: string): string[] =>
  kind === 'references' ? splitNames(text) : [text].filter((name) => name.trim() !== '');

export async function findReferences(cells: readonly { field: Field; text: string }[]): Promise<Found> {
  const lookups = new Map(
    cells
      .filter(({ field }) => isReferring(field))
      .flatMap(({ field, text }) => namesOf(field, text).map((name) => ({ field, text: name })))
      .map((cell) => [keyOf(cell.field, cell.text), cell]),
  );
  const found = new Map<string, readonly RecordRef[]>();
  const waiting = [...lookups];
  for (let at = 0; at < waiting.length; at += atOnce) {
    const some = waiting.slice(at, at + atOnce);
    const answers = await Promise.all(some.map(([, { field, text }]) => lookUp(field, text)));
    for (const [index, [key]] of some.entries()) found.set(key, answers[index] ?? []);
  }
  return found;
}

function referenceValue(found: Found, field: Field, text: string, near: string | null): Parsed {
  if (text.trim() === '') return { ok: true, value: null };
  const all = found.get(keyOf(field, text)) ?? [];
  const close = all.filter((record) => near !== null && record.university_id === near);
  const [only, another] = close.length === 1 ? close : all;
  if (only && !another) return { ok: true, value: only.id };
  if (!only)
    return {
      ok: false,
      message: say('sheet:noRecord', { text }),
    };
  return { ok: false, message: say('sheet:ambiguous', { count: all.length, text }) };
}

function listValue(found: Found, field: Field, text: string, near: string | null): Parsed {
  const ids: string[] = [];
  for (const name of namesOf(field, text)) {
    const one = referenceValue(found, field, name, near);
    if (!one.ok) return one;
    ids.push(...referencedIds(one.value));
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

interface PastedRecord {
  line: number;
  data: Record<string, Json>;
}

export interface PastePlan {
  cells: readonly (CellChange & { line: number })[];
  created: readonly PastedRecord[];
  problems: readonly PasteProblem[];
  skipped: readonly string[];
}

interface Pasting {
  type: EntityType;
  /** The pasted cells without headings: one line for each row, one cell for each item of `columns`. */
  lines: readonly (readonly string[])[];
  columns: readonly (Column | undefined)[];
  /** The records of the lines, in order; further lines create records. */
  records: readonly EntityRecord[];
  creates: boolean;
  /** Values that new records get from the list's filters. */
  filters: readonly Filter[];
  university: string | null;
  found: Found;
  whyNot: (record: EntityRecord) => string | null;
}

/** Keeps the deleted and hidden records of a stored list, which cells do not show. */
function withUnshown({ payload, derived }: EntityRecord, field: Field, parsed: Parsed): Parsed {
  if (field.kind !== 'references' || !parsed.ok) return parsed;
  const titles = derived[titlesKey(field)];
  const ids = keepUnshown(
    referencedIds(parsed.value),
    referencedIds(payload[field.key]),
    (_, at) => !Array.isArray(titles) || typeof titles[at] === 'string',
  );
  return { ok: true, value: ids.length === 0 ? null : ids };
}

function valueOf(pasting: Pasting, field: Field, text: string, near: string | null): Parsed {
  if (field.kind === 'references') return listValue(pasting.found, field, text, near);
  if (field.kind !== 'reference') return parseValue(pasting.type, field, text);
  const found = referenceValue(pasting.found, field, text, near);
  if (!found.ok || typeof found.value === 'string' || !field.required) return found;
  return parseValue(pasting.type, field, '');
}

/** Values for new records from the list's filters on one value. */
export function givenBy(filters: readonly Filter[], type: EntityType): Record<string, Json> {
  const shape = payloadSchemas[type].shape as Readonly<Record<string, unknown>>;
  const plain = filters.filter(
    ({ op, field, value }) =>
      op === 'is' && (field in shape || ownNameOf(field) !== null) && value !== undefined,
  );
  return Object.fromEntries(
    plain.flatMap(({ field, value }) =>
      value === null || value === undefined ? [] : [[ownNameOf(field) ?? field, value]],
    ),
  );
}

/** The first problem of a new record; null if it is valid. */
function wrongWith(type: EntityType, data: Record<string, Json>): { field: string; why: string } | null {
  const checked = payloadSchemas[type].safeParse(data, { error: messageFor });
  const issue = checked.success ? undefined : checked.error.issues[0];
  return issue ? { field: String(issue.path[0] ?? ''), why: ruleText(issue.message) } : null;
}

interface Line {
  cells: { column: Column; field: Field; text: string }[];
  line: number;
}

function newRecord(pasting: Pasting, { cells, line }: Line, problems: PasteProblem[]): PastedRecord | null {
  const { type } = pasting;
  const given: Record<string, Json> = {
    ...defaultsOf[type],
    ...unknownNumbers(type),
    ...givenBy(pasting.filters, type),
  };
  const university = cells.find(({ field }) => field.key === 'university_id');
  const owner =
    university && university.text.trim() !== ''
      ? referenceValue(pasting.found, university.field, university.text, null)
      : null;
  const near = owner?.ok && typeof owner.value === 'string' ? owner.value : pasting.university;
  const data = { ...given };
  for (const { column, field, text } of cells) {
    if (text.trim() === '') continue;
    const parsed = valueOf(pasting, field, text, near);
    if (!parsed.ok) problems.push({ line, column: column.label, text, why: parsed.message });
    else if (parsed.value !== undefined && parsed.value !== null) data[field.key] = parsed.value;
  }
  const wrong = wrongWith(type, data);
  if (!wrong) return { line, data };
  const isReported = problems.some((one) => one.line === line && one.column === fieldName(wrong.field));
  if (!isReported) problems.push({ line, column: fieldName(wrong.field), text: '', why: wrong.why });
  return null;
}

/** Placeholders such as "N/A" count as empty, as in imports. */
function emptied(field: Field, text: string): string {
  if (!isPlaceholder(text, !field.own && isNamedField(field))) return text;
  const isChoice = (field.kind === 'choice' || field.kind === 'boolean') && isWord(field, text);
  return isChoice ? text : '';
}

/** The changes of a paste, cell by cell. Writes nothing. */
export function planPaste(pasting: Pasting): PastePlan {
  const { columns, lines, records, creates, whyNot } = pasting;
  const problems: PasteProblem[] = [];
  const cells: (CellChange & { line: number })[] = [];
  const created: PastedRecord[] = [];
  const skipped = new Set<string>();
  for (const [index, texts] of lines.entries()) {
    const line = index + 1;
    const read: Line = { line, cells: [] };
    for (const [place, text] of texts.entries()) {
      const column = columns[place];
      if (!column) continue;
      if (column.field) read.cells.push({ column, field: column.field, text: emptied(column.field, text) });
      else skipped.add(column.label);
    }
    const record = records[index];
    if (!record) {
      const empty = read.cells.every(({ text }) => text.trim() === '');
      const made = creates && !empty ? newRecord(pasting, read, problems) : null;
      if (made) created.push(made);
      continue;
    }
    const locked = whyNot(record);
    for (const { column, field, text } of read.cells) {
      const parsed: Parsed =
        locked === null
          ? withUnshown(record, field, valueOf(pasting, field, text, record.university_id))
          : { ok: false, message: locked };
      if (parsed.ok) cells.push({ record, field, value: parsed.value, line });
      else problems.push({ line, column: column.label, text, why: parsed.message });
    }
  }
  return { cells, created, problems, skipped: [...skipped] };
}
