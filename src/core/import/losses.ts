import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';

/** The unit of a file's losses: from the option, else fractions if none is above 1 and one is above 0. */
export function lossUnitOf(
  losses: readonly number[],
  option: ImportOptions['loss_unit'],
): { unit: ImportPlan['loss_unit']; guessed: boolean; ambiguous: boolean } {
  const ambiguous = losses.every((loss) => loss <= 1) && losses.some((loss) => loss > 0);
  if (losses.length === 0) return { unit: null, guessed: false, ambiguous };
  if (option !== 'guess') return { unit: option, guessed: false, ambiguous };
  return { unit: ambiguous ? 'fraction' : 'percent', guessed: true, ambiguous };
}

/** A fraction in per cent, rounded. */
export function asPercent(fraction: number): number {
  return Math.round(fraction * 100 * 1e6) / 1e6;
}
