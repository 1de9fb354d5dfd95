/** How many backups to keep: the newest, and the newest of each day, week and month. */
export interface RetentionPolicy {
  last: number;
  daily: number;
  weekly: number;
  monthly: number;
}

export const usualRetention: RetentionPolicy = { last: 7, daily: 7, weekly: 4, monthly: 12 };

export const retentionBounds = {
  last: [1, 10_000],
  daily: [0, 10_000],
  weekly: [0, 10_000],
  monthly: [0, 10_000],
} as const satisfies Record<keyof RetentionPolicy, readonly [number, number]>;

/** A usable backup. */
export interface Retained {
  id: string;
  /** ISO 8601, UTC. */
  made: string;
  /** Id of the workspace; retention counts each one separately. */
  workspace: string;
  /** Result of the latest check; null if unchecked. */
  verified: boolean | null;
}

/** Why a backup is kept. `verified`: the newest that passed a check. `newest`: the newest of all. `future`: made after the current time. */
export type WhyKept = 'last' | 'daily' | 'weekly' | 'monthly' | 'verified' | 'newest' | 'future';

const dayMs = 86_400_000;

/** Keys of days, ISO weeks (from Monday) and months, in UTC. */
const dayOf = (made: string): number => Math.floor(Date.parse(made) / dayMs);
const weekOf = (made: string): number => Math.floor((dayOf(made) + 3) / 7);
const monthOf = (made: string): string => new Date(made).toISOString().slice(0, 7);

/**
 * The backups to keep, with reasons; all others are removed. Workspaces count separately: each keeps its `last` newest, and the newest of
 * each of its latest days, weeks and months with backups. Old backups of an unused workspace therefore stay. The newest, the newest that
 * passed a check, and those made after `now` (the clock was set back) are always kept. A damaged backup takes no other's slot; it is kept
 * where it would be if it were good. `now` is in milliseconds.
 */
export function retainedBackups(
  backups: readonly Retained[],
  policy: RetentionPolicy,
  now: number,
): Map<string, WhyKept[]> {
  const reasons = new Map<string, WhyKept[]>(backups.map(({ id }) => [id, []]));
  const keep = (id: string, why: WhyKept): void => void reasons.get(id)?.push(why);
  const pastBackups: Retained[] = [];
  for (const one of backups.toSorted(newestFirst)) {
    if (Date.parse(one.made) > now) keep(one.id, 'future');
    else pastBackups.push(one);
  }
  for (const all of Map.groupBy(pastBackups, ({ workspace }) => workspace).values()) {
    const good = all.filter(({ verified }) => verified !== false);
    if (good[0]) keep(good[0].id, 'newest');
    const proven = good.find(({ verified }) => verified === true);
    if (proven) keep(proven.id, 'verified');
    for (const [one, why] of ranked(good, policy)) keep(one.id, why);
    for (const [one, why] of ranked(all, policy)) if (one.verified === false) keep(one.id, why);
  }
  return reasons;
}

/** Days to look ahead: the default policy keeps a backup for a year. */
const daysAhead = 800;

/**
 * The day (ISO 8601, UTC) on which retention removes each backup if one is made every day from `now` on. Null if it is kept for more than
 * two years, such as the newest that passed a check.
 */
export function removalDays(
  backups: readonly Retained[],
  policy: RetentionPolicy,
  now: number,
): Map<string, string | null> {
  const days = new Map<string, string | null>(backups.map(({ id }) => [id, null]));
  const workspaces = [...new Set(backups.map(({ workspace }) => workspace))];
  let remaining: Retained[] = [...backups];
  for (let day = 1; day <= daysAhead; day += 1) {
    const at = now + day * dayMs;
    const made = new Date(at).toISOString();
    for (const workspace of workspaces)
      remaining.push({ id: `${workspace} ${made}`, made, workspace, verified: null });
    const whys = retainedBackups(remaining, policy, at);
    const isKept = ({ id }: Retained): boolean => (whys.get(id)?.length ?? 0) > 0;
    for (const one of remaining) if (!isKept(one) && days.has(one.id)) days.set(one.id, made.slice(0, 10));
    remaining = remaining.filter(isKept);
    if (!remaining.some(({ id }) => days.has(id))) break;
  }
  return days;
}

/** Newest first; at the same time, the higher number in the id first. */
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
