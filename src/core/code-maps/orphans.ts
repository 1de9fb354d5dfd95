import { fileAuthorship } from './authorship.ts';
import type { FileChange } from './history.ts';

/** What the people who stay know of some files. */
export interface OrphanShare {
  /** Per cent of the files that nobody who stays has authored, or changed within a year; null without files. */
  share: number | null;
  orphans: number;
  files: number;
  /** People who stay and changed several of the files within a year: they can take over. */
  successors: readonly number[];
}

const recentSeconds = 365 * 24 * 3600;

/** Successors changed this share of the files, but at least one, and three are enough. */
const successorShare = 0.1;
const enoughFiles = 3;

interface Departure {
  /** Whether a person stays; people who are unknown, or programs, do not. */
  stays: (person: number) => boolean;
  bots: ReadonlySet<number>;
  /** Seconds since 1970. */
  now: number;
}

/** The share of files that are orphaned when people leave, by the history of each file. */
export function orphanShare(
  histories: readonly (readonly FileChange[])[],
  { stays, bots, now }: Departure,
): OrphanShare {
  let orphans = 0;
  const filesByPerson = new Map<number, number>();
  for (const changes of histories) {
    const recent = changes.filter(({ time, isBulk }) => !isBulk && time > now - recentSeconds && time <= now);
    const recentPeople = [...new Set(recent.flatMap(({ authors }) => authors))].filter(
      (person) => !bots.has(person) && stays(person),
    );
    for (const person of recentPeople) filesByPerson.set(person, (filesByPerson.get(person) ?? 0) + 1);
    const isAuthored = (): boolean =>
      fileAuthorship(changes, bots).some(({ isAuthor, person }) => isAuthor && stays(person));
    if (recentPeople.length === 0 && !isAuthored()) orphans += 1;
  }
  const needed = Math.max(1, Math.min(enoughFiles, successorShare * histories.length));
  return {
    share: histories.length === 0 ? null : (100 * orphans) / histories.length,
    orphans,
    files: histories.length,
    successors: [...filesByPerson]
      .filter(([, count]) => count >= needed)
      .sort(([a, countA], [b, countB]) => countB - countA || a - b)
      .map(([person]) => person),
  };
}
