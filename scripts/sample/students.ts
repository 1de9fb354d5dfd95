import type { SampleRecord } from '#core/sample/fill.ts';
import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import type { Dice } from './dice.ts';
import { personName, termAfter } from './people.ts';
import { teamKinds } from './texts/teams.ts';
import type { TeamKind } from './texts/teams.ts';
import type { SampleTeam, SampleUniversity, World } from './world.ts';

/** How many terms the members of a team that nobody looked after have left, by the team's lifecycle. */
const termsLeft: Readonly<Record<Lifecycle, Readonly<Record<string, number>>>> = {
  incoming: { '6': 30, '5': 35, '4': 25, '3': 8, '2': 2 },
  established: { '5': 6, '4': 14, '3': 36, '2': 32, '1': 12 },
  outgoing: { '3': 5, '2': 12, '1': 48, '0': 35 },
};

const everyTerm = [2, 0, 1, 3, 4, 5, 6] as const;

/** Most teams take in somebody every now and then: their members' terms are spread over the stay. */
const [evenTeams, stay] = [0.72, 6] as const;

/** The members of every team, and some people who are in none yet. Ids say nothing of the person. */
export function* students(world: World): Generator<SampleRecord, void, void> {
  const dice = world.dice('students');
  const numbers = new Map<SampleUniversity, number>();

  const record = (
    university: SampleUniversity,
    team: SampleTeam | null,
    kind: TeamKind,
    place: number,
    terms: number,
  ): SampleRecord => {
    const number = (numbers.get(university) ?? 0) + 1;
    numbers.set(university, number);
    const graduated = terms === 0 && dice.chance(0.4);
    const id = world.idFor('stud', `${university.slug}-${String(number).padStart(3, '0')}`);
    if (team && !graduated && world.plan.contacts > 0)
      world.members.set(team, [...(world.members.get(team) ?? []), id]);
    return {
      type: 'student',
      id,
      payload: {
        name: personName(dice),
        university_id: university.id,
        team_id: team?.id ?? null,
        expertise_area: dice.pick(kind.expertise),
        graduation_term: termAfter(world.now, graduated ? -1 : terms),
        terms_remaining: terms,
        is_lead: team !== null && place === 0 && !graduated,
        active: !graduated && !dice.chance(0.03),
        graduated_at: graduated ? lastGraduation(world.now) : null,
        meta: { year: Math.max(1, 4 - Math.ceil(terms / 2)), hours_a_week: dice.int(2, 7) * 2 },
      },
    };
  };

  let made = 0;
  for (const [at, team] of world.teams.entries()) {
    const begin = dice.chance(evenTeams) ? dice.int(0, stay - 1) : null;
    for (let place = 0; place < team.size; place++, made++) {
      const spread = begin === null ? termsFor(dice, team.lifecycle) : evenTerm(begin, place / team.size);
      const terms = at === 0 && place < everyTerm.length ? everyTerm[place] : spread;
      yield record(team.university, team, team.kind, place, terms as number);
    }
  }
  for (; made < world.plan.students; made++) {
    yield record(dice.pick(world.universities), null, dice.pick(teamKinds), made, dice.int(4, 6));
  }
}

/** The terms left of a member at a place, 0 to 1, of a team that is spread over the stay. */
function evenTerm(begin: number, place: number): number {
  return 1 + ((begin + Math.floor(place * stay)) % stay);
}

function termsFor(dice: Dice, lifecycle: Lifecycle): number {
  return Number(dice.weighted(termsLeft[lifecycle]));
}

/** The last day of the term before the one `now` lies in, as an ISO date. */
function lastGraduation(now: Date): string {
  const year = now.getUTCFullYear();
  return now.getUTCMonth() >= 6 ? `${year}-05-23` : `${year - 1}-12-18`;
}
