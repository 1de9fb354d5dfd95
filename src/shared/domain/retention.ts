/** How many backups to keep: the newest, and the newest of each day, week and month. */
export interface RetentionPolicy {
  last: number;
  daily: number;
  weekly: number;
  monthly: number;
}

export const defaultRetention: RetentionPolicy = { last: 7, daily: 7, weekly: 4, monthly: 12 };

export const retentionBounds = {
  last: [1, 10_000],
  daily: [0, 10_000],
  weekly: [0, 10_000],
  monthly: [0, 10_000],
} as const satisfies Record<keyof RetentionPolicy, readonly [number, number]>;

export interface UsableBackup {
  id: string;
  /** ISO 8601, UTC. */
  made: string;
  /** Id of the workspace; retention counts each one separately. */
  workspace: string;
  /** Result of the latest check; null if unchecked. */
  verified: boolean | null;
  /** Whether files of documents were missing or wrong when it was made. */
  lacksDocuments: boolean;
}

/** Why a backup is kept. `complete`: the newest with all files of documents. `verified`: the newest that passed a check. `newest`: the newest of all. `future`: made after the current time. */
export type KeepReason =
  | 'last'
  | 'daily'
  | 'weekly'
  | 'monthly'
  | 'complete'
  | 'verified'
  | 'newest'
  | 'future';

/** Whether everything can be restored from a backup, as far as known. */
const isWhole = ({ verified, lacksDocuments }: UsableBackup): boolean =>
  verified !== false && !lacksDocuments;

const dayMs = 86_400_000;

/** Keys of days, ISO weeks (from Monday) and months, in UTC. */
const dayOf = (made: string): number => Math.floor(Date.parse(made) / dayMs);
const weekOf = (made: string): number => Math.floor((dayOf(made) + 3) / 7);
const monthOf = (made: string): string => new Date(made).toISOString().slice(0, 7);

/**
 * The backups to keep, with reasons; all others are removed. Workspaces count separately: each keeps its `last` newest, and the newest of
 * each of its latest days, weeks and months with backups. Old backups of an unused workspace therefore stay. The newest, the newest with
 * all files of documents, the newest that passed a check, and those made after `now` (the clock was set back) are always kept. A backup that
 * is damaged or lacks files uses no slot of a whole one; it is kept if it would be kept when whole. `now` is in milliseconds.
 */
export function retainedBackups(
  backups: readonly UsableBackup[],
  policy: RetentionPolicy,
  now: number,
): Map<string, KeepReason[]> {
  const reasons = new Map<string, KeepReason[]>(backups.map(({ id }) => [id, []]));
  const addReason = (id: string, reason: KeepReason): void => void reasons.get(id)?.push(reason);
  const pastBackups: UsableBackup[] = [];
  for (const backup of backups.toSorted(newestFirst)) {
    if (Date.parse(backup.made) > now) addReason(backup.id, 'future');
    else pastBackups.push(backup);
  }
  for (const workspaceBackups of Map.groupBy(pastBackups, ({ workspace }) => workspace).values()) {
    const undamagedBackups = workspaceBackups.filter(({ verified }) => verified !== false);
    if (undamagedBackups[0]) addReason(undamagedBackups[0].id, 'newest');
    const newestVerified = undamagedBackups.find(({ verified }) => verified === true);
    if (newestVerified) addReason(newestVerified.id, 'verified');
    const wholeBackups = workspaceBackups.filter(isWhole);
    if (wholeBackups[0] && wholeBackups[0] !== undamagedBackups[0]) addReason(wholeBackups[0].id, 'complete');
    for (const [backup, reason] of assignSlots(wholeBackups, policy)) addReason(backup.id, reason);
    for (const [backup, reason] of assignSlots(workspaceBackups, policy))
      if (!isWhole(backup)) addReason(backup.id, reason);
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
  backups: readonly UsableBackup[],
  policy: RetentionPolicy,
  now: number,
): Map<string, string | null> {
  const days = new Map<string, string | null>(backups.map(({ id }) => [id, null]));
  const workspaces = [...new Set(backups.map(({ workspace }) => workspace))];
  let remaining: UsableBackup[] = [...backups];
  for (let day = 1; day <= daysAhead; day += 1) {
    const time = now + day * dayMs;
    const made = new Date(time).toISOString();
    for (const workspace of workspaces)
      remaining.push({ id: `${workspace} ${made}`, made, workspace, verified: null, lacksDocuments: false });
    const reasons = retainedBackups(remaining, policy, time);
    const isKept = ({ id }: UsableBackup): boolean => (reasons.get(id)?.length ?? 0) > 0;
    for (const backup of remaining)
      if (!isKept(backup) && days.has(backup.id)) days.set(backup.id, made.slice(0, 10));
    remaining = remaining.filter(isKept);
    if (!remaining.some(({ id }) => days.has(id))) break;
  }
  return days;
}

/** Newest first; at the same time, the higher number in the id first. */
function newestFirst(a: UsableBackup, b: UsableBackup): number {
  const [timeA, timeB] = [Date.parse(a.made), Date.parse(b.made)];
  if (timeA !== timeB) return timeB - timeA;
  if (a.id.length !== b.id.length) return b.id.length - a.id.length;
  return a.id < b.id ? 1 : -1;
}

function assignSlots(
  sortedBackups: readonly UsableBackup[],
  policy: RetentionPolicy,
): [UsableBackup, KeepReason][] {
  const keptBackups: [UsableBackup, KeepReason][] = sortedBackups
    .slice(0, policy.last)
    .map((backup) => [backup, 'last']);
  const spans = { daily: dayOf, weekly: weekOf, monthly: monthOf };
  for (const reason of ['daily', 'weekly', 'monthly'] as const) {
    const keptSpans = new Set<number | string>();
    for (const backup of sortedBackups) {
      const span = spans[reason](backup.made);
      if (keptSpans.has(span)) continue;
      if (keptSpans.size >= policy[reason]) break;
      keptSpans.add(span);
      keptBackups.push([backup, reason]);
    }
  }
  return keptBackups;
}
