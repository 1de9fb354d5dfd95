import { uniformDraw, drawBeta, drawStream, joinKeys, drawPurposes } from '../draws.ts';
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
  /** The largest share of strength lost in a term by links with a loss from 35 % and from 60 %, if less than half is documented. */
  weak: number;
  fragile: number;
}

/** If no terms are known at all, terms are drawn uniformly from 1 to this. */
const maxUnknownTerms = 8;

/** The occupants of the places in one run. Depends on chance and terms only, so that all scenarios of a run share it. */
export class Occupancy {
  readonly #places: Places;
  readonly #rates: RunRates;
  readonly #seed: number;
  /** The known terms of the programme, ascending. */
  readonly #knownTerms: Float64Array;
  /** By place: whether it is taken, the remaining terms, and whether the occupant came in this term. */
  readonly isTaken: Uint8Array;
  readonly termsLeft: Float64Array;
  readonly isNew: Uint8Array;
  /** Whether the place still has its first occupant, whose draws use the key of the person; a mentor does not leave early. */
  readonly #hasFirstOccupant: Uint8Array;
  #run = 0;
  #earlyRate = 0;
  #joinRate = 0;

  constructor(
    places: Places,
    { seed, rates, knownTerms }: { seed: number; rates: RunRates; knownTerms: Float64Array },
  ) {
    this.#places = places;
    this.#rates = rates;
    this.#seed = seed;
    this.#knownTerms = knownTerms.toSorted();
    this.isTaken = new Uint8Array(places.count);
    this.termsLeft = new Float64Array(places.count);
    this.isNew = new Uint8Array(places.count);
    this.#hasFirstOccupant = new Uint8Array(places.count);
  }

  beginRun(run: number): void {
    this.#run = run;
    const stream = joinKeys(joinKeys(this.#seed, run), drawPurposes.rates);
    const drawRate = ({ mean, strength }: Rate, key: number): number =>
      strength === null ? mean : drawBeta(joinKeys(stream, key), { mean, strength });
    this.#earlyRate = drawRate(this.#rates.early, 1);
    this.#joinRate = drawRate(this.#rates.joins, 2);
    this.#fillPlaces();
  }

  /** Begins a run without chance: nobody leaves early, and places are filled if the rate is at least one half. */
  beginWithoutChance(): void {
    this.#run = 0;
    this.#earlyRate = 0;
    this.#joinRate = this.#rates.joins.mean >= 0.5 ? 1 : 0;
    this.#fillPlaces();
  }

  #fillPlaces(): void {
    const { count, personKeys, terms, occupants: firstOccupants } = this.#places;
    const stream = drawStream(this.#seed, this.#run, 0, drawPurposes.terms);
    for (let place = 0; place < count; place++) {
      const occupant = firstOccupants[place] as number;
      this.isTaken[place] = Number(occupant !== placeOccupants.nobody);
      this.isNew[place] = Number(occupant === placeOccupants.newcomer);
      this.#hasFirstOccupant[place] = 1;
      const initialTerms = terms[place] as number;
      if (!Number.isNaN(initialTerms)) this.termsLeft[place] = initialTerms;
      else if (occupant === placeOccupants.newcomer) this.termsLeft[place] = this.#drawStay(0, place);
      else this.termsLeft[place] = this.#drawTerms(uniformDraw(stream, personKeys[place] as number));
    }
  }

  #drawTerms(draw: number): number {
    const knownTerms = this.#knownTerms;
    if (knownTerms.length === 0) return 1 + Math.floor(maxUnknownTerms * draw);
    return knownTerms[Math.floor(knownTerms.length * draw)] as number;
  }

  #drawStay(term: number, place: number): number {
    const terms = this.#rates.newcomer_terms;
    const fraction = terms - Math.floor(terms);
    if (fraction === 0) return terms;
    const stream = drawStream(this.#seed, this.#run, term, drawPurposes.stay);
    return (
      Math.floor(terms) + Number(uniformDraw(stream, this.#places.placeKeys[place] as number) < fraction)
    );
  }

  /** Passes a term: remaining terms decrease, students leave, and open places are filled, including older ones. */
  advance(term: number): void {
    const { count, placeKeys, personKeys, occupants: firstOccupants } = this.#places;
    const [earlyRate, joinRate] = [this.#earlyRate, this.#joinRate];
    const leaveStream = drawStream(this.#seed, this.#run, term, drawPurposes.leave);
    const refillStream = drawStream(this.#seed, this.#run, term, drawPurposes.refill);
    const { isTaken, isNew, termsLeft } = this;
    const hasFirstOccupant = this.#hasFirstOccupant;
    for (let place = 0; place < count; place++) {
      isNew[place] = 0;
      if (isTaken[place] === 1) {
        const remaining = (termsLeft[place] as number) - 1;
        termsLeft[place] = remaining;
        const isOriginal = hasFirstOccupant[place] === 1;
        const isMentor = isOriginal && firstOccupants[place] === placeOccupants.mentor;
        const key = (isOriginal ? personKeys[place] : placeKeys[place]) as number;
        const isLeavingEarly = !isMentor && earlyRate > 0 && uniformDraw(leaveStream, key) < earlyRate;
        if (remaining > 0 && !isLeavingEarly) continue;
        isTaken[place] = 0;
      }
      if (joinRate <= 0 || uniformDraw(refillStream, placeKeys[place] as number) >= joinRate) continue;
      isTaken[place] = 1;
      isNew[place] = 1;
      hasFirstOccupant[place] = 0;
      termsLeft[place] = this.#drawStay(term, place);
    }
  }
}
