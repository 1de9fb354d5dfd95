import type { ColumnTarget, SheetType } from '#shared/contract/sheets.ts';
import { readCsv, findDelimiter } from '#core/import/table/read/csv.ts';
import { guessColumns } from '#core/import/table/columns/guess.ts';
import { findRowTypes, typeHintOf } from '#core/import/table/columns/row-types.ts';
import { toTable } from '#core/import/table/read/table.ts';
import { runSync } from '#core/kernel/progress.ts';
import { sheetTypes } from '#shared/contract/sheets.ts';
import { judgeRows } from './judge-rows.ts';
import type { Labelled } from './labelled.ts';
import type { Outcome, Verdict } from './verdict.ts';

const partNames: Readonly<Record<string, string>> = { first: 'given', last: 'family' };

function meaningOf(target: ColumnTarget): string {
  if (target.to === 'field') return target.field;
  if (target.to === 'rest_of') return `rest_of_${target.field}`;
  if (target.to === 'name_part') return partNames[target.part] ?? target.part;
  return target.to === 'university_of' ? `university_of_${target.field}` : target.to;
}

/** Units are judged with the rows: "loss%" and "loss/" are the same field. */
const withoutUnit = (meaning: string): string => meaning.replace(/[%/]$/, '');

const guessesOf = (one: Labelled) => {
  const table = toTable(runSync(readCsv(one.text, findDelimiter(one.text))), null);
  return { table, ...guessColumns(table, typeHintOf(one.file, '')) };
};

/** The number of questions that a person has to answer before an import. */
export function countQuestions(one: Labelled): number {
  const { type, doubts } = guessesOf(one);
  const isNameAsked = doubts.names[type] !== undefined;
  return (doubts.types === null ? (doubts.roles[type]?.length ?? 0) : 1) + (isNameAsked ? 1 : 0);
}

/** Reads a table and compares the reading with the label: the type of its rows, each labelled column, units and odd rows. */
export function judge(one: Labelled): Verdict[] {
  const { table, type, byType, doubts } = guessesOf(one);
  const rowTypes = findRowTypes(table);
  const read = rowTypes ? rowTypes.counts.map(([counted]) => counted) : [type];
  const verdicts: Verdict[] = [typeVerdict(one, read, doubts.types)];
  const [labelledType] = 'rows' in one.type ? one.type.rows : [];
  const judgedType = sheetTypes.find((known) => known === labelledType) ?? type;
  for (const [heading, meanings] of one.columns) {
    const column = table.columns.indexOf(heading);
    const target = byType[judgedType][column];
    const isType = rowTypes?.column === column;
    const got = target === undefined ? 'not read' : meaningOf(target);
    // The column of types can also be a field, if its words say more than the type.
    const isRight = meanings.map(withoutUnit).includes(got) || (isType && meanings.includes('type'));
    const isSaid = target?.to === 'ignore' && target.why !== undefined;
    // Without headings every column is shown with the question about the names.
    const isAsked =
      doubts.names[judgedType] === column ||
      (meanings.includes('name') && doubts.names[judgedType] !== undefined) ||
      (table.headerLine === 0 && (doubts.types !== null || doubts.names[judgedType] !== undefined)) ||
      // A question about links with further ends shows the columns that hold them.
      (doubts.types?.length === 1 && got === 'own') ||
      doubts.roles[judgedType]?.some(({ columns }) => columns.includes(column));
    verdicts.push({
      table: one.name,
      role: withoutUnit(meanings[0] ?? ''),
      outcome: isRight ? 'right' : isAsked ? 'asked' : isSaid ? 'said' : 'wrong',
      why: `${heading}: ${got} instead of ${meanings.join(' or ')}`,
    });
  }
  if (!('refused' in one.type)) verdicts.push(...judgeRows(one, table, judgedType, byType[judgedType]));
  return verdicts;
}

function typeVerdict(
  { name, type }: Labelled,
  read: readonly SheetType[],
  asked: readonly SheetType[] | null,
): Verdict {
  const verdict = (outcome: Outcome, wanted: string): Verdict => ({
    table: name,
    role: 'type of the rows',
    outcome,
    why: `${read.join(', ')}${asked === null ? '' : ` (asks: ${asked.join(', ') || 'any'})`} instead of ${wanted}`,
  });
  if ('refused' in type)
    return verdict(asked?.length === 0 ? 'right' : asked === null ? 'wrong' : 'asked', 'none');
  if ('asks' in type)
    return verdict(asked === null ? 'wrong' : 'right', `a question: ${type.asks.join(', ')}`);
  const isRight = type.rows[0] === 'by row' ? read.length > 1 : read.some((one) => type.rows.includes(one));
  const isOffered = asked !== null && (asked.length === 0 || asked.some((one) => type.rows.includes(one)));
  if (asked === null) return verdict(isRight ? 'right' : 'wrong', type.rows.join(', '));
  return verdict(isOffered ? 'asked' : 'wrong', type.rows.join(', '));
}
