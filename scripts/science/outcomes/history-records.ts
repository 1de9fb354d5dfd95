import type { Sample, SampleRecord } from '#core/sample/fill.ts';
import { appendTo } from '#shared/domain/append-to.ts';
import { isoDay } from './half-years.ts';
import type { HalfYear } from './half-years.ts';
import type { History } from './history.ts';
import { memberships } from './modules.ts';

/** A change of a file after somebody else's is a contact of the two, if that change was at most so many days before. */
const maxContactDays = 183;

export const developerId = (author: number): string => `student-${author}`;
export const moduleTeamId = (module: string): string => `team-${module}`;
const universityId = 'university-project';

/**
 * A half-year of a history as a group would record it: modules as teams, the developers of the last year as members, the files that they
 * changed as their areas of expertise, and a contact for each day on which somebody changed a file after somebody else.
 */
export function recordsOfHalfYear({ paths }: Pick<History, 'paths'>, halfYear: HalfYear): Sample {
  const modules = new Set<string>();
  const students = [...halfYear.developers].map(([author, { changes }]): SampleRecord => {
    const ownModules = memberships(changes, paths);
    for (const module of ownModules) modules.add(module);
    const [team = null, ...otherTeams] = ownModules.map(moduleTeamId);
    return {
      type: 'student',
      id: developerId(author),
      payload: {
        name: `Developer ${author}`,
        university_id: universityId,
        team_id: team,
        other_team_ids: otherTeams,
        expertise_area: [...changes.keys()]
          .map((file) => `f${file}`)
          .sort()
          .join('; '),
      },
    };
  });
  const records: SampleRecord[] = [
    { type: 'university', id: universityId, payload: { name: 'Project' } },
    ...[...modules].sort().map((module): SampleRecord => ({
      type: 'team',
      id: moduleTeamId(module),
      payload: { name: module, university_id: universityId },
    })),
    ...students,
    ...findContacts(halfYear).map(({ day, author, other }, index): SampleRecord => ({
      type: 'contact',
      id: `contact-${index}`,
      payload: {
        date: isoDay(day),
        university_id: universityId,
        who: [developerId(author)],
        with: [developerId(other)],
      },
    })),
  ];
  return { size: 'history', seed: 0, total: records.length, records };
}

interface Contact {
  day: number;
  author: number;
  other: number;
}

/** Each pair of developers at most once a day. */
function findContacts({ commits, developers }: HalfYear): Contact[] {
  const earlierChanges = new Map<number, { day: number; author: number }[]>();
  const contacts = new Map<string, Contact>();
  for (const { day, authors, changes } of commits)
    for (const author of authors) {
      if (!developers.has(author)) continue;
      for (const { file } of changes) {
        const previous = earlierChanges.get(file)?.findLast((change) => change.author !== author);
        if (previous && day - previous.day <= maxContactDays) {
          const other = previous.author;
          const key = `${day} ${Math.min(author, other)} ${Math.max(author, other)}`;
          contacts.set(key, { day, author, other });
        }
        appendTo(earlierChanges, file, { day, author });
      }
    }
  return [...contacts.values()];
}
