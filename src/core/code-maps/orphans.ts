import type { CodeMap } from '#shared/contract/code-maps.ts';

/** What the people who stay know of some files. */
export interface OrphanShare {
  /** Per cent of the files that nobody who stays has authored, or changed within a year; null without files. */
  share: number | null;
  /** Per cent of the files that only unknown authors know, who were active within a year; null without files. */
  unknown: number | null;
  /** Paths. */
  orphans: readonly string[];
  files: number;
  /** Authors who stay and changed several of the files within a year: they can take over. Indexes of the map's authors. */
  successors: readonly number[];
}

/** Successors changed this share of the files, but at least one, and three are enough. */
const successorShare = 0.1;
const enoughFiles = 3;

export type Presence = 'stays' | 'leaves' | 'unknown';

const yearMs = 365 * 24 * 3600 * 1000;

/** Whether each author of a map was active in the year before its newest commit. */
export function activeAuthors({ authors, newest_commit_at }: CodeMap): boolean[] {
  const earliest = Date.parse(newest_commit_at ?? '') - yearMs;
  return authors.map(({ last }) => last !== null && Date.parse(last) >= earliest);
}

/**
 * The share of files that are orphaned when people leave. An unknown author who was active within a year may stay, so their files are
 * counted apart; one who was silent is gone.
 */
export function orphanShare(
  files: readonly CodeMap['files'][number][],
  presenceOf: (author: number) => Presence,
  isActive: (author: number) => boolean,
): OrphanShare {
  const orphans: string[] = [];
  const filesByAuthor = new Map<number, number>();
  let unknown = 0;
  for (const { path, authors, recent } of files) {
    const recentStayers = recent.filter((author) => presenceOf(author) === 'stays');
    for (const author of recentStayers) filesByAuthor.set(author, (filesByAuthor.get(author) ?? 0) + 1);
    if (recentStayers.length > 0 || authors.some((author) => presenceOf(author) === 'stays')) continue;
    const mayStay = (author: number): boolean => presenceOf(author) === 'unknown' && isActive(author);
    if (recent.some(mayStay) || authors.some(mayStay)) unknown += 1;
    else orphans.push(path);
  }
  const perCent = (count: number): number | null =>
    files.length === 0 ? null : (100 * count) / files.length;
  const needed = Math.max(1, Math.min(enoughFiles, successorShare * files.length));
  return {
    share: perCent(orphans.length),
    unknown: perCent(unknown),
    orphans,
    files: files.length,
    successors: [...filesByAuthor].flatMap(([author, count]) => (count >= needed ? [author] : [])),
  };
}
