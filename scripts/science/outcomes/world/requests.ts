import { combineKey, drawSalted, drawUniform, purpose } from './keyed-draws.ts';
import type { Needs } from './needs.ts';
import type { State, Structure, WorldKind } from './organisation.ts';

/** How many ties a person tries: the one in need, those asked first, and those asked later. */
const attempts: Record<WorldKind, readonly number[]> = { neighbours: [5, 4, 3], brokers: [5, 4, 3, 2] };
const mostAttempts = 5;
/** The part of an answer that arrives when one more person passes it on. */
const relayShare = 0.93;
const relayHours = 0.3;
/** A document answers a question a little worse than a person does. */
const documentWorth = 0.9;
const learningRate = 0.3;
const writingRate = 0.2;
/** How much of its own answers a team writes down. */
const teamWrittenShare = 0.15;

/** How promising a person is who has a contact in the team in question, or this many teams from it. */
const promiseByDistance = [2.5, 1.5, 1] as const;
/** The same for the members of the team. */
const memberPromise = 4;

/** Half of the wanted level is worth nothing, all of it is worth 1. */
const rateAnswer = (level: number, wanted: number): number =>
  Math.min(1, Math.max(0, (2 * level) / wanted - 1));

/** Lets people meet their needs: by what they know, by documents, or by asking along their ties. */
export class RequestRunner {
  readonly #structure: Structure;
  readonly #offsets: Int32Array;
  readonly #neighbours: Int16Array;
  readonly #pulls: Float32Array;
  /** The chance that a request gets through; 0 if the neighbour has left. */
  readonly #chances: Float32Array;
  /** people × people: tells the draws about one tie from those about another. */
  readonly #salts: Int32Array;
  readonly #load: Float32Array;
  readonly #visited: Int32Array;
  #visit = 0;
  readonly #queue: Int16Array;
  readonly #parents: Int16Array;
  readonly #chosen = new Int32Array(mostAttempts);
  readonly #chosenTimes = new Float64Array(mostAttempts);

  constructor(structure: Structure) {
    const { places } = structure;
    this.#structure = structure;
    this.#offsets = new Int32Array(places + 1);
    this.#neighbours = new Int16Array(places * places);
    this.#pulls = new Float32Array(places * places);
    this.#chances = new Float32Array(places * places);
    this.#salts = Int32Array.from({ length: places * places }, (_, cell) => combineKey(purpose.salt, cell));
    this.#load = new Float32Array(places);
    this.#visited = new Int32Array(places);
    this.#queue = new Int16Array(places);
    this.#parents = new Int16Array(places);
  }

