import { draw, drawBeta, drawsFor, joinKeys, purposes } from './draws.ts';
import { occupants } from './places.ts';
import type { Places } from './places.ts';

/** A chance of which the value itself is uncertain; `strength` is the number of observations that it rests on, null for a certain one. */
export interface Rate {
  mean: number;
  strength: number | null;
}

/** What happens by chance in a term. */
export interface RunRates {
  /** That somebody leaves a term before their terms are over, 0 to 1. */
  early: Rate;
  /** That an open place is filled in a term, 0 to 1. */
  joins: Rate;
  /** Terms that a newcomer has; a fraction is the chance of one more. */
  newcomer_terms: number;
  /** At most so much of what passes a link is lost in a term, where it loses 35 % and more, or 60 % and more, and less than half of it is written. */
  weak: number;
  fragile: number;
}

/** Terms of somebody whose terms are unknown, in a programme that knows those of nobody: evenly 1 to 8. */
const mostUnknown = 8;

/**
 * Who is at which place in one run of a simulation. It depends on chance and on the terms only, not on what a scenario changes, so one serves all
 * scenarios of a run.
 */
export class Occupancy {
  readonly #places: Places;
  readonly #rates: RunRates;
  readonly #seed: number;
  /** The known terms of the programme, ascending. */
  readonly #known: Float64Array;
  /** Of each place: whether somebody is there, how many terms they have left, and whether they came in this term. */
  readonly isTaken: Uint8Array;
  readonly left: Float64Array;
  readonly isNew: Uint8Array;
  /** The first occupant is there, whose numbers are drawn by their own key; a mentor does not leave early. */
  readonly #isFirst: Uint8Array;
  #run = 0;
  #early = 0;
  #joins = 0;

  constructor(
    places: Places,
    { seed, rates, known }: { seed: number; rates: RunRates; known: Float64Array },
  ) {
    this.#places = places;
    this.#rates = rates;
    this.#seed = seed;
    this.#known = known.toSorted();
    this.isTaken = new Uint8Array(places.count);
    this.left = new Float64Array(places.count);
    this.isNew = new Uint8Array(places.count);
    this.#isFirst = new Uint8Array(places.count);
  }

  /** Begins a run: unknown terms, and the rates that are not certain, are drawn for it. */
  begin(run: number): void {
    this.#run = run;
    const at = joinKeys(joinKeys(this.#seed, run), purposes.rates);
    const rateOf = ({ mean, strength }: Rate, key: number): number =>
      strength === null ? mean : drawBeta(joinKeys(at, key), { mean, strength });
    this.#early = rateOf(this.#rates.early, 1);
    this.#joins = rateOf(this.#rates.joins, 2);
    this.#fill();
  }

  /** Begins a run in which nobody leaves early and every open place is filled, or none where fewer than half are: what is known, without chance. */
  beginCertain(): void {
    this.#run = 0;
    this.#early = 0;
    this.#joins = this.#rates.joins.mean >= 0.5 ? 1 : 0;
    this.#fill();
  }

  #fill(): void {
    const { count, people, terms, occupants: first } = this.#places;
    const unknown = drawsFor(this.#seed, this.#run, 0, purposes.terms);
    for (let place = 0; place < count; place++) {
      const occupant = first[place] as number;
      this.isTaken[place] = Number(occupant !== occupants.nobody);
      this.isNew[place] = Number(occupant === occupants.newcomer);
      this.#isFirst[place] = 1;
      const left = terms[place] as number;
      this.left[place] = !Number.isNaN(left)
        ? left
        : occupant === occupants.newcomer
          ? this.#stay(0, place)
          : this.#drawnTerms(draw(unknown, people[place] as number));
    }
  }

  #drawnTerms(number: number): number {
    const known = this.#known;
    if (known.length === 0) return 1 + Math.floor(mostUnknown * number);
    return known[Math.floor(known.length * number)] as number;
  }

  /** The terms of somebody who comes to a place. */
  #stay(term: number, place: number): number {
    const terms = this.#rates.newcomer_terms;
    const more = terms - Math.floor(terms);
    if (more === 0) return terms;
    const from = drawsFor(this.#seed, this.#run, term, purposes.stay);
    return Math.floor(terms) + Number(draw(from, this.#places.keys[place] as number) < more);
  }

  /** A term passes: everybody has one less, those with none left and some others leave, and open places are filled, also those from before. */
  advance(term: number): void {
    const { count, keys, people, occupants: first } = this.#places;
    const [early, joins] = [this.#early, this.#joins];
    const leaves = drawsFor(this.#seed, this.#run, term, purposes.leave);
    const refills = drawsFor(this.#seed, this.#run, term, purposes.refill);
    const { isTaken, isNew, left } = this;
    const isFirst = this.#isFirst;
    for (let place = 0; place < count; place++) {
      isNew[place] = 0;
      if (isTaken[place] === 1) {
        const after = (left[place] as number) - 1;
        left[place] = after;
        const isOriginal = isFirst[place] === 1;
        const stays = isOriginal && first[place] === occupants.mentor;
        const key = (isOriginal ? people[place] : keys[place]) as number;
        if (after > 0 && (stays || !(early > 0 && draw(leaves, key) < early))) continue;
        isTaken[place] = 0;
      }
      if (joins <= 0 || draw(refills, keys[place] as number) >= joins) continue;
      isTaken[place] = 1;
      isNew[place] = 1;
      isFirst[place] = 0;
      left[place] = this.#stay(term, place);
    }
  }
}
