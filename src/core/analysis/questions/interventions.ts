import { describedShare, usualLoss, usualShare } from '#shared/domain/interfaces.ts';
import type { Change, Presence } from '../bearing.ts';
import type { ExtraLink } from '../knowledge.ts';
import { kindOf, noNode } from '../organisation.ts';
import type { Damage } from './damage.ts';
import { leaverOf } from './leavers.ts';
import type { Leaver } from './leavers.ts';
import {
  afterTerm,
  presenceAfterTerm,
  strengthenedBond,
  usualPasses,
  withoutPeople,
} from './link-effects.ts';
import { roundingTolerance, valueOf } from './subject.ts';

interface Strength {
  bond_type: string;
  energy_loss: number;
}

export type FoundStep =
  | ({ do: 'link'; from: number; to: number } & Strength)
  | ({ do: 'strengthen'; link: number } & Strength)
  | { do: 'document'; link: number; documented: number }
  | { do: 'mentor'; team: number; terms: number };

export type InterventionCode =
  | 'pair'
  | 'take_over'
  | 'write_down'
  | 'write_down_all'
  | 'keep_member'
  | 'established'
  | 'incoming'
  | 'both'
  | 'strengthen';

export interface FoundIntervention {
  code: InterventionCode;
  value: number;
  steps: FoundStep[];
}

/** The most neighbours among which pairs are tried, those with the strongest links first. */
const mostNeighbours = 6;
const best = 3;
/** The most links that are tried singly, those with the largest flow first. */
const mostDocumented = 4;
/** Longer interventions are impractical. */
const mostSteps = 100;
/** Remaining terms of a new member: established, or incoming. */
const joinTerms = { established: 3, incoming: 6 } as const;

interface Tried extends FoundIntervention {
  /** The largest loss among the linked records that this raises; 0 if none. */
  raised?: () => number;
}

interface Gained {
  one: Tried;
  gain: number;
}

/** The best intervention of each kind by reduction per step. One that only moves the risk to another record is left out. */
function cheapest(tried: readonly Tried[], value: number): FoundIntervention[] {
  const helpful = tried.filter((one) => one.value < value - 1e-9);
  return [...Map.groupBy(helpful, ({ code }) => code).values()]
    .flatMap((ofCode) => bestOf(ofCode, value) ?? [])
    .sort((a, b) => b.gain - a.gain)
    .slice(0, best)
    .map(({ one: { code, value: after, steps } }) => ({ code, value: after, steps }));
}

function bestOf(tried: readonly Tried[], value: number): Gained | null {
  const gainOf = (one: Tried, after: number): number => (value - after) / one.steps.length;
  const mostFirst = tried
    .map((one): Gained => ({ one, gain: gainOf(one, one.value) }))
    .sort((a, b) => b.gain - a.gain);
  let found: Gained | null = null;
  for (const { one, gain: most } of mostFirst) {
    // `raised` is slow, and can only reduce the gain.
    if (found && most <= found.gain) break;
    const after = Math.max(one.value, one.raised?.() ?? 0);
    const gain = gainOf(one, after);
    if (after < value - 1e-9 && gain > (found?.gain ?? 0)) found = { one, gain };
  }
  return found;
}

class Repairs {
  readonly #damage: Damage;
  readonly #leavers: readonly number[];
  readonly #value: number;
  readonly #losses = new Map<number, number>();
  readonly tried: Tried[] = [];

