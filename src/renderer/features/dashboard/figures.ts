import type { OutcomesOfYear, UniversityCounts } from '#shared/contract/dashboards.ts';
import { i18n, say } from '../../i18n/setup.ts';
import { numberText } from '../../text/values.ts';
import { percentText } from '../insights/sentences.ts';

export const linkCount = ({ links }: UniversityCounts): number => links.within + links.across + links.shared;

/** A share, 0 to 1, in per cent; "–" if null. */
export const shareText = (share: number | null): string =>
  share === null ? say('common:unknown') : percentText(share);

export const lossShare = ({ mean_loss: loss }: UniversityCounts): number | null =>
  loss === null ? null : loss / 100;

/** "2 of 8"; "–" if the total is 0. */
export const partText = (part: number, total: number): string =>
  total === 0 ? say('common:unknown') : say('grid:some', { shown: numberText(part), all: numberText(total) });

/** The number of outcomes that succeeded, and of all with a recorded result. */
export function successCounts(outcomes: readonly OutcomesOfYear[]): { succeeded: number; recorded: number } {
  const sum = (key: 'succeeded' | 'recorded'): number =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return { succeeded: sum('succeeded'), recorded: sum('recorded') };
}

export function successShare(outcomes: readonly OutcomesOfYear[]): number | null {
  const { succeeded, recorded } = successCounts(outcomes);
  return recorded === 0 ? null : succeeded / recorded;
}

export const yearsOf = (outcomes: readonly OutcomesOfYear[]): number[] =>
  [...new Set(outcomes.flatMap(({ cohort_year: year }) => year ?? []))].toSorted((a, b) => a - b);

/** The last month of a term: "Dec 2026". `end` is the start of the next term. */
export function termText(end: string, month: 'short' | 'long' = 'short'): string {
  const lastInstant = new Date(Date.parse(end) - 1);
  return new Intl.DateTimeFormat(i18n.language, { month, year: 'numeric', timeZone: 'UTC' }).format(
    lastInstant,
  );
}
