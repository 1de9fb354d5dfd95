import { seededRandom } from '#core/analysis/graph/random.ts';
import { combineKey, toNormal } from './keyed-draws.ts';
import type { Relation, State, Structure } from './organisation.ts';
import { bonds } from './structure.ts';

/** A world as users of FRAMES record it, with their errors. Teams, people and areas are numbered. */
export interface RecordedWorld {
  teams: { university: number; size: number }[];
  people: {
    team: number;
    otherTeams: number[];
    /** Terms until the person leaves. */
    terms: number;
    isLead: boolean;
    /** Topics in which the person is known as an expert. */
    areas: number[];
  }[];
  /** Links between teams, from the team that answers more to the team that asks more. */
  links: {
    from: number;
    to: number;
    /** Per cent. */
    loss: number;
    /** 0..1. */
    documented: number;
    /** The people named as carriers, of both teams. */
    bearers: number[];
  }[];
  /** Who asked whom in the last two terms, as calendars show it. */
  contacts: { from: number; to: number; count: number }[];
}

export type Recording = 'full' | 'half' | 'few-bearers';

export interface Errors {
  /** The share of relations that are recorded. */
  links: number;
  /** The chance that a true bearer is named. */
  bearers: number;
  /** The standard deviation of a rating, as a share of 1. */
  rating: number;
  /** The chance that an expert is not known, and a tenth of it that somebody else is taken for one. */
  areas: number;
  /** The chance that the terms left are wrong by one. */
  terms: number;
  /** The share of requests that a calendar shows. */
  contacts: number;
  /** Random contacts between any two people, as a share of the pairs that have contacts. */
  falseContacts: number;
}

const errorsOf: Record<Recording, Errors> = {
  full: { links: 1, bearers: 1, rating: 0.07, areas: 0.1, terms: 0, contacts: 0.6, falseContacts: 0.1 },
  half: {
    links: 0.5,
    bearers: 0.4,
    rating: 0.14,
    areas: 0.3,
    terms: 0.25,
    contacts: 0.35,
    falseContacts: 0.1,
  },
  'few-bearers': {
    links: 1,
    bearers: 1,
    rating: 0.07,
    areas: 0.1,
    terms: 0,
    contacts: 0.6,
    falseContacts: 0.1,
  },
};

/** A person who has at least this share of the contacts of a relation is one of its bearers. */
const bearerShare = 0.15;
const expertLevel = 0.55;

const roundToFive = (percent: number): number => 5 * Math.round(percent / 5);

/** People with a noticeable part of the contacts of a relation, in both teams. */
export function findBearers(structure: Structure, state: State, { first, second }: Relation): number[] {
  const { places, placesOf } = structure;
  const carried = new Map<number, number>();
  let sum = 0;
  for (const place of placesOf[first] as number[])
    for (const other of placesOf[second] as number[]) {
      const tie = state.tie[place * places + other] as number;
      if (tie === 0) continue;
      sum += tie;
      for (const bearer of [place, other]) carried.set(bearer, (carried.get(bearer) ?? 0) + tie);
    }
  return [...carried].filter(([, contacts]) => contacts >= bearerShare * sum).map(([place]) => place);
}

function countAnswers(structure: Structure, state: State, givers: number, takers: number): number {
  let count = 0;
  for (const taker of structure.placesOf[takers] as number[])
    for (const giver of structure.placesOf[givers] as number[]) {
      const cell = taker * structure.places + giver;
      count += (state.asked[cell] as number) + (state.askedBefore[cell] as number);
    }
  return count;
}

/** A team lead picks the bond that seems nearest. Four in ten correct its loss and written share by feeling. */
function rateRelation(relation: Relation, rating: number, random: () => number) {
  const felt = relation.loss + rating * toNormal(random(), random());
  const bond = bonds.reduce((nearest, next) =>
    Math.abs(next.loss - felt) < Math.abs(nearest.loss - felt) ? next : nearest,
  );
  const feltWritten = relation.written + 1.5 * rating * toNormal(random(), random());
  if (random() < 0.6) return { loss: roundToFive(100 * bond.loss), documented: bond.written };
  return {
    loss: Math.min(95, Math.max(5, roundToFive(100 * felt))),
    documented: Math.min(1, Math.max(0, roundToFive(100 * feltWritten) / 100)),
  };
}

