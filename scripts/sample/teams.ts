import type { SampleRecord } from '#core/sample/fill.ts';
import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import type { Dice } from './dice.ts';
import { apportion } from './plan.ts';
import { days, handoverMonths } from './texts/links.ts';
import { teamKinds, teamStanding } from './texts/teams.ts';
import type { TeamKind } from './texts/teams.ts';
import { fillIn } from './world.ts';
import type { SampleProject, SampleTeam, World } from './world.ts';

/** Where a campus stands: balanced, losing its people, starting anew, or without anybody in between. */
const campusMoods: readonly Readonly<Record<Lifecycle, number>>[] = [
  { incoming: 30, established: 45, outgoing: 25 },
  { incoming: 15, established: 35, outgoing: 50 },
  { incoming: 55, established: 35, outgoing: 10 },
  { incoming: 48, established: 4, outgoing: 48 },
];

/** Months a team has worked together. */
const experience: Readonly<Record<Lifecycle, readonly [number, number]>> = {
  incoming: [1, 8],
  established: [10, 30],
  outgoing: [24, 44],
};

const lifecycles: readonly Lifecycle[] = ['incoming', 'established', 'outgoing'];

/** A large campus has one of each discipline first; a small one has a few of those and some of the rarer kinds. */
function kindsFor(count: number, dice: Dice): TeamKind[] {
  const core = teamKinds.slice(0, 10);
  const more = teamKinds.slice(10);
  const list = count >= core.length ? [...core] : dice.shuffled(core).slice(0, Math.ceil(count / 2));
  while (list.length < count)
    list.push(...dice.shuffled(list.length % teamKinds.length === 0 ? teamKinds : more));
  return list.slice(0, count);
}

/** The teams of every university: first those that its core projects need. Sizes add up to the students to come. */
export function* teams(world: World): Generator<SampleRecord, void, void> {
  const dice = world.dice('teams');
  const { plan } = world;
  const counts = apportion(
    plan.teams,
    world.universities.map(({ weight }) => weight),
    3,
  );
  const shared = world.projects.filter(({ university }) => university === null);
  const members = apportion(
    plan.students - Math.round(plan.students * 0.02),
    Array.from({ length: plan.teams }, () => 0.1 + dice.next() ** 2 * 2),
    2,
  );
  const standings = {
    incoming: dice.deck(teamStanding.incoming),
    established: dice.deck(teamStanding.established),
    outgoing: dice.deck(teamStanding.outgoing),
  };
  // The very first team has a member in every term, whatever the dice say.
  const spare = members[0] ?? 0;
  if (spare < 7) takeFromLargest(members, 7 - spare);

  for (const [at, university] of world.universities.entries()) {
    const own = world.projects.filter((project) => project.university === university);
    const mood = campusMoods[at % campusMoods.length] as (typeof campusMoods)[number];
    const count = counts[at] ?? 0;
    for (const [place, kind] of kindsFor(count, dice).entries()) {
      const project = projectFor(dice, kind, own, shared);
      const lifecycle =
        at === 0 && place < 3 ? (lifecycles[(place + 1) % 3] as Lifecycle) : dice.weighted(mood);
      // Where a campus has many teams of a kind, the mission tells them apart.
      const name =
        count > teamKinds.length ? `${project?.mission ?? 'Campus'} ${kind.name.toLowerCase()}` : kind.name;
      const id = world.idFor('team', `${university.slug}-${name}`);
      const size = members[world.teams.length] ?? 2;
      world.teams.push({
        id,
        university,
        project,
        kind,
        discipline: kind.discipline,
        lifecycle,
        size,
      } satisfies SampleTeam);
      const standing = fillIn(standings[lifecycle](), {
        day: dice.pick(days),
        month: dice.pick(handoverMonths),
      });
      yield {
        type: 'team',
        id,
        payload: {
          name,
          university_id: university.id,
          project_id: project?.id ?? null,
          discipline: kind.discipline,
          lifecycle,
          size,
          experience: dice.int(...experience[lifecycle]),
          description: `${kind.work} ${standing}`,
          meta: {
            room: `${dice.pick(['A', 'B', 'C', 'E', 'L'])}${dice.int(1, 4)}${String(dice.int(1, 40)).padStart(2, '0')}`,
          },
        },
      };
    }
  }
}

/** A project that needs the team's trade: most often one of the own university. Some teams serve everybody. */
function projectFor(
  dice: Dice,
  { discipline }: TeamKind,
  own: readonly SampleProject[],
  shared: readonly SampleProject[],
): SampleProject | null {
  if (dice.chance(0.06)) return null;
  const suits = ({ trades }: SampleProject): boolean => trades.length === 0 || trades.includes(discipline);
  const near = dice.chance(0.4) ? [] : own.filter(suits);
  const choice = near.length > 0 ? near : shared.filter(suits);
  return choice.length > 0 ? dice.pick(choice) : null;
}

/** Moves `count` people into the first team, one at a time from whichever is largest. */
function takeFromLargest(members: number[], count: number): void {
  for (let moved = 0; moved < count; moved++) {
    let largest = 1;
    for (let at = 2; at < members.length; at++)
      if ((members[at] ?? 0) > (members[largest] ?? 0)) largest = at;
    members[largest] = (members[largest] ?? 0) - 1;
    members[0] = (members[0] ?? 0) + 1;
  }
}
