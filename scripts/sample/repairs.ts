import type { SampleRecord } from '#core/sample/fill.ts';
import type { SampleFaculty, SampleTeam, World } from './world.ts';

const planned = [
  { name: 'Write the handover guide of {team}', days: 45 },
  { name: 'Pair a new member with the lead of {team}', days: 80 },
] as const;

const nameOfTeam = ({ kind }: SampleTeam): string => kind.name;

/** Two open repairs, each for a team whose departure would cost something. */
export function* repairs(world: World): Generator<SampleRecord, void, void> {
  for (const [at, { name, days }] of planned.slice(0, world.plan.repairs).entries()) {
    const team = world.teams[at * 9] as SampleTeam;
    const owner = world.faculty.find(({ university }) => university === team.university) as SampleFaculty;
    yield {
      type: 'repair',
      id: world.idFor('repair', String(at + 1)),
      payload: {
        name: name.replace('{team}', nameOfTeam(team)),
        university_id: team.university.id,
        owners: [owner.id],
        due_on: new Date(world.now.getTime() + days * 86_400_000).toISOString().slice(0, 10),
        question: 'leavers',
        subjects: [team.id],
      },
    };
  }
}
