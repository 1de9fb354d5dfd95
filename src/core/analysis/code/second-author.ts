import type { CodeMap } from '#shared/contract/code-maps.ts';
import type { KnownPerson } from '../../code-maps/people.ts';

export interface SecondAuthor {
  person: KnownPerson;
  /** Orphaned files that the person should change, the largest first. */
  files: readonly string[];
}

/** One intervention covers this share of an area's files, at least one and at most five: a few pull requests. */
const fileShare = 0.35;
const maxFiles = 5;

interface Candidates {
  orphans: readonly CodeMap['files'][number][];
  stays: (author: number) => boolean;
  people: readonly (KnownPerson | null)[];
}

/**
 * The person who stays and is closest to an area: who changed most of its files within a year, then most files of areas that import it or
 * that it imports, then most files of the repository. Null if no known person who stays changed any.
 */
export function chooseSecondAuthor(
  { areas, files, imports }: CodeMap,
  area: number,
  { orphans, stays, people }: Candidates,
): SecondAuthor | null {
  if (orphans.length === 0) return null;
  const neighbours = new Set(
    (imports?.between ?? []).flatMap(({ from, to }) => (from === area ? [to] : to === area ? [from] : [])),
  );
  const closeness = new Map<KnownPerson, [own: number, near: number, all: number]>();
  for (const { area: place, authors, recent } of files)
    for (const author of new Set([...authors, ...recent])) {
      const person = people[author];
      if (!person || !stays(author)) continue;
      const [own, near, all] = closeness.get(person) ?? [0, 0, 0];
      closeness.set(person, [own + Number(place === area), near + Number(neighbours.has(place)), all + 1]);
    }
  const [best] = [...closeness].toSorted(
    ([a, x], [b, y]) => y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || (a.id < b.id ? -1 : 1),
  );
  if (!best) return null;
  const count = Math.min(maxFiles, orphans.length, Math.ceil(fileShare * (areas[area]?.files ?? 0)));
  const bySize = orphans.toSorted((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0) || (a.path < b.path ? -1 : 1));
  return { person: best[0], files: bySize.slice(0, count).map(({ path }) => path) };
}