  constructor(damage: Damage, leavers: readonly number[], value: number) {
    [this.#damage, this.#leavers, this.#value] = [damage, leavers, value];
  }

  get presence(): Presence {
    return this.#damage.bearing.presenceWithout(this.#leavers);
  }

  /** The loss by leavers after an intervention, as a share of the reach then. `now` links exist before they leave, `afterwards` remain. */
  attempt(
    code: InterventionCode,
    steps: FoundStep[],
    {
      now = [],
      afterwards,
      written = [],
    }: Partial<Record<'now' | 'written', readonly ExtraLink[]>> & { afterwards: readonly ExtraLink[] },
  ): void {
    if (steps.length === 0 || steps.length > mostSteps) return;
    const damage = this.#damage;
    const change = damage.bearing.without(this.#leavers);
    const before = damage.total - (now.length > 0 ? damage.lost([], now) : 0);
    const after = damage.total - damage.lost(change, afterwards);
    const value = before > 0 ? Math.max(0, 1 - after / before) : 0;
    this.tried.push({ code, value, steps, raised: () => this.#raised(now, written, before) });
  }

  /** The largest loss raised by added links among the records that all of them share. `total` is the reach with the links. */
  #raised(added: readonly ExtraLink[], written: readonly ExtraLink[], total: number): number {
    const damage = this.#damage;
    const shared = [...new Set(added.flatMap(({ from, to }) => [from, to]))].filter((node) =>
      added.every(({ from, to }) => from === node || to === node),
    );
    return shared.reduce((most, node) => {
      const left = damage.total - damage.lost(damage.bearing.without([node]), written);
      const after = 1 - left / total;
      return after > this.#lossOf(node) + roundingTolerance ? Math.max(most, after) : most;
    }, 0);
  }

  #lossOf(node: number): number {
    const known = this.#losses.get(node) ?? valueOf(this.#damage, leaverOf([node]));
    this.#losses.set(node, known);
    return known;
  }

  best(): FoundIntervention[] {
    return cheapest(this.tried, this.#value);
  }
}

/**
 * The best interventions before a departure, each simulated: document the links, link two neighbours (a moderate link), let one neighbour
 * take over the links to all others (weak ones, because they are learned in a hurry), or add a member who stays on to the team. Sorted by
 * reduction per step.
 */
export function findInterventions(
  damage: Damage,
  { nodes, team }: Leaver,
  value: number,
): FoundIntervention[] {
  const { bearing } = damage;
  const node = nodes[0] as number;
  const repairs = new Repairs(damage, [node], value);
  const change = bearing.without([node]);
  document(
    damage,
    repairs,
    change.map(([link]) => link),
  );
  const centre = hasLinks(damage, node) || team === noNode ? node : team;
  joinNeighbours(damage, repairs, centre);
  if (team !== noNode)
    join(damage, repairs, { team, leavers: [node], who: ['established'], code: 'keep_member' });
  return repairs.best();
}

function document(damage: Damage, repairs: Repairs, links: readonly number[]): void {
  const { bearing } = damage;
  const { from, to, documented } = bearing.organisation;
  const open = links
    .filter((link) => (documented[link] as number) < describedShare / 100)
    .sort((a, b) => damage.over(b) - damage.over(a) || a - b);
  const { presence } = repairs;
  const extraOf = (link: number): ExtraLink => ({
    from: from[link] as number,
    to: to[link] as number,
    weight: bearing.passesOver(link, presence, describedShare / 100),
  });
  const step = (link: number): FoundStep => ({ do: 'document', link, documented: describedShare });
  for (const link of open.slice(0, mostDocumented))
    repairs.attempt('write_down', [step(link)], { afterwards: [extraOf(link)] });
  if (open.length > 1) repairs.attempt('write_down_all', open.map(step), { afterwards: open.map(extraOf) });
}

function joinNeighbours(damage: Damage, repairs: Repairs, centre: number): void {
  const neighbours = nearest(damage, centre).filter((node) => holds(damage, node));
  const near = neighbours.slice(0, mostNeighbours);
  const attempt = (
    code: InterventionCode,
    pairs: readonly (readonly [number, number])[],
    bond: string,
  ): void => {
    const weight = usualPasses(bond);
    const steps = pairs.map(([from, to]): FoundStep => {
      return { do: 'link', from, to, bond_type: bond, energy_loss: usualLoss(bond) };
    });
    const extra = pairs.map(([from, to]) => ({ from, to, weight }));
    const written = extra.map((link) => ({ ...link, weight: (weight * usualShare(bond)) / 100 }));
    repairs.attempt(code, steps, { now: extra, afterwards: extra, written });
  };
  for (const [at, one] of near.entries()) {
    for (const other of near.slice(at + 1)) {
      if (!isJoined(damage, one, other)) attempt('pair', [[one, other]], 'codified-moderate');
    }
  }
  const heir = neighbours[0];
  const others =
    heir === undefined ? [] : neighbours.slice(1).filter((node) => !isJoined(damage, heir, node));
  if (heir !== undefined && others.length > 1)
    attempt(
      'take_over',
      others.map((node) => [heir, node] as const),
      'institutional-weak',
    );
}

/** Members join a team before others leave it. */
function join(
  damage: Damage,
  repairs: Repairs,
  {
    team,
    leavers,
    who,
    code,
  }: {
    team: number;
    leavers: readonly number[];
    who: readonly (keyof typeof joinTerms)[];
    code: InterventionCode;
  },
): void {
  const { bearing } = damage;
  const { from, to } = bearing.organisation;
  // A new member has half the knowledge of an established one.
  const weight = who.reduce((sum, one) => sum + (one === 'incoming' ? 0.5 : 1), 0);
  const presence = { ...repairs.presence, joined: new Map([[team, weight]]) };
  const extra = bearing.without(leavers).flatMap(([link, passes]): ExtraLink[] => {
    const after = bearing.passesOver(link, presence);
    return after > passes ? [{ from: from[link] as number, to: to[link] as number, weight: after }] : [];
  });
  const steps = who.map((one): FoundStep => ({ do: 'mentor', team, terms: joinTerms[one] }));
  repairs.attempt(code, steps, { afterwards: extra });
}

/** Adds an established member, a new one, or both to a team that many leave; or documents its links. */
export function completeCohort(
  damage: Damage,
  team: number,
  leavers: readonly number[],
  value: number,
): FoundIntervention[] {
  const repairs = new Repairs(damage, leavers, value);
  const joins = {
    established: ['established'],
    incoming: ['incoming'],
    both: ['established', 'incoming'],
  } as const;
  for (const code of ['established', 'incoming', 'both'] as const)
    join(damage, repairs, { team, leavers, who: joins[code], code });
  document(
    damage,
    repairs,
    damage.bearing.without(leavers).map(([link]) => link),
  );
  return repairs.best();
}

/** Documents a link that loses bearers this term, or adds a member who stays on at one of its ends. */
export function keepLink(damage: Damage, link: number, value: number): FoundIntervention[] {
  const { bearing } = damage;
  const { from, to, kinds } = bearing.organisation;
  const ends = [from[link] as number, to[link] as number];
  const presence = presenceAfterTerm(bearing);
  const change = afterTerm(bearing, link);
  const valueWith = (passes: number): number => valueIf(damage, change, [link, passes]);
  const tried: FoundIntervention[] = writeDownSteps(damage, link).map((steps) => ({
    code: 'write_down',
    value: valueWith(bearing.passesOver(link, presence, describedShare / 100)),
    steps,
  }));
  for (const team of ends) {
    if (kinds[team] !== kindOf.team) continue;
    const joined = { ...presence, joined: new Map([[team, 1]]) };
    tried.push({
      code: 'keep_member',
      value: valueWith(bearing.passesOver(link, joined)),
      steps: [{ do: 'mentor', team, terms: joinTerms.established }],
    });
  }
  return cheapest(tried, value);
}

function valueIf(damage: Damage, change: Change, [link, passes]: Change[number]): number {
  const now = damage.bearing.passes[link] as number;
  return Math.max(0, damage.of([...change.filter(([one]) => one !== link), [link, Math.min(now, passes)]]));
}

function writeDownSteps({ bearing }: Damage, link: number): FoundStep[][] {
  const { documented } = bearing.organisation;
  if ((documented[link] as number) >= describedShare / 100) return [];
  return [[{ do: 'document', link, documented: describedShare }]];
}

/** Documents a link that only people know, which reduces the loss with them. */
export function writeDown(damage: Damage, link: number, value: number): FoundIntervention[] {
  const passes = (damage.bearing.strength(link) * describedShare) / 100;
  const after = valueIf(damage, withoutPeople(damage.bearing, link), [link, passes]);
  return cheapest(
    writeDownSteps(damage, link).map((steps) => ({ code: 'write_down', value: after, steps })),
    value,
  );
}

/** Raises a weak link to a moderate one, which leaves nothing to gain. */
export function strengthenLink(_damage: Damage, link: number): FoundIntervention[] {
  const energy_loss = usualLoss(strengthenedBond);
  return [
    {
      code: 'strengthen',
      value: 0,
      steps: [{ do: 'strengthen', link, bond_type: strengthenedBond, energy_loss }],
    },
  ];
}

function entriesOf({ graph }: Damage, node: number): { to: number; weight: number }[] {
  const entries: { to: number; weight: number }[] = [];
  for (let at = graph.offsets[node] as number; at < (graph.offsets[node + 1] as number); at++)
    entries.push({ to: graph.targets[at] as number, weight: graph.weights[at] as number });
  return entries;
}

const holds = ({ graph }: Damage, node: number): boolean => graph.holds?.[node] !== 0;
const hasLinks = (damage: Damage, node: number): boolean => entriesOf(damage, node).length > 0;
const isJoined = (damage: Damage, one: number, other: number): boolean =>
  entriesOf(damage, one).some(({ to }) => to === other);

function nearest(damage: Damage, node: number): number[] {
  const entries = entriesOf(damage, node).sort((a, b) => b.weight - a.weight || a.to - b.to);
  return [...new Set(entries.map(({ to }) => to))];
}
