import type { Commit, History } from './history.ts';

const yearDays = 365;
const halfYearDays = 183;
/** With fewer commits in a year somebody is a passer-by, whom nobody would record as a member. */
const minCommits = 3;
const dayMs = 86_400_000;

/** A developer in the year before a moment: commits, and how often each file that still exists was changed. */
export interface Activity {
  commits: number;
  changes: ReadonlyMap<number, number>;
}

/** What became of a leaver's files in the year after. Files are those that the leaver changed in the year before and that still exist. */
export interface Aftermath {
  /** Files that nobody changed in the year after. */
  untouched: number;
  /** Their share of the leaver's files, 0 to 1. */
  untouchedShare: number;
  /** Files that no developer who stayed had changed in the year before. */
  orphaned: number;
  /** Mean days until somebody changed a file; a year if nobody did. */
  delay: number;
}

/** A moment of a history: who was active before, who left, and what became of their files. */
export interface HalfYear {
  /** Days since 1970. */
  day: number;
  /** Commits of the year before, the earliest first. */
  commits: readonly Commit[];
  developers: ReadonlyMap<number, Activity>;
  /** Developers with a commit in the half-year before, and none in the year after. */
  leavers: ReadonlyMap<number, Aftermath>;
  /** The days until the first change in the year after, of each file that developers had changed and somebody changed again. */
  laterChanges: ReadonlyMap<number, number>;
}

export const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The first of each January and July with a year of history before and after. */
export function halfYearsOf({ commits }: History): HalfYear[] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { day } of commits) [first, last] = [Math.min(first, day), Math.max(last, day)];
  const halfYears: HalfYear[] = [];
  for (let year = new Date(first * dayMs).getUTCFullYear(); ; year++)
    for (const month of [0, 6]) {
      const day = Date.UTC(year, month, 1) / dayMs;
      if (!(day + yearDays <= last)) return halfYears;
      if (day - yearDays >= first) halfYears.push(readHalfYear(commits, day));
    }
}

function readHalfYear(allCommits: readonly Commit[], day: number): HalfYear {
  const existing = new Set<number>();
  // In the order of git: by day, a deletion that waited for its review would come before changes of the same file.
  for (const commit of allCommits) {
    if (commit.day >= day) continue;
    for (const { file, kind } of commit.changes) {
      if (kind === 'D') existing.delete(file);
      else existing.add(file);
    }
  }
  const between = (from: number, to: number): Commit[] =>
    allCommits.filter((commit) => commit.day >= from && commit.day < to).sort((a, b) => a.day - b.day);
  const [before, after] = [between(day - yearDays, day), between(day, day + yearDays)];
  const { developers, editors, recentAuthors } = readActivity(before, {
    existing,
    recentFrom: day - halfYearDays,
  });
  const laterAuthors = new Set(after.flatMap(({ authors }) => authors));
  const laterChanges = new Map<number, number>();
  for (const { day: changeDay, changes } of after)
    for (const { file } of changes)
      if (editors.has(file) && !laterChanges.has(file)) laterChanges.set(file, changeDay - day);
  const leavers = [...developers].filter(
    ([author]) => recentAuthors.has(author) && !laterAuthors.has(author),
  );
  const hasStayed = (author: number): boolean => developers.has(author) && laterAuthors.has(author);
  return {
    day,
    commits: before,
    developers,
    laterChanges,
    leavers: new Map(
      leavers.map(([author, { changes }]) => [
        author,
        aftermathOf([...changes.keys()], { editors, laterChanges, hasStayed }),
      ]),
    ),
  };
}

/** For each file, its editors. */
type Editors = ReadonlyMap<number, ReadonlySet<number>>;

function readActivity(
  commits: readonly Commit[],
  { existing, recentFrom }: { existing: ReadonlySet<number>; recentFrom: number },
): { developers: Map<number, Activity>; editors: Editors; recentAuthors: ReadonlySet<number> } {
  const activities = new Map<number, { commits: number; changes: Map<number, number> }>();
  const editors = new Map<number, Set<number>>();
  const recentAuthors = new Set<number>();
  for (const { day, authors, changes } of commits)
    for (const author of authors) {
      if (day >= recentFrom) recentAuthors.add(author);
      const activity = activities.get(author) ?? { commits: 0, changes: new Map<number, number>() };
      activities.set(author, activity);
      activity.commits += 1;
      for (const { file } of changes) {
        if (!existing.has(file)) continue;
        activity.changes.set(file, (activity.changes.get(file) ?? 0) + 1);
        const editorsOfFile = editors.get(file) ?? new Set<number>();
        editors.set(file, editorsOfFile.add(author));
      }
    }
  const developers = new Map(
    [...activities].filter(([, { commits: count, changes }]) => count >= minCommits && changes.size > 0),
  );
  return { developers, editors, recentAuthors };
}

function aftermathOf(
  files: readonly number[],
  {
    editors,
    laterChanges,
    hasStayed,
  }: Pick<HalfYear, 'laterChanges'> & { editors: Editors; hasStayed: (author: number) => boolean },
): Aftermath {
  const untouched = files.filter((file) => !laterChanges.has(file)).length;
  const orphaned = files.filter((file) => ![...(editors.get(file) ?? [])].some(hasStayed));
  const delays = files.map((file) => laterChanges.get(file) ?? yearDays);
  return {
    untouched,
    untouchedShare: untouched / files.length,
    orphaned: orphaned.length,
    delay: delays.reduce((sum, days) => sum + days, 0) / files.length,
  };
}
