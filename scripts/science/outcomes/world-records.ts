import type { Sample, SampleRecord } from '#core/sample/fill.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { RecordedWorld } from './world/recording.ts';

/** The time at which a world is recorded. */
export const worldTime = Date.UTC(2026, 0, 1);
const dayMs = 86_400_000;
const yearDays = 365;

export const personId = (person: number): string => `student-${person}`;
export const teamId = (team: number): string => `team-${team}`;
const universityId = (university: number): string => `university-${university}`;

const nearestBond = (loss: number): string =>
  Object.entries(defaultEnergyLoss).reduce((nearest, next) =>
    Math.abs(next[1] - loss) < Math.abs(nearest[1] - loss) ? next : nearest,
  )[0];

/** A recorded world as FRAMES keeps it. The dates of contacts are drawn from the year before, by the seed. */
export function recordsOfWorld(world: RecordedWorld, seed: number): Sample {
  const { teams, people, links } = world;
  const universityOf = (team: number): string => universityId(teams[team]?.university ?? 0);
  const records: SampleRecord[] = [
    ...[...new Set(teams.map(({ university }) => university))].map((university): SampleRecord => ({
      type: 'university',
      id: universityId(university),
      payload: { name: `University ${university}` },
    })),
    ...teams.map(({ size }, team): SampleRecord => ({
      type: 'team',
      id: teamId(team),
      payload: { name: `Team ${team}`, university_id: universityOf(team), size },
    })),
    ...people.map(({ team, otherTeams, terms, isLead, areas }, person): SampleRecord => ({
      type: 'student',
      id: personId(person),
      payload: {
        name: `Person ${person}`,
        university_id: universityOf(team),
        team_id: teamId(team),
        other_team_ids: otherTeams.map(teamId),
        terms_remaining: terms,
        is_lead: isLead,
        ...(areas.length === 0 ? {} : { expertise_area: areas.map((area) => `area ${area}`).join('; ') }),
      },
    })),
    ...links.map(({ from, to, loss, documented, bearers }, link): SampleRecord => ({
      type: 'interface',
      id: `interface-${link}`,
      payload: {
        from: teamId(from),
        to: teamId(to),
        interface_type: 'team-to-team',
        bond_type: nearestBond(loss),
        energy_loss: loss,
        documented: Math.round(100 * documented),
        bearers: bearers.map(personId),
      },
    })),
    ...contactRecords(world, universityOf, seed),
  ];
  return { size: 'world', seed, total: records.length, records };
}

function contactRecords(
  { people, contacts }: RecordedWorld,
  universityOf: (team: number) => string,
  seed: number,
): SampleRecord[] {
  const random = seededRandom(seed);
  return contacts
    .flatMap(({ from, to, count }) => Array.from({ length: count }, () => ({ from, to })))
    .map(({ from, to }, index) => ({
      type: 'contact',
      id: `contact-${index}`,
      payload: {
        date: new Date(worldTime - dayMs * (1 + Math.floor(random() * (yearDays - 1))))
          .toISOString()
          .slice(0, 10),
        university_id: universityOf(people[from]?.team ?? 0),
        who: [personId(from)],
        with: [personId(to)],
      },
    }));
}
