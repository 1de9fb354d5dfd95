import { seededRandom } from '#core/analysis/graph/random.ts';
import { combineKey, toNormal } from './keyed-draws.ts';
import type { Relation, Structure, WorldKind } from './organisation.ts';

type Random = () => number;

const teamCount = 12;
const topicsPerTeam = 5;
const crossTopics = 6;

/** The four bonds that a team lead knows, strongest first: the loss and the written share. */
export const bonds = [
  { loss: 0.05, written: 0.8 },
  { loss: 0.15, written: 0.6 },
  { loss: 0.35, written: 0.2 },
  { loss: 0.6, written: 0 },
] as const;

const bondShares = { inside: [0.3, 0.3, 0.25, 0.15], across: [0.1, 0.25, 0.35, 0.3] };

/** Pairs of people that carry a relation. */
const leastPairs = 3;
const mostPairs = 6;

const integerBetween = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

/** Sizes of 3 to 9, with 60 to 90 people in all. */
function drawSizes(random: Random): number[] {
  for (;;) {
    const sizes = Array.from({ length: teamCount }, () => integerBetween(random, 3, 9));
    const people = sizes.reduce((sum, size) => sum + size, 0);
    if (people >= 68 && people <= 90) return sizes;
  }
}

function drawBond(random: Random, shares: readonly number[]): { loss: number; written: number } {
  let rest = random();
  let row = 0;
  while (row < shares.length - 1 && rest >= (shares[row] as number)) rest -= shares[row++] as number;
  const bond = bonds[row] as (typeof bonds)[number];
  const loss = bond.loss * Math.exp(0.25 * toNormal(random(), random()));
  const written = bond.written === 0 ? 0 : bond.written + 0.2 * (random() - 0.5);
  return { loss: Math.min(0.8, Math.max(0.02, loss)), written };
}

/** A random tree in each university with some further relations, and one or two relations between universities. */
function drawRelations(random: Random, universities: Uint8Array): Relation[] {
  const relations: Relation[] = [];
  const related = new Set<number>();
  const relate = (first: number, second: number) => {
    const cell = Math.min(first, second) * teamCount + Math.max(first, second);
    if (first === second || related.has(cell)) return;
    related.add(cell);
    const inside = universities[first] === universities[second];
    const bond = drawBond(random, inside ? bondShares.inside : bondShares.across);
    relations.push({ first, second, ...bond, pairs: integerBetween(random, leastPairs, mostPairs) });
  };
  const count = Math.max(...universities) + 1;
  const groups = Array.from({ length: count }, (_, university) =>
    Array.from({ length: teamCount }, (_, team) => team).filter((team) => universities[team] === university),
  );
  const anyOf = (group: number[]) => group[Math.floor(random() * group.length)] as number;
  for (const [place, group] of groups.entries()) {
    for (let row = 1; row < group.length; row++) relate(anyOf(group.slice(0, row)), group[row] as number);
    for (let extra = 0; extra < group.length / 4; extra++) relate(anyOf(group), anyOf(group));
    if (place === 0) continue;
    const before = groups[place - 1] as number[];
    for (let link = integerBetween(random, 1, 2); link > 0; link--) relate(anyOf(before), anyOf(group));
  }
  return relations;
}

function measureDistances(relationOf: Int16Array): Uint8Array {
  const distances = new Uint8Array(teamCount * teamCount).fill(255);
  for (let start = 0; start < teamCount; start++) {
    distances[start * teamCount + start] = 0;
    const queue = [start];
    for (const team of queue)
      for (let other = 0; other < teamCount; other++) {
        if (relationOf[team * teamCount + other] === -1) continue;
        if (distances[start * teamCount + other] !== 255) continue;
        distances[start * teamCount + other] = (distances[start * teamCount + team] as number) + 1;
        queue.push(other);
      }
  }
  return distances;
}

/** Teams, topics and relations of a world. People come later. */
export function drawStructure(kind: WorldKind, seed: number): Structure {
  const random = seededRandom(combineKey(seed, kind === 'brokers' ? 1 : 0));
  const universityCount = integerBetween(random, 1, 3);
  const universities = Uint8Array.from({ length: teamCount }, (_, team) =>
    Math.floor((team * universityCount) / teamCount),
  );
  const sizes = drawSizes(random);
  const members = sizes.flatMap((size, team) => Array.from({ length: size }, () => team));
  const teamOf = Int16Array.from([...members, ...sizes.keys()]);
  const topics = teamCount * topicsPerTeam + crossTopics;
  const relations = drawRelations(random, universities);
  const relationOf = new Int16Array(teamCount * teamCount).fill(-1);
  for (const [row, { first, second }] of relations.entries()) {
    relationOf[first * teamCount + second] = row;
    relationOf[second * teamCount + first] = row;
  }
  return {
    kind,
    seed,
    universities,
    places: teamOf.length,
    teamOf,
    placesOf: sizes.map((_, team) => [...teamOf.keys()].filter((place) => teamOf[place] === team)),
    sparePlaces: Int16Array.from(sizes, (_, team) => members.length + team),
    topics,
    homes: Int16Array.from({ length: topics }, (_, topic) => {
      const team = Math.floor(topic / topicsPerTeam);
      return team < teamCount ? team : -1;
    }),
    popularity: Float32Array.from({ length: topics }, () => Math.exp(0.6 * toNormal(random(), random()))),
    soleTopics: Uint8Array.from({ length: topics }, () => (random() < 0.25 ? 1 : 0)),
    demand: Float32Array.from(sizes, () => Math.exp(0.7 * toNormal(random(), random()))),
    relations,
    relationOf,
    distances: measureDistances(relationOf),
    cohortEnds: Int16Array.from(sizes, () => (random() < 0.4 ? integerBetween(random, 0, 5) : -1)),
  };
}
