import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { SheetProblem, SheetType } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { ownFieldKey } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { fieldWord, leftEmpty } from './words.ts';

/** Something that came in and is still to mend, with the records that it is about. */
export interface LeftLine {
  text: string;
  view: ListView;
  /** With fewer records in that list it is mended; 1 where that is not said. */
  least?: number;
}

/** The list of what the import wrote, and nothing else, with what else it is narrowed to. */
export function writtenList(type: EntityType, since: string, filters: readonly Filter[] = []): ListView {
  return { ...listOf(type), filters: [...filters, { field: 'updated_at', op: 'gte', value: since }] };
}

/** Problems that came in with an import: what is still to mend, and how many values came in that other records here have too. */
export function leftOf(
  problems: readonly SheetProblem[],
  type: SheetType,
  since: string,
): { lines: readonly LeftLine[]; held: number } {
  const came = problems.filter((problem) => problem.came > 0 && problem.field !== null);
  const lines = [
    ...came.filter(isTwice).map((problem) => twice(problem, type, since)),
    ...came.flatMap((problem) => alike(problem, type)),
    ...came
      .filter((problem) => isKept(problem) && !problem.held)
      .map((problem) => ({
        text: keptText(problem),
        view: writtenList(type, since, [keptIn(type, problem)]),
      })),
    ...[...leftEmpty(problems)].map(([field, count]) => ({
      text: say('sheets:done.leftEmpty', { field: fieldWord(field), count }),
      view: writtenList(type, since, [{ field, op: 'empty' }]),
    })),
  ];
  return { lines, held: came.filter((problem) => isKept(problem) && problem.held).length };
}

const isTwice = ({ code, action }: SheetProblem): boolean => code === 'repeated' && action === 'kept';
const isKept = (problem: SheetProblem): boolean =>
  problem.action === 'kept' && !isTwice(problem) && problem.field !== 'name';

/** A row that stood in the file more than once: one record of each. The first of them is no problem by itself. */
function twice({ value, came }: SheetProblem, type: SheetType, since: string): LeftLine {
  return {
    text: say('sheets:done.leftTwice', { value, count: came + 1 }),
    view: writtenList(type, since, [{ field: 'name', op: 'is', value }]),
    least: 2,
  };
}

/** Two names that are nearly the same, each by its record. */
function alike({ code, field, value, suggestions: [other] }: SheetProblem, type: SheetType): LeftLine[] {
  const to = field === null ? undefined : fieldOf(type, field)?.to;
  if (code !== 'reference_alike' || !other || to === undefined || to === 'any') return [];
  return [
    {
      text: say('sheets:done.leftAlike', { value, other: other.label }),
      view: { ...listOf(to), filters: [{ field: 'name', op: 'in', value: [value, other.label] }] },
      least: 2,
    },
  ];
}

function keptText({ code, field, value, came }: SheetProblem): string {
  const values = { value, field: fieldWord(field), count: came };
  return say(code === 'date_order' ? 'sheets:done.leftDates' : 'sheets:done.leftKept', values);
}

/** What finds the records of a value: of days in figures one is told, and the sign between the figures finds all. */
function keptIn(type: SheetType, { code, field, value }: SheetProblem): Filter {
  const key = field ?? '';
  const listed = fieldOf(type, key) ? key : ownFieldKey(key);
  return code === 'date_order'
    ? { field: listed, op: 'contains', value: /[./-]/.exec(value)?.[0] ?? value }
    : { field: listed, op: 'is', value };
}
