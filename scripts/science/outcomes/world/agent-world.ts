import type { Action } from './actions.ts';
import { DepartureMeter, replicationCount } from './departures.ts';
import type { State, Structure, WorldKind } from './organisation.ts';
import { recordWorld } from './recording.ts';
import type { Errors, RecordedWorld, Recording } from './recording.ts';
import { drawStructure } from './structure.ts';
import { warmUp } from './warm-up.ts';

/** The true losses, and their reliability: 1 means free of noise. */
export interface Truth {
  people: number[];
  teams: number[];
  reliability: { people: number; teams: number };
}

function correlate(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const leftMean = mean(left);
  const rightMean = mean(right);
  let product = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (const [row, value] of left.entries()) {
    const other = (right[row] as number) - rightMean;
    product += (value - leftMean) * other;
    leftSquares += (value - leftMean) ** 2;
    rightSquares += other ** 2;
  }
  return product / Math.sqrt(leftSquares * rightSquares);
}

/** The mean over every second replication, from `first` on. */
function meanOfHalf(losses: Float64Array, first: number): number {
  let sum = 0;
  for (let row = first; row < losses.length; row += 2) sum += losses[row] as number;
  return sum / (replicationCount / 2);
}

/** The correlation of two halves of the replications, stepped up to all of them: Spearman and Brown, 1910. */
function measureReliability(losses: readonly Float64Array[]): number {
  const halves = correlate(
    losses.map((row) => meanOfHalf(row, 0)),
    losses.map((row) => meanOfHalf(row, 1)),
  );
  return (2 * halves) / (1 + halves);
}

const meanOf = (losses: Float64Array): number => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;

/**
 * A simulated organisation after some terms. People are numbered as in its recordings, teams and topics as well.
 * `structure` and `state` hold how it really is: only tests and descriptions of the world may read them.
 */
export class AgentWorld {
  readonly structure: Structure;
  readonly state: State;
  /** The place of each person, by number. */
  readonly people: readonly number[];
  #meter: DepartureMeter | undefined;

  constructor(structure: Structure, state: State) {
    this.structure = structure;
    this.state = state;
    this.people = [...state.present.keys()].filter((place) => state.present[place] === 1);
  }

  /** Created late, so that a test can change the state before. */
  get #departures(): DepartureMeter {
    this.#meter ??= new DepartureMeter(this.structure, this.state);
    return this.#meter;
  }

  /** The share of needs that are met in the next two terms if nobody leaves before the time. */
  get metShare(): number {
    return this.#departures.metShare;
  }

  /** The people of a team, by number. Members for whom it is a second team are not among them. */
  membersOf(team: number): number[] {
    return [...this.people.keys()].filter((person) => this.#teamOf(person) === team);
  }

  /** The world as it is recorded, with other errors than usual for `changes`. */
  record(recording: Recording, changes: Partial<Errors> = {}): RecordedWorld {
    return recordWorld(this.structure, this.state, { people: this.people, recording, changes });
  }

  /**
   * The share of the needs of all others in the next two terms that are met no more when the leavers go now.
   * Compared with the same world without departures and without actions, so actions can make it negative.
   */
  lossWithout(leavers: readonly number[], actions: readonly Action[] = []): number {
    return meanOf(this.lossesWithout(leavers, actions));
  }

  /** Like `lossWithout`, for each replication. Replications of two calls can be compared in pairs. */
  lossesWithout(leavers: readonly number[], actions: readonly Action[] = []): Float64Array {
    return this.#departures.measure(
      leavers.map((person) => this.#placeOf(person)),
      actions.map((action) => this.#toPlaces(action)),
    );
  }

  /** The losses of every person, and of every team whose members leave together. */
  truth(): Truth {
    const people = Array.from(this.people.keys(), (person) => this.lossesWithout([person]));
    const teams = Array.from(this.structure.demand.keys(), (team) =>
      this.lossesWithout(this.membersOf(team)),
    );
    return {
      people: people.map(meanOf),
      teams: teams.map(meanOf),
      reliability: { people: measureReliability(people), teams: measureReliability(teams) },
    };
  }

  #placeOf(person: number): number {
    const place = this.people[person];
    if (place === undefined) throw new RangeError(`There is no person ${person}`);
    return place;
  }

  #teamOf(person: number): number {
    return this.structure.teamOf[this.#placeOf(person)] as number;
  }

  #toPlaces(action: Action): Action {
    switch (action.kind) {
      case 'document':
        return { ...action, leaver: this.#placeOf(action.leaver) };
      case 'pair':
        return { ...action, first: this.#placeOf(action.first), second: this.#placeOf(action.second) };
      case 'standIn':
        return {
          ...action,
          leaver: this.#placeOf(action.leaver),
          standIn: this.#placeOf(action.standIn),
        };
      case 'secondHolder':
        return { ...action, leaver: this.#placeOf(action.leaver), person: this.#placeOf(action.person) };
      case 'stay':
        return action;
      default:
        throw new Error(`Unknown action: ${JSON.stringify(action satisfies never)}`);
    }
  }
}

/** Makes the same world for the same kind and seed. */
export function makeWorld(kind: WorldKind, seed: number): AgentWorld {
  const structure = drawStructure(kind, seed);
  return new AgentWorld(structure, warmUp(structure));
}
