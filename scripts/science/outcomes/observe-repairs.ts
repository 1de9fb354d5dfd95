import type { NamedOrganisation } from '#core/analysis/organisation.ts';
import type { FoundStep, InterventionCode } from '#core/analysis/questions/choose-interventions.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import { leaverInterventions, cohortInterventions } from '#core/analysis/questions/interventions.ts';
import { createLeaver } from '#core/analysis/questions/leavers.ts';
import { organisationOfRecords } from './record-workspace.ts';
import { personId, recordsOfWorld, teamId, worldTime } from './world-records.ts';
import type { Action } from './world/actions.ts';
import { makeWorld } from './world/agent-world.ts';
import type { AgentWorld } from './world/agent-world.ts';
import type { WorldKind } from './world/organisation.ts';

/** What a repair promised, and what it did in the world. */
export interface RepairOutcome {
  kind: WorldKind;
  code: InterventionCode;
  /** The value of the departure without and with the repair. */
  promised: { before: number; after: number };
  /** The real loss of the others without and with it. */
  real: { before: number; after: number };
}

/** The outcomes of one kind of repair in worlds of one kind. */
export interface RepairTally {
  kind: WorldKind;
  code: InterventionCode;
  cases: number;
  /** Cases in which the real loss was lower, unchanged or higher. */
  lower: number;
  same: number;
  higher: number;
  /** How much smaller the losses of all cases together were, as a share: computed by FRAMES, and really. */
  promised: number;
  real: number;
}

export function sumRepairs(outcomes: readonly RepairOutcome[]): RepairTally[] {
  const shareSaved = (pairs: readonly { before: number; after: number }[]): number => {
    const before = pairs.reduce((sum, pair) => sum + pair.before, 0);
    return (before - pairs.reduce((sum, pair) => sum + pair.after, 0)) / before;
  };
  const groups = Map.groupBy(outcomes, ({ kind, code }) => `${kind} ${code}`);
  return [...groups.values()].map((group) => {
    const { kind, code } = group[0] as RepairOutcome;
    const changes = group.map(({ real }) => real.after - real.before);
    const lower = changes.filter((change) => change < -rounding).length;
    const higher = changes.filter((change) => change > rounding).length;
    return {
      kind,
      code,
      cases: group.length,
      lower,
      same: group.length - lower - higher,
      higher,
      promised: shareSaved(group.map(({ promised }) => promised)),
      real: shareSaved(group.map(({ real }) => real)),
    };
  });
}

const rounding = 1e-12;

/** Departures of each world whose repairs are tried: those that cost most. */
const tried = { people: 10, teams: 4 } as const;
const allKinds = 10;

/** Makes the repairs that FRAMES proposes for the costliest departures of a world, and compares the losses with and without them. */
export async function observeRepairs(
  kind: WorldKind,
  seed: number,
  folder: string,
): Promise<RepairOutcome[]> {
  const world = makeWorld(kind, seed);
  const records = recordsOfWorld(world.record('full'), seed);
  const organisation = await organisationOfRecords(records, { now: worldTime, folder });
  const damage = new Damage(organisation);
  for (const _ of damage.measure());
  const numbers = new WorldNumbers(world, organisation);
  const people = [...world.people.keys()].map((person) => [numbers.nodeOf(personId(person))]);
  const teams = [...world.structure.demand.keys()].map((team) => ({
    team: numbers.nodeOf(teamId(team)),
    // Half of a team leaves, those with the fewest terms left.
    leavers: numbers.firstToLeave(team),
  }));
  const valueOf = (leavers: readonly number[]): number =>
    damage.lostShare(damage.bearing.departureOf(leavers));
  const costliest = <T>(items: readonly T[], count: number, leaversOf: (item: T) => readonly number[]): T[] =>
    items
      .map((item) => ({ item, value: valueOf(leaversOf(item)) }))
      .sort((a, b) => b.value - a.value)
      .slice(0, count)
      .map(({ item }) => item);
  const departures = [
    ...costliest(people, tried.people, (leavers) => leavers).map((leavers) => ({
      leavers,
      repairs: leaverInterventions(damage, createLeaver(leavers), valueOf(leavers), allKinds),
    })),
    ...costliest(teams, tried.teams, ({ team }) => [team]).map(({ team }) => ({
      leavers: numbers.peopleOf(team).map((person) => numbers.nodeOf(personId(person))),
      repairs: leaverInterventions(damage, createLeaver([team]), valueOf([team]), allKinds),
    })),
    ...costliest(teams, tried.teams, ({ leavers }) => leavers).map(({ team, leavers }) => ({
      leavers,
      repairs: cohortInterventions(damage, team, leavers, valueOf(leavers), allKinds),
    })),
  ];
  return departures.flatMap(({ leavers, repairs }) => {
    const persons = leavers.map((node) => numbers.numberOf(node));
    const before = world.lossWithout(persons);
    return repairs.flatMap((repair): RepairOutcome[] => {
      const actions = repair.steps.flatMap((step) => numbers.actionsOf(step, repair.code, persons));
      if (actions.length === 0) return [];
      return [
        {
          kind,
          code: repair.code,
          promised: { before: valueOf(leavers), after: repair.value },
          real: { before, after: world.lossWithout(persons, actions) },
        },
      ];
    });
  });
}

