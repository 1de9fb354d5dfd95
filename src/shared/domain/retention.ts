/** How many backups stay: the newest ones, and the newest of so many days, weeks and months. */
export interface RetentionPolicy {
  last: number;
  daily: number;
  weekly: number;
  monthly: number;
}

export const usualRetention: RetentionPolicy = { last: 7, daily: 7, weekly: 4, monthly: 12 };

/** The least and the most that each number may be: the newest backup is never to go. */
export const retentionBounds = {
  last: [1, 10_000],
  daily: [0, 10_000],
  weekly: [0, 10_000],
  monthly: [0, 10_000],
} as const satisfies Record<keyof RetentionPolicy, readonly [number, number]>;

/** A backup that can be used, as the rule sees it. */
export interface Retained {
  id: string;
  /** ISO 8601, UTC. */
  made: string;
  /** Id of the workspace that it is of: each has a count of its own. */
  workspace: string;
  /** What the latest check of it found; null when there was none. */
  verified: boolean | null;
}

/** Why a backup stays. `verified` is the newest that a check found good, `newest` the newest of all, `future` one that the clock is behind. */
export type WhyKept = 'last' | 'daily' | 'weekly' | 'monthly' | 'verified' | 'newest' | 'future';

const dayMs = 86_400_000;

/** Days, ISO weeks (from Monday on) and months, all in UTC, as texts or numbers that differ where those do. */
const dayOf = (made: string): number => Math.floor(Date.parse(made) / dayMs);
const weekOf = (made: string): number => Math.floor((dayOf(made) + 3) / 7);
const monthOf = (made: string): string => new Date(made).toISOString().slice(0, 7);

/**
 * Which backups stay, and why: those without a reason go. Of each workspace by itself the `last` newest stay, and the newest of each of the
 * latest days, weeks and months in which there are backups; so what nobody has used for years keeps what it has. The newest, and the newest
 * that a check found good, stay whatever the numbers are, and so do those that were made after `now`: a clock was set back. One that a
 * check found damaged takes nobody's place; it stays where it would stay if it were good. `now` is in milliseconds.
 */
export function retain(
  backups: readonly Retained[],
  policy: RetentionPolicy,
  now: number,
): Map<string, WhyKept[]> {
  const reasons = new Map<string, WhyKept[]>(backups.map(({ id }) => [id, []]));
  const keep = (id: string, why: WhyKept): void => void reasons.get(id)?.push(why);
  const past: Retained[] = [];
  for (const one of backups.toSorted(newestFirst)) {
    if (Date.parse(one.made) > now) keep(one.id, 'future');
    else past.push(one);
  }
  for (const all of Map.groupBy(past, ({ workspace }) => workspace).values()) {
    const good = all.filter(({ verified }) => verified !== false);
    if (good[0]) keep(good[0].id, 'newest');
    const proven = good.find(({ verified }) => verified === true);
    if (proven) keep(proven.id, 'verified');
    for (const [one, why] of ranked(good, policy)) keep(one.id, why);
    for (const [one, why] of ranked(all, policy)) if (one.verified === false) keep(one.id, why);
  }
  return reasons;
}

/** So many days ahead are looked at: the usual rule keeps a backup for a year. */
const daysAhead = 800;

/**
 * The day (ISO 8601, UTC) on which the rule removes each backup if one is made every day from `now` on; null for one that it keeps for longer than two years,
 * as the newest that a check found good where no later one is checked.
 */
export function removalDays(
  backups: readonly Retained[],
  policy: RetentionPolicy,
  now: number,
): Map<string, string | null> {
  const days = new Map<string, string | null>(backups.map(({ id }) => [id, null]));
  const workspaces = [...new Set(backups.map(({ workspace }) => workspace))];
  let left: Retained[] = [...backups];
  for (let day = 1; day <= daysAhead; day += 1) {
    const at = now + day * dayMs;
    const made = new Date(at).toISOString();
    for (const workspace of workspaces)
      left.push({ id: `${workspace} ${made}`, made, workspace, verified: null });
    const whys = retain(left, policy, at);
    const isKept = ({ id }: Retained): boolean => (whys.get(id)?.length ?? 0) > 0;
    for (const one of left) if (!isKept(one) && days.has(one.id)) days.set(one.id, made.slice(0, 10));
    left = left.filter(isKept);
    if (!left.some(({ id }) => days.has(id))) break;
  }
  return days;
}

/** The later one first; of one moment the one with the higher number in its id. */
function newestFirst(a: Retained, b: Retained): number {
  const [one, two] = [Date.parse(a.made), Date.parse(b.made)];
  if (one !== two) return two - one;
  if (a.id.length !== b.id.length) return b.id.length - a.id.length;
  return a.id < b.id ? 1 : -1;
}

function ranked(sorted: readonly Retained[], policy: RetentionPolicy): [Retained, WhyKept][] {
  const kept: [Retained, WhyKept][] = sorted.slice(0, policy.last).map((one) => [one, 'last']);
  const spans = { daily: dayOf, weekly: weekOf, monthly: monthOf };
  for (const why of ['daily', 'weekly', 'monthly'] as const) {
    const seen = new Set<number | string>();
    for (const one of sorted) {
      const span = spans[why](one.made);
      if (seen.has(span)) continue;
      if (seen.size >= policy[why]) break;
      seen.add(span);
      kept.push([one, why]);
    }
  }
  return kept;
}
