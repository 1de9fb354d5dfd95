import { compareNames } from '#shared/domain/sort-key.ts';
import type { ConfirmStatus } from '#shared/contract/confirm.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { readNames } from '../../model/names.ts';
import { isConfirmed, readTeamLinks } from './links.ts';
import type { Link } from './links.ts';

interface AnswerCounts {
  asked: number;
  answered: number;
  links: Map<string, Link>;
}

const newCounts = (): AnswerCounts => ({ asked: 0, answered: 0, links: new Map() });

const toStatus = ({ asked, answered, links }: AnswerCounts, since: string) => ({
  asked,
  answered,
  links: links.size,
  confirmed: [...links.values()].filter((link) => isConfirmed(link, since)).length,
});

/** The teams' answers since `since`: within a university, a link between two of its teams counts once. Yields rows read. */
export function* readStatus(
  db: ReadHandle,
  { university, limit, since }: { university: string | null; limit: number; since: string },
): Generator<number, ConfirmStatus, void> {
  const { teams: teamLinks } = yield* readTeamLinks(db, { university });
  const total = newCounts();
  const byUniversity = new Map<string | null, AnswerCounts>();
  const teams: Omit<ConfirmStatus['teams'][number], 'university_title'>[] = [];
  for (const { team, links } of teamLinks) {
    const confirmed = links.filter((link) => isConfirmed(link, since)).length;
    const universityCounts = byUniversity.get(team.university) ?? newCounts();
    byUniversity.set(team.university, universityCounts);
    for (const counts of [total, universityCounts]) {
      counts.asked += 1;
      if (confirmed > 0) counts.answered += 1;
      for (const link of links) counts.links.set(link.id, link);
    }
    teams.push({ ...team, links: links.length, confirmed });
  }
  const names = readNames(
    db,
    [...byUniversity.keys()].filter((id) => id !== null),
  );
  const universities = [...byUniversity].map(([id, counts]) => ({
    id,
    title: (id !== null && names.get(id)?.title) || '',
    ...toStatus(counts, since),
  }));
  universities.sort((a, b) => compareNames(a.title, b.title));
  // Teams that have not answered come first.
  teams.sort((a, b) => Number(a.confirmed > 0) - Number(b.confirmed > 0));
  return {
    since,
    total: toStatus(total, since),
    universities,
    teams: teams
      .slice(0, limit)
      .map((team) => ({ ...team, university_title: names.get(team.university ?? '')?.title ?? '' })),
  };
}
