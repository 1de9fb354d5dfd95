import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';

/** What the losses of a file are: as the option says, else fractions of one when none is above 1 and one is above 0. A loss above 1 leaves no doubt. */
export function lossUnitOf(
  losses: readonly number[],
  option: ImportOptions['loss_unit'],
): { unit: ImportPlan['loss_unit']; guessed: boolean; ambiguous: boolean } {
  const ambiguous = losses.every((loss) => loss <= 1) && losses.some((loss) => loss > 0);
  if (losses.length === 0) return { unit: null, guessed: false, ambiguous };
  if (option !== 'guess') return { unit: option, guessed: false, ambiguous };
  return { unit: ambiguous ? 'fraction' : 'percent', guessed: true, ambiguous };
}

/** A fraction of one in per cent, without the crumbs of binary arithmetic. */
export function asPercent(fraction: number): number {
  return Math.round(fraction * 100 * 1e6) / 1e6;
}
