import type {
  ColumnTarget,
  SheetChoices,
  SheetPreview,
  SheetProblem,
  SheetView,
} from '#shared/contract/sheets.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { amount, countOf } from '../words.ts';
import { writtenLine } from './import.ts';
import { oneLine } from './table.ts';

/** How many problems a person is shown. */
const shown = 20;

type Chosen = Pick<SheetChoices, 'type' | 'columns'>;

const said: Readonly<Record<SheetProblem['code'], string>> = {
  unknown_choice: 'is on no list that FRAMES knows',
  not_a_number: 'is not a number',
  out_of_range: 'is outside of what is possible',
  unlikely_number: 'is possible, and seldom meant',
  not_yes_or_no: 'is neither yes nor no',
  too_long: 'is too long',
  cell_error: 'is a formula that failed',
  converted: 'is converted',
  reference_missing: 'is not here',
  reference_ambiguous: 'is the name of several records',
  reference_created: 'is made along',
  reference_alike: 'is made along, and nearly the same as another name',
  lost_letters: 'seems to have lost letters before it came here',
  name_over_id: 'is the name of another record than the id beside it: the name counts',
  id_over_name: 'is not what the record of the id beside it is called: the id counts',
  name_missing: 'the row has no name',
  end_missing: 'the row does not say both ends',
  end_unknown: 'is no record that a link could join',
  end_ambiguous: 'is the name of several records that a link could join',
  loss_fraction: 'is read as a fraction: losses are multiplied by 100',
  loss_bond: 'does not fit the bond of the link',
  total_row: 'looks like the total of the other rows',
  same_ends: 'both ends are one record',
  bad_id: 'cannot be an id',
  id_taken: 'is the id of a record of another kind',
  repeated: 'stands in the table more than once',
  match_ambiguous: 'is the name of several records here',
  date_order: 'is a date, but which figure is the day is not said',
  date_read: 'and what is written so is read as dates',
  not_a_date: 'is no date, as the others of its column are',
};

const done: Readonly<Record<SheetProblem['action'], string>> = {
  kept: 'kept as it is',
  empty: 'left empty',
  skipped: 'row left out',
  converted: 'converted',
  created: 'made',
};

function problemLine(
  { code, column, value, count, lines, action, suggestions }: SheetProblem,
  view: SheetView,
): string {
  const where = count === 1 ? `line ${lines[0]}` : `${count} rows from line ${lines[0]} on`;
  const name = column === null ? '' : `, "${view.columns[column]?.name ?? ''}"`;
  const what = value === '' ? said[code] : `${JSON.stringify(value)} ${said[code]}`;
  const which =
    code === 'end_ambiguous' ? `: ${suggestions.map(({ label }) => JSON.stringify(label)).join(' or ')}` : '';
  return oneLine(`    ${where}${name}: ${what}${which} (${done[action]})`);
}

function problemLines(preview: SheetPreview, view: SheetView): string[] {
  if (preview.problem_count === 0) return ['  No problems.'];
  const listed = preview.problems.slice(0, shown).map((problem) => problemLine(problem, view));
  const more = preview.problem_count - listed.length;
  return [
    `  ${amount(preview.problem_count, 'problem')}:`,
    ...listed,
    ...(more > 0 ? [`    … and ${more.toLocaleString('en-US')} more`] : []),
  ];
}

function columnLines(view: SheetView, { columns }: Chosen): string[] {
  return view.columns.map(({ name }, index) => {
    return oneLine(`    ${name}: ${becomes(columns[index] ?? { to: 'ignore' })}`);
  });
}

function becomes(target: ColumnTarget): string {
  if (target.to === 'field') return target.field;
  if (target.to === 'id_of') return `ids of ${target.field}`;
  if (target.to === 'own') return 'kept under its name';
  if (target.to === 'id') return 'id';
  if (target.to === 'name_part') return `${target.part} name`;
  if (target.to === 'university_of')
    return `university of ${target.field === 'both' ? 'from and to' : target.field}`;
  if (target.why === 'times') return 'left out: FRAMES keeps its own times';
  return target.why === 'computed' ? 'left out: FRAMES computes it' : 'left out';
}

/** Which sheets a workbook has, and what those that were chosen besides bring. */
function sheetLines({ sheets, sheet }: SheetView, { others }: SheetPreview): string[] {
  if (sheets.length < 2) return [];
  const names = sheets.map((name) => JSON.stringify(name)).join(', ');
  return [
    `  Sheet ${JSON.stringify(sheets[sheet])} of ${names} (--sheet chooses).`,
    ...others.map(
      ({ sheet: index, type, rows, writes, skipped }) =>
        `  Sheet ${JSON.stringify(sheets[index])}: ${countOf(rows, type)}, ${writes} written, ${skipped} left out.`,
    ),
  ];
}

/** What a dry run of a table says. */
export function tablePlanLines(view: SheetView, chosen: Chosen, preview: SheetPreview): string[] {
  const { creates, updates, restores, unchanged, skipped, matched, along_count } = preview;
  const counts = [
    ['new', creates],
    ['changed', updates],
    ['restored', restores],
    ['as they are', unchanged],
    ['left out', skipped],
    ['waiting for --matching', matched.undecided],
    ['made along', along_count],
  ] as const;
  return [
    `${view.name} has ${countOf(preview.rows, chosen.type)}, and its columns become:`,
    ...columnLines(view, chosen),
    ...sheetLines(view, preview),
    ...counts
      .filter(([, count]) => count > 0)
      .map(([word, count]) => `  ${word}: ${count.toLocaleString('en-US')}`),
    ...problemLines(preview, view),
    'Nothing was changed.',
  ];
}

/** What importing a table says. */
export function importedTableLines(
  view: SheetView,
  chosen: Chosen,
  preview: SheetPreview,
  result: ImportResult & { skipped: number },
): string[] {
  return [
    writtenLine(result),
    '  Columns:',
    ...columnLines(view, chosen),
    ...sheetLines(view, preview),
    ...(result.skipped > 0 ? [`  Left out: ${amount(result.skipped, 'row')}.`] : []),
    ...problemLines(preview, view),
    ...(result.backup === null ? [] : [`A copy of the workspace as it was is in backups/${result.backup}.`]),
  ];
}
