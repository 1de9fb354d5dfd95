import { studentStatus } from '#shared/domain/students.ts';
import type { Lifecycle } from '#shared/domain/vocabulary.ts';

export type Cohort = Record<Lifecycle, number>;

/** How members are spread by the terms that they have left; null where nobody's are known. */
export function cohortOf(members: readonly { terms: number }[]): Cohort | null {
  const cohort: Cohort = { incoming: 0, established: 0, outgoing: 0 };
  const known = members.filter(({ terms }) => !Number.isNaN(terms));
  for (const { terms } of known) cohort[studentStatus(terms) as Lifecycle] += 1;
  return known.length === 0 ? null : cohort;
}

/**
 * The rule of cohorts: with incoming, established and outgoing members a team is at lower risk; outgoing and incoming with no established between
 * them is high, as is a team of which all leave; without outgoing, or with nobody incoming, it is moderate.
 */
export function cohortRisk({ incoming, established, outgoing }: Cohort): { code: string; value: number } {
  if (outgoing > 0 && established === 0)
    return { code: incoming > 0 ? 'no_established' : 'all_leave', value: 1 };
  if (outgoing === 0) return { code: 'no_outgoing', value: 0.5 };
  return incoming === 0 ? { code: 'no_incoming', value: 0.5 } : { code: 'all_cohorts', value: 0 };
}
