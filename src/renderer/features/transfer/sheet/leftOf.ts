import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { LeftMatter } from '#shared/contract/left.ts';
import type { SheetProblem, SheetType } from '#shared/contract/sheets.ts';
import { figuresOf } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { ownFieldKey } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { fieldWord, leftEmpty } from './words.ts';

/** Something that came in and is still to mend, with the records that it is about. */
export interface LeftLine {
  text: string;
  view: ListView;
  /** What says whether it is mended. */
  matter: LeftMatter;
}

/** The list of what the import wrote, and nothing else, with what else it is narrowed to. */
export function writtenList(type: EntityType, since: string, filters: readonly Filter[] = []): ListView {
  return { ...listOf(type), filters: [...filters, { field: 'updated_at', op: 'gte', value: since }] };
}

/**
 * Problems that came in with an import: what is still to mend, and how many values came in that other records here have too. `headings`
 * are those of the table's columns.
 */
export function leftOf(
  problems: readonly SheetProblem[],
  type: SheetType,
  since: string,
  headings: readonly string[],
): { lines: readonly LeftLine[]; held: number } {
  const came = problems.filter((problem) => problem.came > 0 && problem.field !== null);
  const lines = [
    ...came.filter(isTwice).map((problem) => twice(problem, type, since)),
    ...came.flatMap((problem) => alike(problem, type)),
    ...came.filter(isLost).map((problem) => lost(problem, type, since)),
    ...came
      .filter((problem) => isKept(problem) && !problem.held)
      .map((problem) => ({
        text: keptText(problem),
        view: writtenList(type, since, [filterOf(keptIn(type, problem))]),
        matter: keptIn(type, problem),
      })),
    ...[...leftEmpty(problems)].map(([field, count]): LeftLine => ({
      text: say('sheets:done.leftEmpty', { field: fieldWord(field), count }),
      view: writtenList(type, since, [{ field, op: 'empty' }]),
      matter: { kind: 'empty', type, field, heading: headingOf(problems, field, headings) },
    })),
  ];
  return { lines, held: came.filter((problem) => isKept(problem) && problem.held).length };
}

const isTwice = ({ code, action }: SheetProblem): boolean => code === 'repeated' && action === 'kept';
const isKept = (problem: SheetProblem): boolean =>
  problem.action === 'kept' &&
  problem.code !== 'lost_letters' &&
  problem.code !== 'unlikely_number' &&
  !isTwice(problem) &&
  problem.field !== 'name';

/** Letters lost in a text that a list finds: what is longer is seen in it. */
const isLost = ({ code, value }: SheetProblem): boolean =>
  code === 'lost_letters' && value.length <= 200 && !value.includes('\n');

/** A text that came without some of its letters; of a name that came along, the record of that name. */
function lost(problem: SheetProblem, type: SheetType, since: string): LeftLine {
  const to = fieldOf(type, problem.field ?? '')?.to;
  const kept =
    to === undefined || to === 'any'
      ? keptIn(type, problem)
      : ({ kind: 'kept', type: to, field: 'name', value: problem.value } as const);
  return {
    text: say('sheets:done.leftLost', { value: problem.value }),
    view: writtenList(kept.type, since, [filterOf(kept)]),
    matter: kept,
  };
}

/** A row that stood in the file more than once: one record of each. The first of them is no problem by itself. */
function twice({ value, came }: SheetProblem, type: SheetType, since: string): LeftLine {
  return {
    text: say('sheets:done.leftTwice', { value, count: came + 1 }),
    view: writtenList(type, since, [{ field: 'name', op: 'is', value }]),
    matter: { kind: 'twice', type, name: value },
  };
}

/** Two names that are nearly the same, each by its record. */
function alike({ code, field, value, suggestions: [other] }: SheetProblem, type: SheetType): LeftLine[] {
  const to = field === null ? undefined : fieldOf(type, field)?.to;
  if (code !== 'reference_alike' || !other || to === undefined || to === 'any') return [];
  // One that is here is told with its university behind it.
  const here = other.rows === undefined;
  const called = here ? other.label.replace(/ \([^()]*\)$/, '') : other.label;
  const names = [...new Set([value, other.label, called])];
  return [
    {
      text: say('sheets:done.leftAlike', { value, other: other.label }),
      view: { ...listOf(to), filters: [{ field: 'name', op: 'in', value: names }] },
      matter: { kind: 'alike', type: to, name: value, other: other.value, here },
    },
  ];
}

/** The heading of the column that a field's values came from. */
function headingOf(problems: readonly SheetProblem[], field: string, headings: readonly string[]): string {
  const one = problems.find((problem) => problem.field === field && problem.action === 'empty');
  return headings[one?.column ?? -1] ?? field;
}

function keptText({ code, field, value, came }: SheetProblem): string {
  const values = { value, field: fieldWord(field), count: came };
  return say(code === 'date_order' ? 'sheets:done.leftDates' : 'sheets:done.leftKept', values);
}

type Kept = Extract<LeftMatter, { kind: 'kept' | 'days' }>;

/** What tells the records of a value: of days in figures one is told, and the sign between the figures finds all. */
function keptIn(type: SheetType, { code, field, value }: SheetProblem): Kept {
  const key = field ?? '';
  const listed = fieldOf(type, key) ? key : ownFieldKey(key);
  const sign = code === 'date_order' ? figuresOf(value)?.sign : undefined;
  return sign === undefined
    ? { kind: 'kept', type, field: listed, value }
    : { kind: 'days', type, field: listed, sign };
}

function filterOf(kept: Kept): Filter {
  const { field } = kept;
  return kept.kind === 'days'
    ? { field, op: 'contains', value: kept.sign }
    : { field, op: 'is', value: kept.value };
}
