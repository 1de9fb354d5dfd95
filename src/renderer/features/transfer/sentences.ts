import { referencedIds, onlyTargetType } from '#shared/domain/references.ts';
import type { SheetOutcome, SheetPreview, SheetType } from '#shared/contract/sheets.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import type { ImportPlan, ImportResult, Problem } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import type { Json } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../i18n/setup.ts';
import { formatDay } from '../../text/formats.ts';
import {
  choiceName,
  countedAll,
  fieldName,
  inSentence,
  joinWithAnd,
  quoteName,
  typeName,
} from '../../text/names.ts';
import { valueText } from '../../text/values.ts';
import { customValueText } from '../records/custom-fields.ts';

/** The name of a field inside a sentence: "discipline". */
export function fieldWord(key: string | null): string {
  if (key === null) return '';
  const name = fieldName(key);
  // A custom field keeps the file’s spelling.
  return name === key ? key : inSentence(name);
}

/** The value that a cell is read as, in words. */
export function becomesText({ code, field, becomes }: SheetProblem, type: SheetType): string {
  if (code === 'date_read' && typeof becomes === 'string') return formatDay(becomes);
  if (code === 'loss_bond' && typeof becomes === 'string') return choiceName(becomes);
  if (code === 'unknown_type' && typeof becomes === 'string') return inSentence(typeName(becomes));
  const fieldInfo = field === null ? undefined : fieldOf(type, field);
  return fieldInfo ? valueText(becomes, fieldInfo) : customValueText(becomes);
}

/** A column or attribute that states the rest of a share: "Share kept (100 % − loss)". */
export const restName = (field: string): string =>
  field === 'energy_loss'
    ? say('sheets:column.shareKept')
    : say('sheets:column.restOf', { field: fieldName(field) });

const maxTextLength = 80;
export const shortenText = (text: string): string =>
  text.length > maxTextLength ? `${text.slice(0, maxTextLength - 3)}…` : text;

/** Problems about a referenced record: the sentence names the type that the field takes. */
const referenceCodes: readonly SheetProblem['code'][] = [
  'reference_missing',
  'reference_ambiguous',
  'reference_created',
];

/** The type that a field refers to, within a sentence: "person or team". */
function targetWord(to: NonNullable<FieldInfo['to']>): string {
  const type = onlyTargetType(to);
  if (type !== null) return inSentence(typeName(type));
  return say(`sheets:target.${to as 'any' | 'person' | 'party'}`);
}

export function problemText(problem: SheetProblem, type: SheetType): string {
  const { code, field, value, suggestions, becomes } = problem;
  if (code === 'reference_created' && becomes !== null && isEntityType(becomes))
    return say('sheets:problem.end_created', {
      type: inSentence(typeName(becomes)),
      value: shortenText(value),
    });
  const to = field !== null && referenceCodes.includes(code) ? fieldOf(type, field)?.to : undefined;
  return say(`sheets:problem.${code}`, {
    value: shortenText(value),
    field: to === undefined ? fieldWord(field) : targetWord(to),
    label: field === null ? '' : fieldName(field),
    becomes: becomesText(problem, type),
    other: suggestions[0]?.label ?? '',
  });
}

/** At most this many lines, changed fields and created records are named in a sentence. */
const maxLines = 6;
const maxChangedFields = 8;
const maxReferenced = 5;

/** The column and rows of a problem: "Column “Major”, 2 rows: 10 and 11". */
export function locationText({ column, count, lines }: SheetProblem, names: readonly string[]): string {
  const shownLines = lines.slice(0, maxLines).map(String);
  const lineList = count > maxLines ? `${shownLines.join(', ')} …` : joinWithAnd(shownLines);
  const rowsText = say('sheets:issue.lines', { count, lines: lineList });
  return column === null
    ? rowsText
    : `${say('sheets:issue.column', { column: names[column] ?? '' })}, ${rowsText}`;
}

const leadSentence = (key: 'adds' | 'updates' | 'restores' | 'same', recordsText: string): string[] =>
  recordsText === '' ? [] : [say(`sheets:lead.${key}`, { what: recordsText })];

export function planSentences(plan: ImportPlan): string[] {
  if (sumOf(plan.counts) === 0) return [say('transfer:decide.none')];
  return [
    ...(plan.graph ? [say('transfer:preview.graph', plan.graph)] : []),
    ...leadSentence('adds', countedAll(plan.creates)),
    ...leadSentence('updates', countedAll(plan.updates)),
    ...leadSentence('restores', countedAll(plan.restores)),
    ...leadSentence('same', countedAll(plan.unchanged)),
  ];
}

function sumCounts(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [kind, count] of counts.flatMap(Object.entries<number>)) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
}

/** The outcome of each sheet; the shown one comes first. */
export const outcomesOf = (preview: SheetPreview): readonly SheetOutcome[] => [preview, ...preview.others];

