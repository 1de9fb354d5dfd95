import { combineKey, drawUniform, purpose } from './keyed-draws.ts';
import type { Structure, WorldKind } from './organisation.ts';

const needsPerPlace = 6;

/** The needs of all places in a term, in the order in which they come up. Needs of empty places are skipped. */
export interface Needs {
  places: Int16Array;
  topics: Int16Array;
  /** The level from which on a topic is known well enough. */
  levels: Float32Array;
  /** Every draw about a need is keyed by this. */
  keys: Int32Array;
}

/** Where needs come from: teams by distance, the own team first; the rest are topics of no team. */
const distanceShares: Record<WorldKind, readonly number[]> = {
  neighbours: [0.48, 0.4, 0.03, 0],
  brokers: [0.32, 0.18, 0.26, 0.14],
};

/** Topics with a cumulated weight, from which one is drawn. */
interface Choice {
  topics: number[];
  sums: number[];
}

function createChoice(structure: Structure, isChosen: (home: number) => boolean): Choice {
  const topics: number[] = [];
  const sums: number[] = [];
  let sum = 0;
  for (let topic = 0; topic < structure.topics; topic++) {
    const home = structure.homes[topic] as number;
    if (!isChosen(home)) continue;
    sum += (structure.popularity[topic] as number) * (home === -1 ? 1 : (structure.demand[home] as number));
    topics.push(topic);
    sums.push(sum);
  }
  return { topics, sums };
}

function drawTopic({ topics, sums }: Choice, random: number): number {
  const wanted = random * (sums.at(-1) as number);
  return topics[sums.findIndex((sum) => wanted < sum)] as number;
}

/** Draws the needs of a term from its key. They do not depend on who is there. */
export function createNeedSource(structure: Structure): (termKey: number) => Needs {
  const teams = structure.demand.length;
  const shares = distanceShares[structure.kind];
  const crossChoice = createChoice(structure, (home) => home === -1);
  const choices = Array.from({ length: teams }, (_, team) =>
    shares.map((_, distance) =>
      createChoice(structure, (home) => home >= 0 && structure.distances[team * teams + home] === distance),
    ),
  );
  const chooseTopics = (team: number, random: number): Choice => {
    let rest = random;
    for (const [distance, share] of shares.entries()) {
      if (rest < share) {
        const byDistance = choices[team] as Choice[];
        // A team at the edge may have no teams this far away; then it needs the farthest ones there are.
        for (let nearer = distance; nearer > 0; nearer--)
          if ((byDistance[nearer] as Choice).topics.length > 0) return byDistance[nearer] as Choice;
        return byDistance[0] as Choice;
      }
      rest -= share;
    }
    return crossChoice;
  };

  return (termKey) => {
    const count = structure.places * needsPerPlace;
    const order = new Float64Array(count);
    const needKey = combineKey(termKey, purpose.need);
    const orderKey = combineKey(termKey, purpose.needOrder);
    for (let need = 0; need < count; need++) order[need] = drawUniform(orderKey, need);
    const sorted = Uint32Array.from(order.keys()).sort(
      (left, right) => (order[left] as number) - (order[right] as number),
    );
    const needs: Needs = {
      places: new Int16Array(count),
      topics: new Int16Array(count),
      levels: new Float32Array(count),
      keys: new Int32Array(count),
    };
    for (const [row, need] of sorted.entries()) {
      const place = Math.floor(need / needsPerPlace);
      const key = combineKey(needKey, need);
      const choice = chooseTopics(structure.teamOf[place] as number, drawUniform(key, purpose.need));
      needs.places[row] = place;
      needs.topics[row] = drawTopic(choice, drawUniform(key, purpose.needTopic));
      needs.levels[row] = 0.25 + 0.5 * drawUniform(key, purpose.needLevel);
      needs.keys[row] = key;
    }
    return needs;
  };
}
