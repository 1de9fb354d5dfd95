import type { RetentionPolicy } from '#shared/domain/retention.ts';

/** "the last 7, and the newest of 7 days, 4 weeks and 12 months" */
export function retentionText({ last, daily, weekly, monthly }: RetentionPolicy): string {
  return `the last ${last}, and the newest of ${daily} days, ${weekly} weeks and ${monthly} months stay`;
}
