import type { SampleRecord } from '#core/sample/fill.ts';
import type { Dice } from './dice.ts';
import { contactSubjects } from './texts/contacts.ts';
import type { SampleTeam, World } from './world.ts';

const [monthsBack, fragileLinks, missingLinks] = [10, 4, 3] as const;

interface Meeting {
  one: SampleTeam;
  other: SampleTeam;
}

/**
 * Meetings, messages and reviews of the last months: some between teams whose link is fragile and some between teams without a link, in most months and by
 * the same two members, the others once in a while.
 */
export function* contacts(world: World): Generator<SampleRecord, void, void> {
  const { contacts: wanted } = world.plan;
  if (wanted === 0) return;
  const dice = world.dice('contacts');
  const people = (team: SampleTeam): string[] => world.members.get(team) ?? [];
  for (const [at, { one, other, month, isRegular }] of scheduled(world, dice, wanted).entries()) {
    const pick = (team: SampleTeam): string =>
      (isRegular ? people(team)[0] : dice.pick(people(team))) ?? team.id;
    const kind = dice.weighted({ meeting: 5, message: 3, review: 2 });
    yield {
      type: 'contact',
      id: world.idFor('contact', String(at + 1).padStart(5, '0')),
      payload: {
        date: dayIn(world.now, month, dice.int(1, 28)),
        kind,
        who: [pick(one)],
        with: [kind === 'review' ? other.id : pick(other)],
        university_id: one.university.id,
        subject: dice.pick(contactSubjects[kind]),
      },
    };
  }
}

/** Who meets whom, how many months ago. */
function scheduled(
  world: World,
  dice: Dice,
  wanted: number,
): (Meeting & { month: number; isRegular: boolean })[] {
  const { fragile, missing, others } = meetings(world, dice);
  const months = Array.from({ length: monthsBack }, (_, at) => monthsBack - at);
  const regular = [...fragile.slice(0, fragileLinks), ...missing.slice(0, missingLinks)]
    .flatMap((meeting) => months.map((month) => ({ ...meeting, month, isRegular: true })))
    .filter(() => dice.chance(0.8))
    .slice(0, wanted);
  const next = dice.deck(others);
  const more = Array.from({ length: wanted - regular.length }, () => ({
    ...next(),
    month: dice.int(1, monthsBack),
    isRegular: false,
  }));
  return [...regular, ...more];
}

function meetings(world: World, dice: Dice): Record<'fragile' | 'missing' | 'others', Meeting[]> {
  const byId = new Map(world.teams.map((team) => [team.id, team]));
  const linked = new Set<string>();
  const [fragile, others]: [Meeting[], Meeting[]] = [[], []];
  for (const { from, to, bond } of world.links) {
    const [one, other] = [byId.get(from), byId.get(to)];
    if (!one || !other) continue;
    linked.add(`${from} ${to}`).add(`${to} ${from}`);
    (bond === 'fragile-temporary' ? fragile : others).push({ one, other });
  }
  const missing = dice.shuffled(
    world.teams.flatMap((one, at) =>
      world.teams
        .slice(at + 1)
        .filter(({ id, university }) => university === one.university && !linked.has(`${one.id} ${id}`))
        .map((other) => ({ one, other })),
    ),
  );
  return { fragile: dice.shuffled(fragile), missing, others };
}

/** A day some months before `now`, in ISO 8601. */
function dayIn(now: Date, monthsBefore: number, day: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsBefore, day))
    .toISOString()
    .slice(0, 10);
}
