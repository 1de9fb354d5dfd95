import type { Issue } from '#shared/contract/fault-data.ts';
import { invalidFault } from '../../model/validate.ts';
import { issueOf, issueWithCode } from '#shared/texts/issues.ts';
import type { SheetChoices, SheetLayout, SheetPreview, SheetType } from '#shared/contract/sheets.ts';
import type { ImportReport } from '#shared/contract/import-report.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import type { JobPace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import type { Session } from '../../log/session.ts';
import { Notices, reportOf } from '../notices.ts';
import { runPlans } from '../run.ts';
import { planSheet } from './plan.ts';
import type { SheetPlan } from './plan.ts';
import { parsedTableCache, readTable } from './read/read.ts';
import type { SheetFile, SheetInput } from './read/read.ts';
import type { ProblemCode } from './rows/row-problems.ts';

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

/** Size of a workbook's text as a multiple of the packed file. */
const unpackedFactor = 10;

/** The planning order: types that others refer to come first, whatever the order of the sheets. */
const typeOrder: readonly SheetType[] = [
  'university',
  'project',
  'team',
  'faculty',
  'student',
  'outcome',
  'interface',
  'contact',
];

export function sortForPlanning<T extends { choices: SheetChoices }>(sheets: readonly T[]): T[] {
  return sheets.toSorted((a, b) => typeOrder.indexOf(a.choices.type) - typeOrder.indexOf(b.choices.type));
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
  const cache = parsedTableCache(services);
  const sheets: (ChosenSheet & { sheetFile: SheetFile })[] = [];
  for (const sheet of [request, ...others]) {
    const { layout, choices } = sheet;
    const file = await readTable(
      { input, layout, workspaceFiles: services.files, db: services.read, cache },
      pace,
    );
    sheets.push({ layout, choices, sheetFile: file });
  }
  const orderedSheets = sortForPlanning(sheets);
  const { sheetFile } = sheets[0] as { sheetFile: SheetFile };
  const donePlans: SheetPlan[] = [];
  const { plans, result } = await runPlans<SheetPlan>(
    services,
    session,
    {
      file: sheetFile,
      bytes: sheetFile.bytes * (sheetFile.format === 'xlsx' ? unpackedFactor : 1),
      backup: request.backup,
      sha256: request.sha256,
      parts: orderedSheets.map((sheet) => async ({ db }, lookup, run) => {
        const { table } = sheet.sheetFile;
        const sources = { db, lookup, ids, columns: services.columns };
        const plan = await run('checking', planSheet(table, sheet.choices, sources), table.rows.length);
        refuseUndecided(plan);
        donePlans.push(plan);
        if (donePlans.length === sheets.length) refuseBlocked(donePlans);
        return plan;
      }),
      label: ({ audit }, createdCount) => {
        const { type } = request.choices;
        audit.label('sheet.import', {
          source: sheetFile.name,
          type,
          count: audit.changes,
          made: createdCount,
        });
      },
    },
    pace,
  );
  cache.clear();
  const sum = (count: (plan: SheetPlan) => number): number =>
    plans.reduce((total, plan) => total + count(plan), 0);
  return {
    ...result,
    problems: sum(({ problems }) => problems.size),
    report: reportOfSheets(
      orderedSheets.map((sheet, index) => ({ ...sheet, plan: plans[index] as SheetPlan })),
    ),
    skipped: sum(({ skipped }) => skipped),
  };
}

/** Reports of the sheets of one import; if there are several, notices name their sheet. */
export function reportOfSheets(sheets: readonly { sheetFile: SheetFile; plan: SheetPlan }[]): ImportReport {
  const notices = new Notices();
  const problems: Record<string, number> = {};
  for (const { sheetFile, plan } of sheets) {
    const name = sheets.length > 1 ? sheetFile.sheets[sheetFile.sheet] : undefined;
    notices.addAll([...sheetFile.table.notices, ...plan.notices.list()], name);
    for (const [code, count] of Object.entries(plan.problems.counts))
      problems[code] = (problems[code] ?? 0) + count;
  }
  return reportOf(notices, problems);
}

function refuseUndecided({ matched }: SheetPlan): void {
  if (matched.undecided === 0) return;
  throw invalidFault([issueOf('matching', 'undecided', { count: matched.undecided })]);
}

const missingCodes: ReadonlySet<ProblemCode> = new Set([
  'end_unknown',
  'people_missing',
  'reference_missing',
  'end_ambiguous',
]);

/** Why no row can be imported, with the first values of skipped rows; null if one can. */
export function findBlocked({
  records,
  problems,
}: Pick<SheetPlan, 'records' | 'problems'>): SheetPreview['blocked'] {
  if (records.length > 0) return null;
  const skipped = [...problems.all()].filter(({ action }) => action === 'skipped');
  if (skipped.length === 0) return null;
  const missing = skipped.filter(({ code }) => missingCodes.has(code));
  const listed = missing.length > 0 ? missing : skipped;
  const names = [...new Set(listed.map(({ value }) => value))].filter(Boolean).slice(0, 5);
  if (missing.length > 0 || skipped.some(({ code }) => code === 'end_missing'))
    return { reason: 'missing', names };
  return { reason: skipped.some(({ code }) => code === 'match_ambiguous') ? 'ambiguous' : 'left_out', names };
}

/** Throws INVALID if no row can be imported. */
function refuseBlocked(plans: readonly SheetPlan[]): void {
  const blockedSheets = plans.map(findBlocked);
  const [first = null] = blockedSheets;
  if (first === null || blockedSheets.includes(null)) return;
  const names = [...new Set(blockedSheets.flatMap((one) => one?.names ?? []))].slice(0, 5);
  throw invalidFault([blockedIssue({ ...first, names })]);
}

const blockedSentences = {
  missing: 'rows_need_records',
  ambiguous: 'rows_ambiguous',
  left_out: 'rows_left_out',
} as const;

export function blockedIssue({ reason, names }: NonNullable<SheetPreview['blocked']>): Issue {
  if (names.length === 0) return issueOf('rows', 'nothing_to_import');
  const quoted = names.map((name) => `"${name}"`).join(', ');
  return issueWithCode('rows', 'nothing_to_import', blockedSentences[reason], { names: quoted });
}
