import { usualLoss } from '#shared/domain/interfaces.ts';
import { cohortRisk } from './cohorts.ts';
import type { Cohort } from './cohorts.ts';
import type { ExtraLink } from '../knowledge.ts';
import type { Damage, Ranked } from './leavers.ts';
import { nobody } from '../organisation.ts';

interface Strength {
  bond_type: string;
  energy_loss: number;
}

/** A step of an intervention, with nodes and links by their places. */
type FoundStep =
  | ({ do: 'link'; from: number; to: number } & Strength)
  | ({ do: 'strengthen'; link: number } & Strength)
  | { do: 'mentor'; team: number; terms: number };

/** What may be done about it, and the value after it. */
export interface FoundIntervention {
  code: 'pair' | 'take_over' | 'write_down' | 'keep_member' | 'established' | 'incoming' | 'both';
  value: number;
  steps: FoundStep[];
}

/** Pairs are looked for among so many of the neighbours, those that most passes to first. */
const mostNeighbours = 6;
const best = 3;

const passing = (bond: string): number => 1 - usualLoss(bond) / 100;

/**
 * The best of what can be done before somebody leaves, each simulated: two of the neighbours work together (a moderate link), or one neighbour
 * takes over the links to all others (weak ones, as what is learned in a hurry). What lessens the damage most for each link that it takes
 * comes first.
 */
export function findInterventions(damage: Damage, { leaver, damage: value }: Ranked): FoundIntervention[] {
  const centre = leaver.team === nobody || hasLinks(damage, leaver.node) ? leaver.node : leaver.team;
  const neighbours = nearest(damage, centre).slice(0, mostNeighbours);
  const tried: FoundIntervention[] = [];
  const attempt = (
    code: FoundIntervention['code'],
    pairs: readonly (readonly [number, number])[],
    bond: string,
  ): void => {
    const weight = passing(bond);
    const extra = pairs.map(([from, to]): ExtraLink => ({ from, to, weight }));
    const steps = pairs.map(([from, to]) => ({
      do: 'link' as const,
      from,
      to,
      bond_type: bond,
      energy_loss: usualLoss(bond),
    }));
    tried.push({ code, value: Math.max(0, damage.of([leaver], extra)), steps });
  };
  for (const [at, one] of neighbours.entries()) {
    for (const other of neighbours.slice(at + 1)) {
      if (!isJoined(damage, one, other)) attempt('pair', [[one, other]], 'codified-moderate');
    }
  }
  const heir = neighbours[0];
  const others =
    heir === undefined
      ? []
      : nearest(damage, centre).filter((node) => node !== heir && !isJoined(damage, heir, node));
  if (heir !== undefined && others.length > 1 && others.length <= mostSteps)
    attempt(
      'take_over',
      others.map((node) => [heir, node] as const),
      'institutional-weak',
    );
  return cheapest(tried, value);
}

/** What takes more steps is no repair that anybody would make. */
const mostSteps = 100;

/** Those that help, the one that lessens the value most for each of its steps first. */
function cheapest(tried: readonly FoundIntervention[], value: number): FoundIntervention[] {
  const gain = (one: FoundIntervention): number => (value - one.value) / one.steps.length;
  return tried
    .filter((one) => one.value < value)
    .sort((a, b) => gain(b) - gain(a))
    .slice(0, best);
}

/** An end of a link: its members, a person alone as one of them, and those who stay; none are listed where `all` is 0. */
export interface LinkEnd {
  node: number;
  isTeam: boolean;
  all: number;
  stay: number;
}

/** Which share of the members of an end stays: all where none are listed. */
export const shareOf = ({ all, stay }: Pick<LinkEnd, 'all' | 'stay'>): number => (all === 0 ? 1 : stay / all);

const written = 'codified-moderate';

/** A link that degrades is written down, or one more member who stays joins an end of it. `value` is what will be lost over it. */
export function keepLink(
  { link, loss, ends }: { link: number; loss: number; ends: readonly [LinkEnd, LinkEnd] },
  value: number,
): FoundIntervention[] {
  const after = (passes: number, [one, other]: readonly [LinkEnd, LinkEnd]): number =>
    1 - passes * shareOf(one) * shareOf(other);
  const tried = writeDown(link, loss).map((one) => ({
    ...one,
    value: after(Math.max(passing(written), 1 - loss / 100), ends),
  }));
  for (const [at, end] of ends.entries()) {
    if (end.all === end.stay || !end.isTeam) continue;
    const joined = { ...end, all: end.all + 1, stay: end.stay + 1 };
    const others: readonly [LinkEnd, LinkEnd] = at === 0 ? [joined, ends[1]] : [ends[0], joined];
    const steps: FoundStep[] = [{ do: 'mentor', team: end.node, terms: terms.established }];
    tried.push({ code: 'keep_member', value: after(1 - loss / 100, others), steps });
  }
  return cheapest(tried, value);
}

/** What passes over a link is written down: then nothing undocumented goes over it. */
export function writeDown(link: number, loss: number): FoundIntervention[] {
  const energy_loss = Number.isNaN(loss) ? usualLoss(written) : Math.min(loss, usualLoss(written));
  return [
    {
      code: 'write_down',
      value: 0,
      steps: [{ do: 'strengthen', link, bond_type: written, energy_loss }],
    },
  ];
}

/** Terms that somebody has left who joins: as many as make them established, or incoming. */
const terms = { established: 3, incoming: 6 } as const;

/** A team gets an established member, a new one, or both. */
export function completeCohort(team: number, cohort: Cohort): FoundIntervention[] {
  const join = (code: FoundIntervention['code'], ...who: (keyof typeof terms)[]): FoundIntervention => {
    const after = { ...cohort };
    for (const one of who) after[one] += 1;
    const steps = who.map((one): FoundStep => ({ do: 'mentor', team, terms: terms[one] }));
    return { code, value: cohortRisk(after).value, steps };
  };
  return cheapest(
    [
      join('established', 'established'),
      join('incoming', 'incoming'),
      join('both', 'established', 'incoming'),
    ],
    cohortRisk(cohort).value,
  );
}

function entriesOf({ graph }: Damage, node: number): { to: number; weight: number }[] {
  const entries: { to: number; weight: number }[] = [];
  for (let at = graph.offsets[node] as number; at < (graph.offsets[node + 1] as number); at++)
    entries.push({ to: graph.targets[at] as number, weight: graph.weights[at] as number });
  return entries;
}

const hasLinks = (damage: Damage, node: number): boolean => entriesOf(damage, node).length > 0;
const isJoined = (damage: Damage, one: number, other: number): boolean =>
  entriesOf(damage, one).some(({ to }) => to === other);

function nearest(damage: Damage, node: number): number[] {
  const entries = entriesOf(damage, node).sort((a, b) => b.weight - a.weight || a.to - b.to);
  return [...new Set(entries.map(({ to }) => to))];
}
