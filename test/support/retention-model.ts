import type { UsableBackup, RetentionPolicy } from '#shared/domain/retention.ts';

/** Monday of the week of a moment, found by going back day by day. */
function mondayOf(made: string): string {
  const day = new Date(`${made.slice(0, 10)}T00:00:00Z`);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

const spans = {
  daily: (made: string) => made.slice(0, 10),
  weekly: mondayOf,
  monthly: (made: string) => made.slice(0, 7),
} as const;

const isWhole = ({ verified, lacksDocuments }: UsableBackup): boolean =>
  verified !== false && !lacksDocuments;

/** How many different ones there are. */
const different = (texts: readonly string[]): number => new Set(texts).size;

/**
 * What stays, said of each backup by itself and of all the others: naive, slow and independent of the rule's code. `all` are in the order
 * in which they were made.
 */
export function modelKeeps(
  all: readonly UsableBackup[],
  policy: RetentionPolicy,
  now: number,
): UsableBackup[] {
  return all.filter((one, at) => {
    if (Date.parse(one.made) > now) return true;
    const others = all.slice(at + 1).filter(
      (other) =>
        other.workspace === one.workspace &&
        Date.parse(other.made) <= now &&
        // One that is damaged or lacks files competes with all, a whole one with whole ones.
        (!isWhole(one) || isWhole(other)),
    );
    if (others.length < policy.last) return true;
    if (isWhole(one) && others.length === 0) return true;
    const newer = all
      .slice(at + 1)
      .filter(({ workspace, made }) => workspace === one.workspace && Date.parse(made) <= now);
    if (one.verified !== false && newer.every(({ verified }) => verified === false)) return true;
    if (one.verified === true && !newer.some(({ verified }) => verified === true)) return true;
    return (['daily', 'weekly', 'monthly'] as const).some((span) => {
      const of = spans[span];
      const taken = others.map(({ made }) => of(made));
      return !taken.includes(of(one.made)) && different(taken) < policy[span];
    });
  });
}
