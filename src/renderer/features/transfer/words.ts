import type { SheetOutcome, SheetPreview, SheetProblem, SheetType } from '#shared/contract/sheets.ts';
import type { ImportPlan, ImportResult } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../i18n/setup.ts';
import { dayShown } from '../../text/formats.ts';
import { choiceName, countedAll, fieldName, inSentence, joined, typeName } from '../../text/names.ts';
import { valueText } from '../../text/values.ts';
import { ownText } from '../records/custom-fields.ts';

/** A field within a sentence: "discipline". */
export function fieldWord(key: string | null): string {
  if (key === null) return '';
  const name = fieldName(key);
  // A column that is kept is called as the file calls it.
  return name === key ? key : inSentence(name);
}

function becomesText({ code, field, becomes }: SheetProblem, type: SheetType): string {
  if (code === 'date_read' && typeof becomes === 'string') return dayShown(becomes);
  if (code === 'loss_bond' && typeof becomes === 'string') return choiceName(becomes);
  if (code === 'unknown_type' && typeof becomes === 'string') return inSentence(typeName(becomes));
  const info = field === null ? undefined : fieldOf(type, field);
  return info ? valueText(becomes, info) : ownText(becomes);
}

/** What the file says, where that may be long. */
export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text);

/** What is wrong, as a sentence. */
export function problemText(problem: SheetProblem, type: SheetType): string {
  const { code, field, value, suggestions } = problem;
  return say(`sheets:problem.${code}`, {
    value: shortened(value),
    field: fieldWord(field),
    becomes: becomesText(problem, type),
    other: suggestions[0]?.label ?? '',
  });
}

const named = 6;

/** Where it is: "Column “Major”, 2 rows: 10 and 11". */
export function whereText({ column, count, lines }: SheetProblem, names: readonly string[]): string {
  const shown = lines.slice(0, named).map(String);
  const all = count > named ? `${shown.join(', ')} …` : joined(shown);
  const where = say('sheets:mend.lines', { count, lines: all });
  return column === null ? where : `${say('sheets:mend.column', { column: names[column] ?? '' })}, ${where}`;
}

const sentence = (key: 'adds' | 'updates' | 'restores' | 'same', what: string): string[] =>
  what === '' ? [] : [say(`sheets:lead.${key}`, { what })];

/** In plain words what importing a file of FRAMES would do, a sentence each. */
export function planSentences(plan: ImportPlan): string[] {
  if (sumOf(plan.counts) === 0) return [say('sheets:lead.nothing')];
  return [
    ...(plan.graph ? [say('transfer:preview.graph', plan.graph)] : []),
    ...sentence('adds', countedAll(plan.creates)),
    ...sentence('updates', countedAll(plan.updates)),
    ...sentence('restores', countedAll(plan.restores)),
    ...sentence('same', countedAll(plan.unchanged)),
  ];
}

function sumsOf(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [kind, count] of all.flatMap(Object.entries<number>)) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
}

/** What importing the sheets would do, in figures: the one that is looked at comes first. */
export const outcomesOf = (preview: SheetPreview): readonly SheetOutcome[] => [preview, ...preview.others];

/** So many of something there are in all the sheets. */
export const inAll = (preview: SheetPreview, figure: (one: SheetOutcome) => number): number =>
  outcomesOf(preview).reduce((sum, one) => sum + figure(one), 0);

/** In plain words what importing a table would do, with all its sheets that were chosen, a sentence each. */
export function leadSentences(preview: SheetPreview): string[] {
  const { others, updates, changed_fields, problems } = preview;
  const what = (figure: 'creates' | 'updates' | 'restores' | 'unchanged'): string =>
    countedAll(sumsOf(outcomesOf(preview).map((one) => ({ [one.type]: one[figure] }))));
  const left = leftEmpty(problems);
  const changes = changed_fields.slice(0, 8).map(({ field, count }) => [field, count] as const);
  const undecided = inAll(preview, ({ matched }) => matched.undecided);
  const skipped = inAll(preview, (one) => one.skipped);
  const sentences = [
    ...sentence('adds', what('creates')),
    ...alongSentence(preview),
    ...(updates > 0 && changes.length > 0 && others.length === 0
      ? [say('sheets:lead.changes', { what: what('updates'), fields: fieldsInRows(changes) })]
      : sentence('updates', what('updates'))),
    ...sentence('restores', what('restores')),
    ...sentence('same', what('unchanged')),
    ...(undecided > 0 ? [say('sheets:lead.undecided', { count: undecided })] : []),
    ...(skipped > 0 ? [say('sheets:lead.skipped', { count: skipped })] : []),
    ...(left.size > 0 ? [say('sheets:lead.empty', { what: fieldsInRows(left) })] : []),
  ];
  return sentences.length > 0 ? sentences : [say('sheets:lead.nothing')];
}

/** Fields that stay empty because what stands in their cells was not understood, with in how many rows that come in each. */
export function leftEmpty(problems: readonly SheetProblem[]): ReadonlyMap<string, number> {
  const left = new Map<string, number>();
  for (const { action, field, came } of problems) {
    if (action === 'empty' && field !== null && field !== 'id' && came > 0)
      left.set(field, (left.get(field) ?? 0) + came);
  }
  return left;
}

/** "university in 25 rows and size in 1 row" */
export function fieldsInRows(fields: Iterable<readonly [string, number]>): string {
  return joined(
    [...fields].map(([field, count]) => say('sheets:lead.inRows', { field: fieldWord(field), count })),
  );
}

function alongSentence(preview: SheetPreview): string[] {
  const count = inAll(preview, ({ along_count }) => along_count);
  if (count === 0) return [];
  const along = outcomesOf(preview).flatMap((one) => one.along);
  const names = along.slice(0, 5).map(({ title }) => title);
  const shown = count > names.length ? `${names.join(', ')} …` : joined(names);
  const counts = sumsOf(along.map(({ type }) => ({ [type]: 1 })));
  const what = count > along.length ? say('audit:records', { count }) : countedAll(counts);
  // An ellipsis ends the sentence.
  return [say('sheets:lead.along', { count, what, names: shown }).replace(/…\.$/, '…')];
}

/** What an import did by table, whether it made, changed or brought back. */
export const writtenBy = ({
  created,
  updated,
  restored,
}: Pick<ImportResult, 'created' | 'updated' | 'restored'>): Record<string, number> =>
  sumsOf([created, updated, restored]);

/** A value as the field shows it; `own` is the kind of a field of one's own, where the table says it. */
export function shownValue(
  type: SheetType,
  field: string,
  value: Json | undefined,
  titles: Readonly<Record<string, string>>,
  own?: 'date',
): string {
  const info = fieldOf(type, field);
  if (value === undefined || value === null) return '';
  if (info?.kind === 'reference' && typeof value === 'string') return titles[value] ?? value;
  return info ? valueText(value, info) : ownText(value, own);
}
