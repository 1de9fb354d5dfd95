import { sheetChoices } from '#shared/contract/sheets.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { ColumnTarget, SheetType } from '#shared/contract/sheets.ts';
import { planSheet } from '#core/import/table/plan.ts';
import type { SheetPlan, SheetSources } from '#core/import/table/plan.ts';
import type { Table } from '#core/import/table/read/table.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { runSync } from '#core/kernel/progress.ts';
import type { Verdict } from './verdict.ts';
import type { Labelled } from './labelled.ts';

/** A workspace without records. */
const sources: SheetSources = {
  db: {
    get build(): never {
      throw new Error('an import builds no query');
    },
    all: () => [],
    get: () => undefined,
    column: () => [],
    iterate: () => [][Symbol.iterator](),
    rows: () => [],
    first: () => undefined,
  },
  columns: {
    *findCustomFields() {
      yield 0;
      return [];
    },
  },
  lookup: () => undefined,
  ids: createIds(systemClock, systemRandom),
};

const unitNames: Readonly<Record<string, string>> = { '%': 'percent', '/': 'fraction' };

/** Reads the rows with the guessed columns, and judges the units of shares and the rows that are no records. */
export function judgeRows(
  one: Labelled,
  table: Table,
  type: SheetType,
  columns: readonly ColumnTarget[],
): Verdict[] {
  const plan = runSync(
    planSheet(table, sheetChoices.parse({ type, columns, missing_ends: 'team' }), sources),
  );
  return [...unitVerdicts(one, plan), ...oddRowVerdicts(one, table, plan), ...nameVerdicts(one, plan)];
}

/** Judges the names of the records, where they are labelled. A choice to turn them is offered if the order is doubtful. */
function nameVerdicts({ name, names }: Labelled, { rowRecords, nameOrder }: SheetPlan): Verdict[] {
  if (names.length === 0) return [];
  const read = rowRecords.map(({ type, payload }) => titleOf(type, payload)).join('; ');
  const isRight = read === names.join('; ');
  const outcome = isRight ? 'right' : nameOrder === null ? 'wrong' : 'asked';
  return [{ table: name, role: 'names of people', outcome, why: `${read} instead of ${names.join('; ')}` }];
}

function unitVerdicts({ name, columns }: Labelled, { shareUnits, problems }: SheetPlan): Verdict[] {
  return [...columns].flatMap(([heading, [meaning = '']]): Verdict[] => {
    const unit = unitNames[meaning.at(-1) ?? ''];
    const field = meaning.slice(0, -1);
    const read = shareUnits.get(field);
    if (unit === undefined || read === undefined) return [];
    const isSaid = problems
      .list()
      .some((problem) => problem.code === 'share_fraction' && problem.field === field);
    return [
      {
        table: name,
        role: 'unit',
        outcome: read.unit === unit ? 'right' : isSaid ? 'said' : 'wrong',
        why: `${heading}: ${read.unit} instead of ${unit}`,
      },
    ];
  });
}

/** A labelled row that becomes no record is right, also if it is above the headings. Other rows that are left out as odd are said. */
function oddRowVerdicts({ name, odd, text }: Labelled, table: Table, { problems }: SheetPlan): Verdict[] {
  const rowLines = new Set(table.rows.map(({ line }) => line));
  const verdict = (line: number, outcome: Verdict['outcome'], why: string): Verdict => ({
    table: name,
    role: 'odd row',
    outcome,
    why: `line ${line} (${text.split('\n')[line - 1] ?? ''}) ${why}`,
  });
  const found = problems.list();
  const oddVerdicts = odd.map((line) => {
    const own = found.filter(({ lines }) => lines.includes(line));
    const oddity = own.find(({ code }) => code === 'total_row' || code === 'section_row');
    if (!rowLines.has(line) || oddity?.action === 'skipped') return verdict(line, 'right', 'is left out');
    if (oddity) return verdict(line, 'asked', 'is a record, with a question');
    const skipped = own.find(({ action }) => action === 'skipped');
    return verdict(
      line,
      skipped ? 'said' : 'wrong',
      skipped ? `is left out as ${skipped.code}` : 'is a record',
    );
  });
  const falseVerdicts = found
    .filter(({ code, action }) => (code === 'total_row' || code === 'section_row') && action === 'skipped')
    .flatMap(({ lines }) => lines.filter((line) => !odd.includes(line)))
    .map((line) => verdict(line, 'said', 'is a record, but left out'));
  return [...oddVerdicts, ...falseVerdicts];
}
