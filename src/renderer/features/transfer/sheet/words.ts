import type { SheetChoices, SheetPreview, SheetProblem, SheetType } from '#shared/contract/sheets.ts';
import { readDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { i18n, say } from '../../../i18n/setup.ts';
import { dayShown } from '../../../text/formats.ts';
import { choiceName, counted, countedAll, fieldName, inSentence, joined } from '../../../text/names.ts';
import { valueText } from '../../../text/values.ts';
import { ownText } from '../../records/custom-fields.ts';

/** How much of a problem there is to decide. */
export type Weight =
  /** To look at. */
  | 'decide'
  /** A name that comes along as a new record. */
  | 'along'
  /** Read as what it most likely means. */
  | 'minor'
  /** The workspace says so already: somebody kept it on purpose. */
  | 'known';

/** Where a problem stands among the others. */
export function weightOf({ action, code, came, held }: SheetProblem): Weight {
  if (code === 'reference_alike' || code === 'id_over_name') return 'decide';
  if (code === 'lost_letters') return came === 0 ? 'known' : 'decide';
  if (action === 'created') return 'along';
  if (action === 'converted') return 'minor';
  if (action === 'skipped' || code === 'date_order') return 'decide';
  return held || came === 0 ? 'known' : 'decide';
}

/** Words of the catalogue under a key made at run time, or undefined. */
function lookUp(key: string, values: object = {}): string | undefined {
  return i18n.exists(key) ? (say as (key: string, values: object) => string)(key, values) : undefined;
}

/** A sentence about what a field is, '' where there is none. */
export function aboutField(key: string): string {
  return lookUp(`sheets:about.${key}`) ?? '';
}

/** A field within a sentence: "discipline". */
export function fieldWord(key: string | null): string {
  if (key === null) return '';
  const name = fieldName(key);
  // A column that is kept is called as the file calls it.
  return name === key ? key : inSentence(name);
}

/** What a value is read as, as the field shows it. */
function becomesText({ code, field, becomes }: SheetProblem, type: SheetType): string {
  if (code === 'date_read' && typeof becomes === 'string') return dayShown(becomes);
  const info = field === null ? undefined : fieldOf(type, field);
  return info ? valueText(becomes, info) : ownText(becomes);
}

/** What is wrong, as a sentence. */
export function problemText(problem: SheetProblem, type: SheetType): string {
  if (problem.code === 'reference_alike') return alikeText(problem);
  const { code, field, value, becomes, suggestions } = problem;
  if (code === 'date_read') {
    const order = readDay(value)?.day_first === becomes ? 'day_first' : 'month_first';
    const said = { value, field: fieldWord(field), day: becomesText(problem, type) };
    return say(`sheets:problem.date_read_${order}`, said);
  }
  const shown = value.length > 80 ? `${value.slice(0, 77)}…` : value;
  if (code === 'lost_letters' && suggestions.length > 0)
    return say('sheets:problem.garbled', { value: shown });
  const said = {
    value: shown,
    field: fieldWord(field),
    becomes:
      code === 'loss_bond' && typeof becomes === 'string' ? choiceName(becomes) : becomesText(problem, type),
  };
  if (code === 'unlikely_number' && becomes !== null) return say('sheets:problem.unlikely_reading', said);
  return say(`sheets:problem.${code}`, said);
}

/** Which two names are nearly the same, and how many rows say each. */
function alikeText({ value, count, suggestions: [other] }: SheetProblem): string {
  return say('sheets:problem.reference_alike', {
    value,
    rows: say('sheets:mend.rows', { count }),
    other: other?.label ?? '',
    others: say('sheets:mend.rows', { count: other?.rows ?? 0 }),
  });
}

/** So many readings are named. */
const namedReadings = 3;

/** What values are read as, the first of them: "“active” → established". */
export function readingsText(problems: readonly SheetProblem[], type: SheetType): string {
  const read = problems.filter(
    ({ code, becomes }) => (code === 'converted' || code === 'date_read') && becomes !== null,
  );
  const shown = read
    .slice(0, namedReadings)
    .map((problem) =>
      say('sheets:mend.reading', { value: problem.value, becomes: becomesText(problem, type) }),
    );
  return [...shown, ...(read.length > namedReadings ? ['…'] : [])].join(' · ');
}

/** So many lines are named. */
const named = 6;

/** "3, 7 and 9", or the first of many: "3, 7, 9, 12, 15, 18 and 2 more". */
function linesText(lines: readonly number[], count: number): string {
  const shown = lines.slice(0, named);
  return count > named
    ? say('sheets:mend.more', { lines: shown.join(', '), count: count - shown.length })
    : joined(shown.map(String));
}

/** Where it is: "Column “Major”, line 10 (Radio)", "Column “Major”, 2 rows: lines 10 and 11"; and where what it is like or the same as stands. */
export function whereText(
  { column, count, lines, called, first, suggestions: [other] }: SheetProblem,
  names: readonly string[],
): string {
  const all = count === 1 && called !== undefined ? `${lines[0]} (${called})` : linesText(lines, count);
  const where =
    column === null
      ? say('sheets:mend.whereRow', { count, lines: all })
      : say('sheets:mend.where', { count, lines: all, column: names[column] ?? '' });
  if (first !== undefined) return say('sheets:mend.whereFirst', { where, line: first });
  if (other?.lines === undefined) return where;
  const { label, rows = other.lines.length } = other;
  return say('sheets:mend.whereOther', {
    where,
    other: label,
    count: rows,
    lines: linesText(other.lines, rows),
  });
}

function sentence(key: 'adds' | 'updates' | 'restores' | 'same', type: SheetType, count: number): string[] {
  return count === 0 ? [] : [say(`sheets:lead.${key}`, { what: counted(type, count) })];
}

/** In plain words what an import would do, a sentence each. */
export function leadSentences(preview: SheetPreview, { type }: Pick<SheetChoices, 'type'>): string[] {
  const { creates, restores, unchanged, skipped, matched } = preview;
  const sentences = [
    ...sentence('adds', type, creates),
    ...alongSentence(preview),
    ...updatesSentence(preview, type),
    ...sentence('restores', type, restores),
    ...sentence('same', type, unchanged),
    ...(matched.undecided > 0 ? [say('sheets:lead.undecided', { count: matched.undecided })] : []),
    ...(skipped > 0 ? [say('sheets:lead.skipped', { count: skipped })] : []),
    ...emptySentence(preview),
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

function emptySentence({ problems }: SheetPreview): string[] {
  const left = leftEmpty(problems);
  return left.size === 0 ? [] : [say('sheets:lead.empty', { what: fieldsInRows(left) })];
}

function updatesSentence({ updates, changed_fields }: SheetPreview, type: SheetType): string[] {
  if (updates === 0 || changed_fields.length === 0) return sentence('updates', type, updates);
  const fields = changed_fields.map(({ field, count }) => [field, count] as const);
  const shown = fieldsInRows(fields.slice(0, 8));
  const what = counted(type, updates);
  return [
    say(fields.length > 8 ? 'sheets:lead.changesMore' : 'sheets:lead.changes', { what, fields: shown }),
  ];
}

function alongSentence({ along, along_count }: SheetPreview): string[] {
  if (along_count === 0) return [];
  const counts: Record<string, number> = {};
  for (const { type } of along) counts[type] = (counts[type] ?? 0) + 1;
  const names = along.slice(0, 5).map(({ title }) => title);
  const rest = along_count - names.length;
  const shown =
    rest > 0 ? say('sheets:lead.alongMore', { names: names.join(', '), count: rest }) : joined(names);
  const what = along_count > along.length ? say('audit:records', { count: along_count }) : countedAll(counts);
  return [say('sheets:lead.along', { count: along_count, what, names: shown })];
}

/** How many records the import would write. */
export function writesOf({ creates, updates, restores, along_count, others }: SheetPreview): number {
  return others.reduce((sum, { writes }) => sum + writes, creates + updates + restores + along_count);
}

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
