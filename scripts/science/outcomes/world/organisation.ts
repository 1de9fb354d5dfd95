export type WorldKind = 'neighbours' | 'brokers';

/** Two teams that work together. */
export interface Relation {
  first: number;
  second: number;
  /** The share of requests over this relation that get lost, 0..1. */
  loss: number;
  /** The share of the answers over this relation that somebody writes down, 0..1. */
  written: number;
  /** How many pairs of people carry the relation when nobody is missing. */
  pairs: number;
}

/** The parts of a world that never change: teams, topics, relations between teams, and places for people. */
export interface Structure {
  kind: WorldKind;
  seed: number;
  universities: Uint8Array;
  /** Places for people. A place keeps its number when its holder leaves and a newcomer takes it. */
  places: number;
  teamOf: Int16Array;
  /** The places of each team, its spare place included. */
  placesOf: number[][];
  /** One place a team that stays empty unless an action adds a member. */
  sparePlaces: Int16Array;
  topics: number;
  /** The team a topic belongs to; -1 for topics that belong to no team. */
  homes: Int16Array;
  /** How often a topic is needed, compared with the other topics of its team. */
  popularity: Float32Array;
  /** 1 for topics that only one member of the team develops. */
  soleTopics: Uint8Array;
  /** How often other teams need the topics of this team. */
  demand: Float32Array;
  relations: Relation[];
  /** teams × teams: the place of the relation in `relations`, or -1. */
  relationOf: Int16Array;
  /** teams × teams: relations on the shortest way between two teams. */
  distances: Uint8Array;
  /** The first term at whose end a cohort of the team leaves; -1 for teams without cohorts. */
  cohortEnds: Int16Array;
}

/** The parts of a world that change from term to term. Matrices are stored row by row. */
export interface State {
  term: number;
  present: Uint8Array;
  /** The term in which a newcomer takes an empty place; -1 for none. */
  arrival: Int16Array;
  termsLeft: Int16Array;
  tenure: Int16Array;
  /** A second team; -1 for none. */
  secondTeam: Int16Array;
  /** How readily a person makes contacts outside the team. */
  outgoing: Float32Array;
  /** The requests a person can handle in a term. */
  capacity: Float32Array;
  leads: Int16Array;
  /** people × topics, 0..1. */
  level: Float32Array;
  /** people × topics: the level a person works towards. */
  target: Float32Array;
  /** people × people, symmetric: contacts a term; 0 for no tie. */
  tie: Float32Array;
  /** people × people, symmetric: contacts a term that their joint work brings, requests aside. */
  baseTie: Float32Array;
  /** people × people, symmetric: the chance that a request over the tie gets through. */
  grip: Float32Array;
  /** people × people: the pull of a tie to somebody who left. Habits fade slowly, so attempts are wasted on it. */
  habit: Float32Array;
  /** people × teams: how promising others find it to ask this person about the topics of a team. */
  hint: Float32Array;
  /** topics: the share of questions that documents answer, 0..1. */
  documents: Float32Array;
  /** people × people: requests that the row asked the column in this term. */
  asked: Float32Array;
  /** Like `asked`, in the term before. */
  askedBefore: Float32Array;
}

export function createState(places: number, teams: number, topics: number): State {
  return {
    term: 0,
    present: new Uint8Array(places),
    arrival: new Int16Array(places).fill(-1),
    termsLeft: new Int16Array(places),
    tenure: new Int16Array(places),
    secondTeam: new Int16Array(places).fill(-1),
    outgoing: new Float32Array(places),
    capacity: new Float32Array(places),
    leads: new Int16Array(teams).fill(-1),
    level: new Float32Array(places * topics),
    target: new Float32Array(places * topics),
    tie: new Float32Array(places * places),
    baseTie: new Float32Array(places * places),
    grip: new Float32Array(places * places),
    habit: new Float32Array(places * places),
    hint: new Float32Array(places * teams),
    documents: new Float32Array(topics),
    asked: new Float32Array(places * places),
    askedBefore: new Float32Array(places * places),
  };
}

/** Overwrites a state of the same size, which is faster than to allocate a copy. */
export function copyState(source: State, target: State): void {
  target.term = source.term;
  target.present.set(source.present);
  target.arrival.set(source.arrival);
  target.termsLeft.set(source.termsLeft);
  target.tenure.set(source.tenure);
  target.secondTeam.set(source.secondTeam);
  target.outgoing.set(source.outgoing);
  target.capacity.set(source.capacity);
  target.leads.set(source.leads);
  target.level.set(source.level);
  target.target.set(source.target);
  target.tie.set(source.tie);
  target.baseTie.set(source.baseTie);
  target.grip.set(source.grip);
  target.habit.set(source.habit);
  target.hint.set(source.hint);
  target.documents.set(source.documents);
  target.asked.set(source.asked);
  target.askedBefore.set(source.askedBefore);
}

/** Ties two people, or replaces their tie. */
export function setTie(
  state: State,
  first: number,
  second: number,
  { frequency, grip }: { frequency: number; grip: number },
): void {
  const places = state.present.length;
  for (const cell of [first * places + second, second * places + first]) {
    state.tie[cell] = frequency;
    state.baseTie[cell] = frequency;
    state.grip[cell] = grip;
    state.habit[cell] = 0;
  }
}
