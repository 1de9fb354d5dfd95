import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { ExtraLink } from './knowledge.ts';
import type { Damage, Ranked } from './leavers.ts';
import { nobody } from './organisation.ts';

/** What may be done about it, with the nodes by their places. */
export interface FoundIntervention {
  code: 'pair' | 'take_over';
  value: number;
  links: { from: number; to: number; bond_type: string; energy_loss: number }[];
}

/** Pairs are looked for among so many of the neighbours, those that most passes to first. */
const mostNeighbours = 6;
const best = 3;

const passing = (bond: string): number => 1 - (defaultEnergyLoss[bond] ?? 100) / 100;

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
    const links = pairs.map(([from, to]) => ({
      from,
      to,
      bond_type: bond,
      energy_loss: defaultEnergyLoss[bond] ?? 100,
    }));
    tried.push({ code, value: Math.max(0, damage.of([leaver], extra)), links });
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
  if (heir !== undefined && others.length > 1)
    attempt(
      'take_over',
      others.map((node) => [heir, node] as const),
      'institutional-weak',
    );
  const gain = (one: FoundIntervention): number => (value - one.value) / one.links.length;
  return tried
    .filter((one) => one.value < value)
    .sort((a, b) => gain(b) - gain(a))
    .slice(0, best);
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
