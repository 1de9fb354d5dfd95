import { applyAction } from './actions.ts';
import type { Action } from './actions.ts';
import { combineKey, purpose } from './keyed-draws.ts';
import { createNeedSource } from './needs.ts';
import type { Needs } from './needs.ts';
import { copyState, createState } from './organisation.ts';
import type { State, Structure } from './organisation.ts';
import { refreshHints, RequestRunner } from './requests.ts';
import { endTerm, removePerson } from './turnover.ts';

export const replicationCount = 32;
const horizonTerms = 2;

interface Replication {
  termKeys: number[];
  needs: Needs[];
  /** How well needs are met if nobody leaves before the time, by place. */
  met: Float64Array;
  /** How many needs came up while their owner was there, by place. */
  needCounts: Float64Array;
}

/**
 * Measures what departures cost the others, by running the next terms with and without them.
 * Both runs share their random numbers, so their difference is the effect of the departure.
 */
export class DepartureMeter {
  readonly #structure: Structure;
  readonly #start: State;
  readonly #work: State;
  readonly #runner: RequestRunner;
  readonly #replications: Replication[];
  readonly #met: Float64Array;

  /** Later changes of `start` have no effect. */
  constructor(structure: Structure, start: State) {
    this.#structure = structure;
    const { places, topics, demand } = structure;
    this.#start = createState(places, demand.length, topics);
    copyState(start, this.#start);
    this.#work = createState(places, demand.length, topics);
    this.#runner = new RequestRunner(structure);
    this.#met = new Float64Array(places);
    const drawNeeds = createNeedSource(structure);
    const key = combineKey(structure.seed, purpose.replication);
    this.#replications = Array.from({ length: replicationCount }, (_, row) => {
      const replicationKey = combineKey(key, row);
      const termKeys = Array.from({ length: horizonTerms }, (_, term) => combineKey(replicationKey, term));
      const replication: Replication = {
        termKeys,
        needs: termKeys.map(drawNeeds),
        met: new Float64Array(places),
        needCounts: new Float64Array(places),
      };
      this.#run(replication, {
        leavers: [],
        actions: [],
        met: replication.met,
        counts: replication.needCounts,
      });
      return replication;
    });
  }

  /** The share of needs that are met if nobody leaves before the time. */
  get metShare(): number {
    let met = 0;
    let count = 0;
    for (const replication of this.#replications)
      for (let place = 0; place < this.#structure.places; place++) {
        if (this.#start.present[place] === 0) continue;
        met += replication.met[place] as number;
        count += replication.needCounts[place] as number;
      }
    return met / count;
  }

  /** The loss in each replication: the share of the needs of the others that are met no more. */
  measure(leavers: readonly number[], actions: readonly Action[]): Float64Array {
    const isLeaver = new Uint8Array(this.#structure.places);
    for (const place of leavers) isLeaver[place] = 1;
    return Float64Array.from(this.#replications, (replication) => {
      this.#met.fill(0);
      this.#run(replication, { leavers, actions, met: this.#met });
      let loss = 0;
      let count = 0;
      for (let place = 0; place < this.#structure.places; place++) {
        if (this.#start.present[place] === 0 || isLeaver[place] === 1) continue;
        loss += (replication.met[place] as number) - (this.#met[place] as number);
        count += replication.needCounts[place] as number;
      }
      return count === 0 ? 0 : loss / count;
    });
  }

  #run(
    { termKeys, needs }: Replication,
    branch: {
      leavers: readonly number[];
      actions: readonly Action[];
      met: Float64Array;
      counts?: Float64Array;
    },
  ): void {
    const state = this.#work;
    const structure = this.#structure;
    copyState(this.#start, state);
    for (const action of branch.actions) applyAction(structure, state, action);
    refreshHints(structure, state);
    for (const place of branch.leavers)
      removePerson(structure, state, { place, earliest: state.term + 1, termKey: termKeys[0] as number });
    for (const [row, termKey] of termKeys.entries()) {
      const termNeeds = needs[row] as Needs;
      if (row > 0) refreshHints(structure, state);
      this.#runner.meetNeeds(state, termNeeds, branch.met);
      if (branch.counts !== undefined)
        for (const place of termNeeds.places) if (state.present[place] === 1) branch.counts[place]! += 1;
      if (row < termKeys.length - 1) endTerm(structure, state, termKey);
    }
  }
}
