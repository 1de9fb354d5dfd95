import type { ChangeKind, History } from '#scripts/science/outcomes/history.ts';

/** A commit: its day, its authors, and its changes, such as `A0 M2`. */
export type MadeCommit = readonly [day: string, authors: readonly number[], changes: string];

export const historyOf = (paths: readonly string[], commits: readonly MadeCommit[]): History => ({
  commits: commits.map(([day, authors, changes]) => ({
    day: Date.parse(day) / 86_400_000,
    authors,
    changes: changes
      .split(' ')
      .map((change) => ({ kind: change.slice(0, 1) as ChangeKind, file: Number(change.slice(1)) })),
  })),
  paths,
});
