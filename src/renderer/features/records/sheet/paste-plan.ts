import type { Filter } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { defaultsOf, payloadSchemas, unknownNumbers } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldName } from '../../../text/names.ts';
import type { Column } from '../columns.ts';
import type { Parsed } from '../form/inputs.ts';
import { messageFor, ruleText } from '../form/messages.ts';
import { parseValue } from './cell-value.ts';
import type { CellChange } from './changes.ts';
import { referenceValue } from './references.ts';
import type { Found } from './references.ts';

/** What could not be understood: in which line of what is pasted, from 1, and in which column; that stays as it is. */
export interface PasteProblem {
  line: number;
  column: string;
  text: string;
  why: string;
}

/** A record that the paste would make, from one line. */
export interface PastedRecord {
  line: number;
  data: Record<string, Json>;
}

export interface PastePlan {
  /** Cells of existing records, each with its line. */
  cells: readonly (CellChange & { line: number })[];
  created: readonly PastedRecord[];
  problems: readonly PasteProblem[];
  /** Columns that nothing can be pasted into, by their label: what is computed. */
  skipped: readonly string[];
}

export interface Pasting {
  type: EntityType;
  /** What is pasted, without headings: a line a row, a cell a column of `columns`. */
  lines: readonly (readonly string[])[];
  columns: readonly (Column | undefined)[];
  /** The records that the lines fall on, in order; lines beyond them make new ones. */
  records: readonly EntityRecord[];
  /** New records are wanted at all. */
  creates: boolean;
  /** What every new record has because the list shows only such ones. */
  filters: readonly Filter[];
  /** The university of new records whose line names none. */
  university: string | null;
  found: Found;
  /** Why a record may not be changed, or null. */
  whyNot: (record: EntityRecord) => string | null;
}

function valueOf(pasting: Pasting, field: Field, text: string, near: string | null): Parsed {
  if (field.kind !== 'reference') return parseValue(pasting.type, field, text);
  const found = referenceValue(pasting.found, field, text, near);
  if (!found.ok || typeof found.value === 'string' || !field.required) return found;
  return parseValue(pasting.type, field, '');
}

/** Fields that a list narrowed to one value gives to what is added to it. */
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

/** What is wrong with a new record as a whole, by field; null when it can be made. */
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
  const whose =
    university && university.text.trim() !== ''
      ? referenceValue(pasting.found, university.field, university.text, null)
      : null;
  const near = whose?.ok && typeof whose.value === 'string' ? whose.value : pasting.university;
  const data = { ...given };
  for (const { column, field, text } of cells) {
    if (text.trim() === '') continue;
    const parsed = valueOf(pasting, field, text, near);
    if (!parsed.ok) problems.push({ line, column: column.label, text, why: parsed.message });
    else if (parsed.value !== undefined && parsed.value !== null) data[field.key] = parsed.value;
  }
  const wrong = wrongWith(type, data);
  if (!wrong) return { line, data };
  const told = problems.some((one) => one.line === line && one.column === fieldName(wrong.field));
  if (!told) problems.push({ line, column: fieldName(wrong.field), text: '', why: wrong.why });
  return null;
}

/** What a paste would do, cell by cell. Nothing is written. */
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
      if (column.field) read.cells.push({ column, field: column.field, text });
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
          ? valueOf(pasting, field, text, record.university_id)
          : { ok: false, message: locked };
      if (parsed.ok) cells.push({ record, field, value: parsed.value, line });
      else problems.push({ line, column: column.label, text, why: parsed.message });
    }
  }
  return { cells, created, problems, skipped: [...skipped] };
}
