import type { z } from 'zod';
import { invalidPlanFault } from '#core/plan/plan.ts';
import type { PlanCounts } from '#shared/contract/compare.ts';
import type { RestoredVersion } from '#shared/contract/restored-version.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import { sumOf } from '#shared/domain/counts.ts';
import type { Json } from '#shared/domain/json.ts';
import { countsLine, hiddenText, typeNoun } from '../format.ts';
import { CommandFailure } from './errors.ts';
import { formatValue } from './history.ts';
import type { Output } from './output.ts';
import { resultLines } from './result.ts';
import { truncateText } from './table.ts';

const maxValueLength = 40;
const shortValue = (json: Json | undefined): string => truncateText(formatValue(json), maxValueLength);

interface Row {
  type: string;
  id: string;
  title: string;
  university?: string | null;
}

/** `student "Ada" (stud_1, Summit)`. Includes the university, because names can repeat. */
const recordName = ({ type, id, title, university }: Row): string =>
  `${typeNoun(type)} "${title}" (${id}${university == null || type === 'interface' ? '' : `, ${university}`})`;

/** Formats differences of two states: a line per record, and a line per field of changed records. */
export function differenceLines<R extends Row, F extends { field: string }>(
  rows: readonly R[],
  kindOf: (row: R) => string,
  fieldsOf: (row: R) => readonly F[],
  sidesOf: (field: F) => readonly (readonly [side: string, value: Json | undefined])[],
): string[] {
  return rows.flatMap((row) => [
    `${kindOf(row)} ${recordName(row)}`,
    ...fieldsOf(row).map((field) => {
      const sides = sidesOf(field).map(
        ([side, value]) => `${side === '' ? '' : `${side} `}${shortValue(value)}`,
      );
      return `    ${field.field}: ${sides.join(sides.length === 2 ? ' → ' : ', ')}`;
    }),
  ]);
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

/** Describes a restored version; what would be restored in a dry run. */
export const versionLines = (result: RestoredVersion): string[] => [
  `${result.dry ? 'Would apply' : 'Applied'}: ${changesText(result)}.`,
  ...problemLines(result.problems),
  ...backupLines(result),
];

const backupLines = ({ backup }: { backup: string | null }): string[] =>
  backup === null ? [] : [`Backup made first: ${backup}. Undo with "frames undo".`];

export type PlanResult = Changes & {
  op_id: string | null;
  dry: boolean;
  records: readonly unknown[];
  problems: readonly Issue[];
  head?: unknown;
};

const excludedKeys: ReadonlySet<string> = new Set([
  'created',
  'restored',
  'updated',
  'removed',
  'hidden',
  'records',
  'problems',
  'op_id',
]);

/** Describes a plan or its result: the changes, its other fields, problems, and how to undo it. */
export function planLines(schema: z.ZodType, result: PlanResult, width: number): string[] {
  const { dry, op_id } = result;
  const otherFields = Object.entries(result).filter(([key]) => !excludedKeys.has(key));
  return [
    `${dry ? 'Would apply' : 'Applied'}: ${changesText(result)}.`,
    ...problemLines(result.problems),
    ...resultLines(schema, Object.fromEntries(otherFields), width),
    ...(op_id === null ? [] : ['Undo with "frames undo".']),
  ];
}

export interface Refusal {
  code: string;
  message: string;
}

/** The refusal that the problems of a dry run would cause; null if there are none. */
export function refusalOf(problems: readonly Issue[]): Refusal | null {
  const [problem] = problems;
  if (problem === undefined) return null;
  // A problem without a path is about the whole operation.
  return problem.path === ''
    ? { code: problem.code.toUpperCase(), message: problem.message }
    : invalidPlanFault(problems);
}

/**
 * Prints the result of a dry run with `would_be_refused`. If the call would be refused, prints the refusal first and throws CommandFailure
 * with its code, so that the exit code matches.
 */
export function printDryRun(
  output: Output,
  result: object,
  refusal: Refusal | null,
  lines: () => readonly string[],
): void {
  const would_be_refused = refusal && { code: refusal.code, message: refusal.message };
  const refusalLine = `Would be refused: ${refusal?.message ?? ''}`;
  output.result({ ...result, would_be_refused }, () => [
    ...(refusal ? refusalLine.split('\n') : []),
    ...lines(),
  ]);
  if (refusal) throw new CommandFailure(refusal.code, refusalLine, { dry: true });
}
