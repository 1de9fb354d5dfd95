import type { RetentionPolicy } from '#shared/domain/retention.ts';
import { amount } from '../words.ts';

/** "the last 7, and the newest of 7 days, 4 weeks and 12 months stay"; spans that keep none are left out. */
export function retentionText({ last, ...spans }: RetentionPolicy): string {
  const units = { daily: 'day', weekly: 'week', monthly: 'month' } as const;
  const named = (['daily', 'weekly', 'monthly'] as const)
    .filter((one) => spans[one] > 0)
    .map((one) => amount(spans[one], units[one]));
  if (named.length === 0) return `the last ${last} ${last === 1 ? 'stays' : 'stay'}`;
  const end = named.pop();
  const all = named.length > 0 ? `${named.join(', ')} and ${end}` : end;
  return `the last ${last}, and the newest of ${all} stay`;
}