export const sumOverSheets = (preview: SheetPreview, countOf: (outcome: SheetOutcome) => number): number =>
  outcomesOf(preview).reduce((sum, outcome) => sum + countOf(outcome), 0);

/** The effects of importing a table with its chosen sheets, a sentence each. */
export function leadSentences(preview: SheetPreview): string[] {
  const { others, updates, changed_fields, problems } = preview;
  const countsText = (figure: 'creates' | 'updates' | 'restores' | 'unchanged'): string =>
    countedAll(sumCounts(outcomesOf(preview).map((outcome) => ({ [outcome.type]: outcome[figure] }))));
  const emptyFields = emptyFieldCounts(problems);
  const changes = changed_fields
    .slice(0, maxChangedFields)
    .map(({ field, count }) => [field, count] as const);
  const undecided = sumOverSheets(preview, ({ matched }) => matched.undecided);
  const skipped = sumOverSheets(preview, (outcome) => outcome.skipped);
  const sentences = [
    ...leadSentence('adds', countsText('creates')),
    ...referencedSentence(preview),
    ...(updates > 0 && changes.length > 0 && others.length === 0
      ? [say('sheets:lead.changes', { what: countsText('updates'), fields: fieldsInRows(changes) })]
      : leadSentence('updates', countsText('updates'))),
    ...leadSentence('restores', countsText('restores')),
    ...leadSentence('same', countsText('unchanged')),
    ...(undecided > 0 ? [say('sheets:lead.undecided', { count: undecided })] : []),
    ...(skipped > 0 ? [say('sheets:lead.skipped', { count: skipped })] : []),
    ...(emptyFields.size > 0 ? [say('sheets:lead.empty', { what: fieldsInRows(emptyFields) })] : []),
  ];
  return sentences.length > 0 ? sentences : [say('transfer:decide.none')];
}

/** Fields left empty because their cells were not understood, with the number of imported rows. */
export function emptyFieldCounts(problems: readonly SheetProblem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { action, field, came } of problems) {
    if (action === 'empty' && field !== null && field !== 'id' && came > 0)
      counts.set(field, (counts.get(field) ?? 0) + came);
  }
  return counts;
}

/** Fields with their numbers of rows: "“University” in 25 rows and “Size” in 1 row". */
export function fieldsInRows(fields: Iterable<readonly [string, number]>): string {
  return joinWithAnd(
    [...fields].map(([field, count]) => say('sheets:lead.inRows', { field: fieldName(field), count })),
  );
}

function referencedSentence(preview: SheetPreview): string[] {
  const count = sumOverSheets(preview, ({ along_count }) => along_count);
  if (count === 0) return [];
  const referenced = outcomesOf(preview).flatMap((outcome) => outcome.along);
  const names = referenced.slice(0, maxReferenced).map(({ title }) => title);
  const namesText = count > names.length ? `${names.join(', ')} …` : joinWithAnd(names);
  const counts = sumCounts(referenced.map(({ type }) => ({ [type]: 1 })));
  const recordsText = count > referenced.length ? say('common:count', { count }) : countedAll(counts);
  // An ellipsis at the end of the sentence replaces the full stop.
  return [say('sheets:lead.along', { what: recordsText, names: namesText }).replace(/…\.$/, '…')];
}

export const writtenCounts = ({
  created,
  updated,
  restored,
}: Pick<ImportResult, 'created' | 'updated' | 'restored'>): Record<string, number> =>
  sumCounts([created, updated, restored]);

/** A value as the field shows it; `customKind` is the kind of a custom field, if known. */
export function shownValue(
  type: SheetType,
  field: string,
  value: Json | undefined,
  titles: Readonly<Record<string, string>>,
  customKind?: 'date',
): string {
  const fieldInfo = fieldOf(type, field);
  if (value === undefined || value === null) return '';
  if (fieldInfo?.kind === 'reference' && typeof value === 'string') return titles[value] ?? value;
  if (fieldInfo?.kind === 'references')
    return referencedIds(value)
      .map((id) => titles[id] ?? id)
      .join(', ');
  return fieldInfo ? valueText(value, fieldInfo) : customValueText(value, customKind);
}

/** A value, given as JSON that can be cut off: text in the quotation marks of the language. */
export function jsonValueText(json: string): string {
  if (!json.startsWith('"')) return json;
  if (json.endsWith('…')) return quoteName(json.slice(1));
  return quoteName(JSON.parse(json) as string);
}

/** The record and field of a problem in a graph: Link “Optics → Radio”, field “Knowledge lost”. */
export function graphRecordText({ type, name, number, field }: NonNullable<Problem['record']>): string {
  const a = say('transfer:graph.record', {
    type: typeName(type),
    name: name === null ? String(number) : quoteName(name),
  });
  return field === null ? a : say('transfer:graph.field', { record: a, field: fieldName(field) });
}
