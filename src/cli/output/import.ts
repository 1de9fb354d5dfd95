import type { ImportPlan, ImportResult, Problem } from '#shared/contract/transfer.ts';
import { amount, countsLine } from '../words.ts';
import { oneLine } from './table.ts';

/** How many problems a person is shown; the map holds all of them. */
const shown = 20;

/** What a dry run says. */
export function planLines(plan: ImportPlan, map: string): string[] {
  const changes = [
    ['new', plan.creates],
    ['changed', plan.updates],
    ['restored', plan.restores],
    ['as they are', plan.unchanged],
  ] as const;
  const losses = { percent: 'per cent', fraction: 'fractions, multiplied by 100' };
  const units = [
    ...(plan.duration_unit ? [`  Durations are taken as ${plan.duration_unit}.`] : []),
    ...(plan.loss_unit ? [`  Losses are taken as ${losses[plan.loss_unit]}.`] : []),
  ];
  return [
    `${plan.source} would bring: ${countsLine(plan.counts)}.`,
    ...changes
      .filter(([, counts]) => Object.values(counts).some((count) => count > 0))
      .map(([word, counts]) => `  ${word}: ${countsLine(counts)}`),
    ...units,
    ...problemLines(plan.problems, totalOf(plan)),
    `Nothing was changed. The map is in ${map}.`,
  ];
}

const totalOf = ({ problem_counts }: ImportPlan): number =>
  Object.values(problem_counts).reduce((sum, count) => sum + count, 0);

function problemLines(problems: readonly Problem[], total: number): string[] {
  if (total === 0) return ['  No problems.'];
  const lines = problems
    .slice(0, shown)
    .map(({ path, message, action }) => oneLine(`    ${path} (${action.replace('_', ' ')}): ${message}`));
  const more =
    total > lines.length
      ? [`    … and ${(total - lines.length).toLocaleString('en-US')} more, in the map`]
      : [];
  return [`  ${amount(total, 'problem')}:`, ...lines, ...more];
}

/** How many records of which kinds an import has written. */
export function writtenLine(result: Pick<ImportResult, 'created' | 'updated' | 'restored'>): string {
  const parts = (['created', 'updated', 'restored'] as const)
    .filter((part) => Object.values(result[part]).some((count) => count > 0))
    .map((part) => `${part} ${countsLine(result[part])}`);
  return parts.length > 0
    ? `Imported: ${parts.join('; ')}.`
    : 'Nothing to change: the workspace holds all of it already.';
}

/** What a real import says. */
export function importedLines(
  result: ImportResult,
  problems: readonly Problem[],
  map: string | undefined,
): string[] {
  return [
    writtenLine(result),
    ...(result.problems > 0 ? problemLines(problems, result.problems) : []),
    ...(result.backup === null ? [] : [`A copy of the workspace as it was is in backups/${result.backup}.`]),
    ...(map === undefined ? [] : [`The map is in ${map}.`]),
  ];
}
