import { uniformDraw, drawBeta, drawsFor, joinKeys, drawPurposes } from './draws.ts';
import { placeOccupants } from './places.ts';
import type { Places } from './places.ts';

/** A probability that is itself uncertain; `strength` is its number of observations, null if certain. */
export interface Rate {
  mean: number;
  strength: number | null;
}

export interface RunRates {
  /** Probability of leaving a term early, 0 to 1. */
  early: Rate;
  /** Probability that an open place is filled in a term, 0 to 1. */
  joins: Rate;
  /** Terms of a newcomer; a fraction is the probability of one more. */
  newcomer_terms: number;
  /** The largest share of strength lost in a term by links that lose 35 % and 60 % or more. For links documented by less than half. */
  weak: number;
  fragile: number;
}

/** Unknown terms are uniform on 1 to 8 if no terms are known at all. */
const mostUnknown = 8;

/** Who is at which place in one run. Depends on chance and terms only, so all scenarios of a run share it. */
export class Occupancy {
  readonly #places: Places;
  readonly #rates: RunRates;
  readonly #seed: number;
  /** The known terms of the programme, ascending. */
  readonly #known: Float64Array;
  /** By place: whether it is taken, the remaining terms, and whether the occupant came in this term. */
  readonly isTaken: Uint8Array;
  readonly left: Float64Array;
  readonly isNew: Uint8Array;
  /** The first occupant, whose numbers are drawn by their own key; a mentor does not leave early. */
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

  begin(run: number): void {
    this.#run = run;
    const at = joinKeys(joinKeys(this.#seed, run), drawPurposes.rates);
    const rateOf = ({ mean, strength }: Rate, key: number): number =>
      strength === null ? mean : drawBeta(joinKeys(at, key), { mean, strength });
    this.#early = rateOf(this.#rates.early, 1);
    this.#joins = rateOf(this.#rates.joins, 2);
    this.#fill();
  }

  /** Begins the run without chance: nobody leaves early, and places are filled if the rate is at least one half. */
  beginCertain(): void {
    this.#run = 0;
    this.#early = 0;
    this.#joins = this.#rates.joins.mean >= 0.5 ? 1 : 0;
    this.#fill();
  }

  #fill(): void {
    const { count, people, terms, occupants: first } = this.#places;
    const unknown = drawsFor(this.#seed, this.#run, 0, drawPurposes.terms);
    for (let place = 0; place < count; place++) {
      const occupant = first[place] as number;
      this.isTaken[place] = Number(occupant !== placeOccupants.nobody);
      this.isNew[place] = Number(occupant === placeOccupants.newcomer);
      this.#isFirst[place] = 1;
      const left = terms[place] as number;
      this.left[place] = !Number.isNaN(left)
        ? left
        : occupant === placeOccupants.newcomer
          ? this.#stay(0, place)
          : this.#drawnTerms(uniformDraw(unknown, people[place] as number));
    }
  }

  #drawnTerms(number: number): number {
    const known = this.#known;
    if (known.length === 0) return 1 + Math.floor(mostUnknown * number);
    return known[Math.floor(known.length * number)] as number;
  }

  #stay(term: number, place: number): number {
    const terms = this.#rates.newcomer_terms;
    const more = terms - Math.floor(terms);
    if (more === 0) return terms;
    const from = drawsFor(this.#seed, this.#run, term, drawPurposes.stay);
    return Math.floor(terms) + Number(uniformDraw(from, this.#places.keys[place] as number) < more);
  }

  /** Passes a term: remaining terms decrease, students leave, and open places are filled, including older ones. */
  advance(term: number): void {
    const { count, keys, people, occupants: first } = this.#places;
    const [early, joins] = [this.#early, this.#joins];
    const leaves = drawsFor(this.#seed, this.#run, term, drawPurposes.leave);
    const refills = drawsFor(this.#seed, this.#run, term, drawPurposes.refill);
    const { isTaken, isNew, left } = this;
    const isFirst = this.#isFirst;
    for (let place = 0; place < count; place++) {
      isNew[place] = 0;
      if (isTaken[place] === 1) {
        const after = (left[place] as number) - 1;
        left[place] = after;
        const isOriginal = isFirst[place] === 1;
        const stays = isOriginal && first[place] === placeOccupants.mentor;
        const key = (isOriginal ? people[place] : keys[place]) as number;
        if (after > 0 && (stays || !(early > 0 && uniformDraw(leaves, key) < early))) continue;
        isTaken[place] = 0;
      }
      if (joins <= 0 || uniformDraw(refills, keys[place] as number) >= joins) continue;
      isTaken[place] = 1;
      isNew[place] = 1;
      isFirst[place] = 0;
      left[place] = this.#stay(term, place);
    }
  }
}