function nameBearers(bearers: number[], recording: Recording, share: number, random: () => number): number[] {
  const drawn = bearers.map((bearer) => ({ bearer, draw: random() }));
  const amount = random();
  if (recording !== 'few-bearers')
    return drawn.filter(({ draw }) => draw < share).map(({ bearer }) => bearer);
  const shuffled = drawn.sort((left, right) => left.draw - right.draw).map(({ bearer }) => bearer);
  if (amount < 0.5) return [];
  return amount < 0.9 ? shuffled.slice(0, 1) : shuffled;
}

function recordLinks(
  structure: Structure,
  state: State,
  recording: Recording,
  errors: Errors,
): RecordedWorld['links'] {
  const random = seededRandom(combineKey(structure.seed, 501));
  const kept = structure.relations
    .map((relation) => ({ relation, draw: random() }))
    .sort((left, right) => left.draw - right.draw)
    .slice(0, Math.round(errors.links * structure.relations.length));
  return kept.map(({ relation }) => {
    const { first, second } = relation;
    const isForward =
      countAnswers(structure, state, first, second) >= countAnswers(structure, state, second, first);
    return {
      from: isForward ? first : second,
      to: isForward ? second : first,
      ...rateRelation(relation, errors.rating, random),
      bearers: nameBearers(findBearers(structure, state, relation), recording, errors.bearers, random),
    };
  });
}

function recordContacts(
  structure: Structure,
  state: State,
  people: readonly number[],
  errors: Errors,
): RecordedWorld['contacts'] {
  const random = seededRandom(combineKey(structure.seed, 502));
  const contacts: RecordedWorld['contacts'] = [];
  for (const from of people)
    for (const to of people) {
      const cell = from * structure.places + to;
      const requests = (state.asked[cell] as number) + (state.askedBefore[cell] as number);
      let count = 0;
      for (let request = 0; request < requests; request++) if (random() < errors.contacts) count += 1;
      if (count > 0) contacts.push({ from, to, count });
    }
  for (let row = Math.floor(errors.falseContacts * contacts.length); row > 0; row--) {
    const from = people[Math.floor(random() * people.length)] as number;
    const to = people[Math.floor(random() * people.length)] as number;
    if (from === to) continue;
    const known = contacts.find((contact) => contact.from === from && contact.to === to);
    if (known === undefined) contacts.push({ from, to, count: 1 });
    else known.count += 1;
  }
  return contacts;
}

/** Records a world. `people` are the places of those present, in the order in which they are numbered; `changes` replace errors of the recording. */
export function recordWorld(
  structure: Structure,
  state: State,
  {
    people,
    recording,
    changes = {},
  }: { people: readonly number[]; recording: Recording; changes?: Partial<Errors> },
): RecordedWorld {
  const errors = { ...errorsOf[recording], ...changes };
  const random = seededRandom(combineKey(structure.seed, 500));
  const numberOf = new Map(people.map((place, row) => [place, row]));
  const toNumber = (place: number) => numberOf.get(place) as number;
  return {
    teams: Array.from(structure.universities, (university, team) => ({
      university,
      size: people.filter((place) => structure.teamOf[place] === team).length,
    })),
    people: people.map((place) => {
      const team = structure.teamOf[place] as number;
      const secondTeam = state.secondTeam[place] as number;
      const shift = random() < errors.terms ? (random() < 0.5 ? -1 : 1) : 0;
      const areas: number[] = [];
      for (let topic = 0; topic < structure.topics; topic++) {
        const isExpert = (state.level[place * structure.topics + topic] as number) >= expertLevel;
        const draw = random();
        if (isExpert ? draw >= errors.areas : structure.homes[topic] === team && draw < errors.areas / 10)
          areas.push(topic);
      }
      return {
        team,
        otherTeams: secondTeam === -1 ? [] : [secondTeam],
        terms: Math.max(1, (state.termsLeft[place] as number) + shift),
        isLead: state.leads[team] === place,
        areas,
      };
    }),
    links: recordLinks(structure, state, recording, errors).map((link) => ({
      ...link,
      bearers: link.bearers.map(toNumber),
    })),
    contacts: recordContacts(structure, state, people, errors).map(({ from, to, count }) => ({
      from: toNumber(from),
      to: toNumber(to),
      count,
    })),
  };
}
