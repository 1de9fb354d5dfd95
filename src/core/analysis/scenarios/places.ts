import { kindOf, nobody, noLifecycle } from '../organisation.ts';
import type { NamedOrganisation, Organisation } from '../organisation.ts';
import { joinKeys, keyOf } from './draws.ts';
import type { Step } from './steps.ts';

/** What numbers are drawn by, so that they do not depend on the order of records: a key of each node and of each link. */
export interface Keys {
  nodes: Uint32Array;
  links: Uint32Array;
}

/** Keys by the ids of records, so that live and its sandboxes meet the same chances. */
export const keysOf = ({ nodes, linkIds }: Pick<NamedOrganisation, 'nodes' | 'linkIds'>): Keys => ({
  nodes: Uint32Array.from(nodes, ({ id }) => keyOf(id)),
  links: Uint32Array.from(linkIds, keyOf),
});

/** What a scenario is measured against, where that is another organisation than the one it begins with. */
export interface ReferenceOrganisation {
  organisation: Organisation;
  keys: Keys;
  /** Of each node of the one that begins: its listed members there and their weight; 0 where it has none there. */
  members: Uint32Array;
  weights: Float64Array;
  /** Members who are missing since then have left a place that can be refilled. Else their places are gone. */
  isPlaceKept: boolean;
  /** Of each node: 1 for students who came in the last term; null where that is not known. */
  newcomers: Uint8Array | null;
}

/** A team without listed members and without a size has so many places. */
export const usualSize = 5;
/** No team has more places: what is there of one is a share, which more do not change much. */
const mostPlaces = 200;

/** Who has a place at the beginning. */
export const occupants = { nobody: 0, member: 1, newcomer: 2, mentor: 3 } as const;

/** The places of an organisation, column by column: those that it has, then those that steps add. */
export interface Places {
  readonly count: number;
  /** How many of them are there without any step. */
  readonly own: number;
  /** The team of each place, and the student who has it first; `nobody` for none. */
  readonly teams: Uint32Array;
  readonly students: Uint32Array;
  /** How many members each counts for. */
  readonly weights: Float64Array;
  /** Of each, one of `occupants`. */
  readonly occupants: Uint8Array;
  /** The terms that the first occupant has left: NaN for unknown, infinite for somebody who stays. */
  readonly terms: Float64Array;
  /** What a place's numbers are drawn by, and those of the first occupant, who may have several places. */
  readonly keys: Uint32Array;
  readonly people: Uint32Array;
  /** Of each node: the weight of its places at the beginning, and how many of them it had listed. */
  readonly begun: Float64Array;
  readonly listed: Uint32Array;
  /** Teams whose members are not listed. */
  readonly unlisted: number;
  /** Of each place that a step adds: the step. */
  readonly addedBy: readonly number[];
}

interface Place {
  team: number;
  student?: number;
  weight?: number;
  occupant: number;
  terms: number;
  person?: number;
}

/** The places of an organisation and of the steps of a scenario. */
export function createPlaces(
  organisation: Organisation,
  keys: Keys,
  { steps, against }: { steps: readonly Step[]; against: ReferenceOrganisation | null },
): Places {
  const { kinds, sizes, students, memberOf, memberWeights, terms } = organisation;
  const places: Place[] = [];
  const [listed, begun] = [new Uint32Array(kinds.length), new Float64Array(kinds.length)];
  for (const [row, team] of memberOf.entries()) {
    const student = students[row] as number;
    const weight = memberWeights[row] as number;
    const occupant = against?.newcomers?.[student] === 1 ? occupants.newcomer : occupants.member;
    places.push({ team, student, weight, occupant, terms: terms[row] as number });
    if (team === nobody) continue;
    listed[team]! += 1;
    begun[team]! += weight;
  }
  let unlisted = 0;
  for (const [team, kind] of kinds.entries()) {
    const wasListed = against?.members[team] ?? 0;
    if (wasListed > 0) {
      begun[team] = against?.weights[team] as number;
      const missing = against?.isPlaceKept === true ? wasListed - (listed[team] as number) : 0;
      for (let at = 0; at < missing; at++) places.push({ team, occupant: occupants.nobody, terms: 0 });
    } else if (listed[team] === 0 && (kind === kindOf.team || isEmptied(organisation, team))) {
      const size = placesOf(sizes[team] as number);
      const occupant = kind === kindOf.team ? occupants.member : occupants.nobody;
      for (let at = 0; at < size; at++) places.push({ team, occupant, terms: Number.NaN });
      begun[team] = size;
      if (kind === kindOf.team) unlisted += 1;
    }
  }
  const own = places.length;
  const addedBy: number[] = [];
  for (const [at, step] of steps.entries()) {
    const add = (place: Place): void => {
      places.push(place);
      addedBy.push(at);
    };
    if (step.do === 'mentor') add({ team: step.team, occupant: occupants.mentor, terms: step.terms });
    if (step.do !== 'recruit') continue;
    for (let count = 0; count < step.count; count++)
      add({ team: step.team, occupant: occupants.newcomer, terms: Number.NaN });
  }
  const placeKeys = placeKeysOf(places, keys);
  return {
    count: places.length,
    own,
    teams: Uint32Array.from(places, ({ team }) => team),
    students: Uint32Array.from(places, ({ student }) => student ?? nobody),
    weights: Float64Array.from(places, ({ weight }) => weight ?? 1),
    occupants: Uint8Array.from(places, ({ occupant }) => occupant),
    terms: Float64Array.from(places, ({ terms: left }) => left),
    keys: placeKeys,
    people: Uint32Array.from(places, ({ student }, at) =>
      student === undefined ? (placeKeys[at] as number) : (keys.nodes[student] as number),
    ),
    begun,
    listed,
    unlisted,
    addedBy,
  };
}

/** A team that all listed members have left. Students who left are of the same kind, but only teams have a size or a lifecycle. */
const isEmptied = ({ kinds, sizes, lifecycles }: Organisation, node: number): boolean =>
  kinds[node] === kindOf.left && (!Number.isNaN(sizes[node]) || lifecycles[node] !== noLifecycle);

const placesOf = (size: number): number => (size >= 1 ? Math.min(mostPlaces, Math.round(size)) : usualSize);

/** A key of each place: of its student and team, or of its team and its number among those without a student. */
function placeKeysOf(places: readonly Place[], { nodes }: Keys): Uint32Array {
  const numbers = new Map<number, number>();
  return Uint32Array.from(places, ({ team, student }) => {
    const teamKey = team === nobody ? 1 : (nodes[team] as number);
    if (student !== undefined) return joinKeys(nodes[student] as number, teamKey);
    const number = (numbers.get(team) ?? 0) + 1;
    numbers.set(team, number);
    return joinKeys(number, teamKey);
  });
}
