import { Fault } from '#shared/contract/faults.ts';
import type { SheetChoices, SheetLayout, SheetType } from '#shared/contract/sheets.ts';
import type { ImportReport } from '#shared/contract/import-report.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import type { JobPace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import type { Session } from '../../log/session.ts';
import { Notices, reportOf } from '../notices.ts';
import { runPlans } from '../run.ts';
import { planSheet } from './plan.ts';
import type { SheetPlan } from './plan.ts';
import { parsedTables, readTable } from './read.ts';
import type { ReadTable, SheetInput } from './read.ts';

/** One sheet with the user's choices. */
export interface ChosenSheet {
  layout: SheetLayout;
  choices: SheetChoices;
}

export interface SheetImportRequest extends ChosenSheet {
  input: SheetInput;
  others: readonly ChosenSheet[];
  /** See `wantsBackup`. */
  backup?: boolean | undefined;
  sha256?: string | undefined;
}

/** Types that others refer to come first, in any order of sheets. */
const order: readonly SheetType[] = [
  'university',
  'project',
  'team',
  'faculty',
  'student',
  'outcome',
  'interface',
  'contact',
];

/** The sheets in planning order. */
export function inOrder<T extends { choices: SheetChoices }>(sheets: readonly T[]): T[] {
  return sheets.toSorted((a, b) => order.indexOf(a.choices.type) - order.indexOf(b.choices.type));
}

/** Imports one or several sheets of a file, as `runPlans` does. Throws INVALID if decisions are missing, or no row can be imported. */
export async function runSheetImport(
  services: Services,
  session: Session,
  request: SheetImportRequest,
  pace: JobPace,
): Promise<ImportResult> {
  const { input, others } = request;
  const { ids } = services.source;
  const parsed = parsedTables(services);
  const sheets: (ChosenSheet & { read: ReadTable })[] = [];
  for (const sheet of [request, ...others]) {
    const { layout, choices } = sheet;
    const read = await readTable({ input, layout, own: services.files, parsed }, pace);
    sheets.push({ layout, choices, read });
  }
  const ordered = inOrder(sheets);
  const { read } = sheets[0] as { read: ReadTable };
  const planned: SheetPlan[] = [];
  const { plans, result } = await runPlans<SheetPlan>(
    services,
    session,
    {
      file: read,
      bytes: read.bytes * (read.format === 'xlsx' ? 10 : 1),
      backup: request.backup,
      sha256: request.sha256,
      parts: ordered.map((sheet) => async ({ db }, lookup, run) => {
        const { table } = sheet.read;
        const sources = { db, lookup, ids, columns: services.columns };
        const plan = await run('checking', planSheet(table, sheet.choices, sources), table.rows.length);
        refuseUndecided(plan);
        planned.push(plan);
        if (planned.length === sheets.length) refuseBlocked(planned);
        return plan;
      }),
      label: ({ audit }, made) => {
        const { type } = request.choices;
        audit.label('sheet.import', { source: read.name, type, count: audit.changes, made });
      },
    },
    pace,
  );
  parsed.clear();
  const sum = (count: (plan: SheetPlan) => number): number =>
    plans.reduce((all, plan) => all + count(plan), 0);
  return {
    ...result,
    problems: sum(({ problems }) => problems.size),
    report: reportOfSheets(ordered.map((sheet, at) => ({ ...sheet, plan: plans[at] as SheetPlan }))),
    skipped: sum(({ skipped }) => skipped),
  };
}

/** Reports of the sheets of one import; if there are several, notices name their sheet. */
export function reportOfSheets(sheets: readonly { read: ReadTable; plan: SheetPlan }[]): ImportReport {
  const notices = new Notices();
  const problems: Record<string, number> = {};
  for (const { read, plan } of sheets) {
    const name = sheets.length > 1 ? read.sheets[read.sheet] : undefined;
    notices.addAll([...read.table.notices, ...plan.notices.list()], name);
    for (const [code, count] of Object.entries(plan.problems.counts))
      problems[code] = (problems[code] ?? 0) + count;
  }
  return reportOf(notices, problems);
}

function refuseUndecided({ matched }: SheetPlan): void {
  if (matched.undecided === 0) return;
  const message = `${matched.undecided} rows have the name of an existing record. Choose whether to update, skip or create them`;
  throw new Fault('INVALID', { issues: [{ path: 'matching', code: 'undecided', message }] });
}

/** The first missing values if they prevent importing any row; else null. */
export function blockedBy({ records, problems }: Pick<SheetPlan, 'records' | 'problems'>): string[] | null {
  if (records.length > 0) return null;
  const skipped = [...problems.all()].filter(({ action }) => action === 'skipped');
  if (skipped.length === 0) return null;
  return [...new Set(skipped.map(({ value }) => value))].filter(Boolean).slice(0, 5);
}

/** Throws INVALID if no row can be imported. */
function refuseBlocked(plans: readonly SheetPlan[]): void {
  const blocked = plans.map(blockedBy);
  if (!blocked.every((one) => one !== null)) return;
  const missing = [...new Set(blocked.flat())].slice(0, 5);
  const message = blockedText(missing);
  throw new Fault('INVALID', { issues: [{ path: 'rows', code: 'nothing_to_import', message }] });
}

export function blockedText(missing: readonly string[]): string {
  const names = missing.map((name) => `"${name}"`).join(', ');
  return missing.length === 0
    ? 'No row of the table can be imported'
    : `No row of the table can be imported: it needs records that are not here or not clear, such as ${names}. Import those first, or make them of the table: --format csv-edges reads an edge list`;
}