/** Translates between nodes of the recorded organisation and the numbers of the world. */
class WorldNumbers {
  readonly #world: AgentWorld;
  readonly #organisation: NamedOrganisation;
  readonly #nodes: ReadonlyMap<string, number>;

  constructor(world: AgentWorld, organisation: NamedOrganisation) {
    [this.#world, this.#organisation] = [world, organisation];
    this.#nodes = new Map(organisation.nodes.map(({ id }, node) => [id, node]));
  }

  nodeOf(id: string): number {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new RangeError(`The organisation has no record ${id}`);
    return node;
  }

  numberOf(node: number): number {
    return Number((this.#organisation.nodes[node]?.id ?? '').split('-')[1]);
  }

  #isTeam(node: number): boolean {
    return this.#organisation.nodes[node]?.type === 'team';
  }

  peopleOf(node: number): number[] {
    return this.#isTeam(node) ? this.#world.membersOf(this.numberOf(node)) : [this.numberOf(node)];
  }

  /** The half of a team with the fewest terms left, as nodes. */
  firstToLeave(team: number): number[] {
    const members = this.#world.membersOf(team);
    const { state, people } = this.#world;
    const termsOf = (person: number): number => state.termsLeft[people[person] as number] as number;
    return members
      .toSorted((a, b) => termsOf(a) - termsOf(b) || a - b)
      .slice(0, Math.ceil(members.length / 2))
      .map((person) => this.nodeOf(personId(person)));
  }

  /** Somebody of a team who stays: the one who has been there longest. */
  #someoneOf(node: number, leavers: readonly number[]): number | null {
    const candidates = this.peopleOf(node).filter((person) => !leavers.includes(person));
    const { state, people } = this.#world;
    const tenureOf = (person: number): number => state.tenure[people[person] as number] as number;
    return candidates.sort((a, b) => tenureOf(b) - tenureOf(a) || a - b)[0] ?? null;
  }

  /** What people of the world do for a step. */
  actionsOf(step: FoundStep, code: InterventionCode, leavers: readonly number[]): Action[] {
    const { from, to, areas } = this.#organisation;
    switch (step.do) {
      case 'document': {
        const teams = [from[step.link] as number, to[step.link] as number].map((node) =>
          this.numberOf(node),
        ) as [number, number];
        return leavers.map((leaver) => ({ kind: 'document', leaver, teams }));
      }
      case 'learn': {
        const topic = Number((areas[step.area] ?? '').split(' ')[1]);
        return leavers.map((leaver) => ({
          kind: 'secondHolder',
          leaver,
          person: this.numberOf(step.person),
          topic,
        }));
      }
      case 'mentor':
        return [{ kind: 'stay', team: this.numberOf(step.team) }];
      case 'link': {
        const [first, second] = [this.#someoneOf(step.from, leavers), this.#someoneOf(step.to, leavers)];
        if (first === null || second === null) return [];
        if (code === 'pair') return [{ kind: 'pair', first, second }];
        return leavers.map((leaver) => ({ kind: 'standIn', leaver, standIn: first }));
      }
      default:
        return [];
    }
  }
}
