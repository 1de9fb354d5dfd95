import { undecided as conflictFault } from '#core/plan/moved.ts';
import { refusePlan } from '#core/plan/plan.ts';
import type { Difference, Merged, PlanCounts } from '#shared/contract/compare.ts';
import type { RestoredVersion } from '#shared/contract/restored-version.ts';
import type { Issue } from '#shared/contract/faults.ts';
import { sumOf } from '#shared/domain/counts.ts';
import type { Json } from '#shared/domain/json.ts';
import { amount, countsLine, hiddenText, nameOf, sentence } from '../phrases.ts';
import { Failed } from './errors.ts';
import { shown } from './history.ts';
import type { Output } from './output.ts';
import { cut } from './table.ts';

const longest = 40;
const value = (one: Json | undefined): string => cut(shown(one), longest);

interface Row {
  type: string;
  id: string;
  title: string;
  university?: string | null;
}

/** `student "Ada" (stud_1, Summit)`: its university is named too, as others may have the same name. */
const recordName = ({ type, id, title, university }: Row): string =>
  `${nameOf(type)} "${title}" (${id}${university == null || type === 'interface' ? '' : `, ${university}`})`;

/** Differences of two states: a line for each record with what became of it, and one for each field of a changed one. */
export function differenceLines<R extends Row, F extends { field: string }>(
  rows: readonly R[],
  kindOf: (row: R) => string,
  fieldsOf: (row: R) => readonly F[],
  sidesOf: (field: F) => readonly (readonly [side: string, value: Json | undefined])[],
): string[] {
  return rows.flatMap((row) => [
    `${kindOf(row)} ${recordName(row)}`,
    ...fieldsOf(row).map((one) => {
      const sides = sidesOf(one).map(([side, now]) => `${side === '' ? '' : `${side} `}${value(now)}`);
      return `    ${one.field}: ${sides.join(sides.length === 2 ? ' → ' : ', ')}`;
    }),
  ]);
}

/** Differences of live and a sandbox, or of two points in time: fields of records that both states have. */
export const comparedLines = (rows: readonly Difference[], kindOf: (row: Difference) => string): string[] =>
  differenceLines(
    rows,
    kindOf,
    ({ play, live, conflict, fields }) =>
      play === 'updated' || live === 'updated' || conflict === 'created' ? fields : [],
    (one) =>
      one.class === 'conflict'
        ? ([
            ['was', one.base],
            ['sandbox', one.play],
            ['live', one.live],
          ] as const)
        : ([
            ['', one.base],
            ['', one.class === 'live' ? one.live : one.play],
          ] as const),
  );

/** "3 records: 1 added, 2 changed.", and how to see the others of them. */
export function countLines(
  counts: Readonly<Record<string, number>>,
  { matched, offset = 0, rows }: { matched: number; offset?: number | undefined; rows: readonly unknown[] },
): string[] {
  const total = sumOf(counts);
  const each = Object.entries(counts).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []));
  const more = matched - offset - rows.length;
  return [
    total === 0 ? 'No differences.' : `${sentence(amount(total, 'difference'))}: ${each.join(', ')}.`,
    ...(more > 0
      ? [`${amount(more, 'record')} more. Use --offset ${offset + rows.length} to see them.`]
      : []),
  ];
}

type Changes = Pick<PlanCounts, 'created' | 'restored' | 'updated'> & Partial<PlanCounts>;

/** `created 2 teams, 1 project; removed 1 team, which hides 2 interfaces` */
export function changesText({ created, restored, updated, removed = {}, hidden }: Changes): string {
  const parts = Object.entries({ created, restored, updated, removed }).flatMap(([action, counts]) =>
    sumOf(counts) > 0 ? [`${action} ${countsLine(counts)}`] : [],
  );
  if (parts.length === 0) return 'nothing to change';
  return `${parts.join('; ')}${hidden ? hiddenText(hidden) : ''}`;
}

export const problemLines = (problems: readonly Issue[]): string[] =>
  problems.map(({ path, message }) => `! ${path === '' ? '' : `${path}: `}${message}`);

/** What restoring a version did, or in a dry run would do. */
export const versionLines = (done: RestoredVersion): string[] => [
  `${done.dry ? 'Would apply' : 'Applied'}: ${changesText(done)}.`,
  ...problemLines(done.problems),
  ...backupLines(done),
];

const backupLines = ({ backup }: { backup: string | null }): string[] =>
  backup === null ? [] : [`Backup made first: ${backup}. Undo with "frames undo".`];

/** What a promotion or refresh did, or in a dry run would do. */
export function appliedLines(done: Merged, verb: string): string[] {
  const { dry, undecided, problems, left } = done;
  return [
    `${dry ? `Would be ${verb}` : sentence(verb)}: ${changesText(done)}.`,
    ...(left > 0 ? [`Conflicts left unchanged: ${amount(left, 'record')}.`] : []),
    ...undecided.map(
      ({ title, id, field }) => `? ${field === null ? '' : `${field} of `}"${title}" (${id}): conflict`,
    ),
    ...problemLines(problems),
    ...backupLines(done),
  ];
}

export interface Refusal {
  code: string;
  message: string;
}

/** What a call would be refused with for problems that a dry run lists; null where there are none. */
export function refusalOf(problems: readonly Issue[]): Refusal | null {
  const [first] = problems;
  if (first === undefined) return null;
  // One without a path is the refusal as a whole.
  return first.path === ''
    ? { code: first.code.toUpperCase(), message: first.message }
    : refusePlan(problems);
}

/** As `refusalOf` for a promotion or refresh, which open conflicts refuse too. */
export const refusalOfPlan = ({ undecided, problems }: Merged): Refusal | null =>
  undecided.length > 0 ? conflictFault(undecided) : refusalOf(problems);

/**
 * The result of a dry run, with `would_be_refused`; where the call itself would be refused, that is the first line. Throws Failed
 * with the code of that refusal then, so that a dry run ends as the call itself would.
 */
export function dryResult(
  output: Output,
  result: object,
  refusal: Refusal | null,
  lines: () => readonly string[],
): void {
  const would_be_refused = refusal && { code: refusal.code, message: refusal.message };
  const first = `Would be refused: ${refusal?.message ?? ''}`;
  output.result({ ...result, would_be_refused }, () => [...(refusal ? [first] : []), ...lines()]);
  if (refusal) throw new Failed(refusal.code, first, { dry: true });
}