  /** Meets the needs of a term and adds how well to `met`, by place. */
  meetNeeds(state: State, needs: Needs, met: Float64Array): void {
    this.#prepareTerm(state);
    for (let need = 0; need < needs.places.length; need++) {
      const place = needs.places[need] as number;
      if (state.present[place] === 0) continue;
      const topic = needs.topics[need] as number;
      met[place]! += this.#meet(
        state,
        place,
        topic,
        needs.levels[need] as number,
        needs.keys[need] as number,
      );
    }
  }

  #prepareTerm(state: State): void {
    const { places } = this.#structure;
    this.#load.fill(0);
    let end = 0;
    for (let place = 0; place < places; place++) {
      this.#offsets[place] = end;
      for (let other = 0; other < places; other++) {
        const cell = place * places + other;
        const frequency = state.tie[cell] as number;
        const habit = state.habit[cell] as number;
        if (frequency === 0 && habit < 0.05) continue;
        const weight = frequency > 0 ? frequency : habit;
        this.#neighbours[end] = other;
        this.#pulls[end] = weight / (weight + 1);
        this.#chances[end] = frequency > 0 ? ((state.grip[cell] as number) * weight) / (weight + 0.4) : 0;
        end += 1;
      }
    }
    this.#offsets[places] = end;
  }

  #meet(state: State, place: number, topic: number, wanted: number, key: number): number {
    const cell = place * this.#structure.topics + topic;
    const own = state.level[cell] as number;
    if (own >= wanted) return 1;
    if (drawUniform(key, purpose.document) < (state.documents[topic] as number)) {
      state.level[cell] = own + learningRate * (wanted - own);
      return documentWorth;
    }
    const answer = this.#ask(state, place, topic, wanted, key);
    if (answer <= own) return rateAnswer(own, wanted);
    state.level[cell] = own + learningRate * (answer - own);
    return rateAnswer(answer, wanted);
  }

  /** Asks breadth-first and stops at the first person who knows enough. Returns the best level heard of. */
  #ask(state: State, place: number, topic: number, wanted: number, key: number): number {
    const { kind, places, topics } = this.#structure;
    const choiceKey = combineKey(key, purpose.choice);
    const successKey = combineKey(key, purpose.success);
    this.#visit += 1;
    this.#visited[place] = this.#visit;
    this.#queue[0] = place;
    let best = 0;
    let start = 0;
    let end = 1;
    let share = 1;
    for (const attemptCount of attempts[kind]) {
      const levelEnd = end;
      for (; start < levelEnd; start++) {
        const from = this.#queue[start] as number;
        const count = this.#chooseTies(state, from, topic, choiceKey, attemptCount);
        for (let row = 0; row < count; row++) {
          const tie = this.#chosen[row] as number;
          const to = this.#neighbours[tie] as number;
          const busy = (this.#load[to] as number) / (state.capacity[to] as number);
          const chance = (this.#chances[tie] as number) * (1 - busy * busy);
          const cell = from * places + to;
          if (drawSalted(successKey, this.#salts[cell] as number) >= chance) continue;
          this.#visited[to] = this.#visit;
          this.#queue[end] = to;
          this.#parents[end] = start;
          state.asked[cell]! += 1;
          const level = (state.level[to * topics + topic] as number) * share;
          if (level >= wanted) {
            this.#load[to]! += 1;
            this.#writeDown(state, topic, level, end);
            return level;
          }
          this.#load[to]! += relayHours;
          if (level > best) best = level;
          end += 1;
        }
      }
      share *= relayShare;
    }
    return best;
  }

  /** Chooses ties by chance, the promising ones more often. A tie to somebody who left still costs an attempt. */
  #chooseTies(state: State, from: number, topic: number, choiceKey: number, count: number): number {
    const { places, topics, teamOf, homes } = this.#structure;
    const { level: levels, hint: hints } = state;
    const teams = this.#structure.demand.length;
    const home = homes[topic] as number;
    const team = teamOf[from] as number;
    // Fields in constants, because this loop takes half of the time of a world.
    const neighbours = this.#neighbours;
    const pulls = this.#pulls;
    const salts = this.#salts;
    const row = from * places;
    const visited = this.#visited;
    const visit = this.#visit;
    const chosen = this.#chosen;
    const times = this.#chosenTimes;
    let size = 0;
    const end = this.#offsets[from + 1] as number;
    for (let tie = this.#offsets[from] as number; tie < end; tie++) {
      const to = neighbours[tie] as number;
      if (visited[to] === visit) continue;
      const toTeam = teamOf[to] as number;
      const level = levels[to * topics + topic] as number;
      let pull = pulls[tie] as number;
      // Colleagues and users of cross-cutting topics know who is an expert; others know it only roughly.
      if (toTeam === team || home === -1) pull *= 0.4 + 2 * level;
      else if (toTeam === home) pull *= 0.6 + level;
      if (home >= 0) pull *= hints[to * teams + home] as number;
      const time = drawSalted(choiceKey, salts[row + to] as number) / pull;
      if (size === count && time >= (times[size - 1] as number)) continue;
      let slot = size < count ? size++ : size - 1;
      for (; slot > 0 && (times[slot - 1] as number) > time; slot--) {
        times[slot] = times[slot - 1] as number;
        chosen[slot] = chosen[slot - 1] as number;
      }
      times[slot] = time;
      chosen[slot] = tie;
    }
    return size;
  }

  /** Follows the answer back and writes it down as the relations on its way do. */
  #writeDown(state: State, topic: number, level: number, last: number): void {
    const { teamOf, relationOf, relations } = this.#structure;
    const teams = this.#structure.demand.length;
    let written = -1;
    for (let row = last; row > 0; row = this.#parents[row] as number) {
      const giver = teamOf[this.#queue[row] as number] as number;
      const taker = teamOf[this.#queue[this.#parents[row] as number] as number] as number;
      const relation = relations[relationOf[giver * teams + taker] as number];
      if (relation !== undefined && relation.written > written) written = relation.written;
    }
    if (written === -1) written = teamWrittenShare;
    const missing = 1 - (state.documents[topic] as number);
    state.documents[topic]! += writingRate * written * level * missing;
  }
}

/** Works out whom it is promising to ask about the topics of which team. People give up old hints slowly. */
export function refreshHints(structure: Structure, state: State): void {
  const { places, teamOf, distances } = structure;
  const teams = structure.demand.length;
  for (let place = 0; place < places; place++) {
    if (state.present[place] === 0) continue;
    const team = teamOf[place] as number;
    const start = place * teams;
    for (let other = 0; other < teams; other++)
      state.hint[start + other] = Math.max(0.5, (state.hint[start + other] as number) / 2);
    for (let other = 0; other < places; other++) {
      const otherTeam = teamOf[other] as number;
      if (otherTeam === team || (state.tie[place * places + other] as number) === 0) continue;
      for (let near = 0; near < teams; near++) {
        const promise = promiseByDistance[distances[otherTeam * teams + near] as number] ?? 0;
        if (promise > (state.hint[start + near] as number)) state.hint[start + near] = promise;
      }
    }
    state.hint[start + team] = memberPromise;
  }
}
