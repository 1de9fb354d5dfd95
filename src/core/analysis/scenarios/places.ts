import { kindOf, noNode, noLifecycle } from '../organisation.ts';
import type { NamedOrganisation, Organisation } from '../organisation.ts';
import { joinKeys, keyOf } from './draws.ts';
import type { Step } from './steps.ts';

/** Keys for random draws that do not depend on the order of records, by node and by link. */
export interface Keys {
  nodes: Uint32Array;
  links: Uint32Array;
}

/** Keys by record id, so that live and its sandboxes share their draws. */
export const keysOf = ({ nodes, linkIds }: Pick<NamedOrganisation, 'nodes' | 'linkIds'>): Keys => ({
  nodes: Uint32Array.from(nodes, ({ id }) => keyOf(id)),
  links: Uint32Array.from(linkIds, keyOf),
});

/** The reference of a scenario, if it is not the initial organisation. */
export interface ReferenceOrganisation {
  organisation: Organisation;
  keys: Keys;
  /** For each initial node: its listed members in the reference and their weight; 0 if it has none. */
  members: Uint32Array;
  weights: Float64Array;
  /** Whether missing members have left places that can be refilled; otherwise their places are gone. */
  isPlaceKept: boolean;
  /** 1 for each student who came in the last term; null if unknown. */
  newcomers: Uint8Array | null;
}

/** The places of a team without listed members and size. */
export const usualSize = 5;
/** The most places of a team: more would hardly change its present share. */
const mostPlaces = 200;

export const placeOccupants = { nobody: 0, member: 1, newcomer: 2, mentor: 3 } as const;

/** The places of an organisation by column: its own, then those that steps add. */
export interface Places {
  readonly count: number;
  readonly own: number;
  readonly teams: Uint32Array;
  readonly students: Uint32Array;
  /** The number of members that each counts for. */
  readonly weights: Float64Array;
  readonly occupants: Uint8Array;
  /** Remaining terms of the first occupant: NaN if unknown, infinite for one who stays. */
  readonly terms: Float64Array;
  /** Random keys of places, and of their first occupants, who may have several places. */
  readonly keys: Uint32Array;
  readonly people: Uint32Array;
  /** By node: the initial weight of its places, and how many were listed. */
  readonly begun: Float64Array;
  readonly listed: Uint32Array;
  readonly unlisted: number;
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
    const occupant = against?.newcomers?.[student] === 1 ? placeOccupants.newcomer : placeOccupants.member;
    places.push({ team, student, weight, occupant, terms: terms[row] as number });
    if (team === noNode) continue;
    listed[team]! += 1;
    begun[team]! += weight;
  }
  let unlisted = 0;
  for (const [team, kind] of kinds.entries()) {
    const wasListed = against?.members[team] ?? 0;
    if (wasListed > 0) {
      begun[team] = against?.weights[team] as number;
      const missing = against?.isPlaceKept === true ? wasListed - (listed[team] as number) : 0;
      for (let at = 0; at < missing; at++) places.push({ team, occupant: placeOccupants.nobody, terms: 0 });
    } else if (listed[team] === 0 && (kind === kindOf.team || isEmptied(organisation, team))) {
      const size = placesOf(sizes[team] as number);
      const occupant = kind === kindOf.team ? placeOccupants.member : placeOccupants.nobody;
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
    if (step.do === 'mentor') add({ team: step.team, occupant: placeOccupants.mentor, terms: step.terms });
    if (step.do !== 'recruit') continue;
    for (let count = 0; count < step.count; count++)
      add({ team: step.team, occupant: placeOccupants.newcomer, terms: Number.NaN });
  }
  const placeKeys = placeKeysOf(places, keys);
  return {
    count: places.length,
    own,
    teams: Uint32Array.from(places, ({ team }) => team),
    students: Uint32Array.from(places, ({ student }) => student ?? noNode),
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

/** The key of each place: of its student and team, or of its team and its number among those without a student. */
function placeKeysOf(places: readonly Place[], { nodes }: Keys): Uint32Array {
  const numbers = new Map<number, number>();
  return Uint32Array.from(places, ({ team, student }) => {
    const teamKey = team === noNode ? 1 : (nodes[team] as number);
    if (student !== undefined) return joinKeys(nodes[student] as number, teamKey);
    const number = (numbers.get(team) ?? 0) + 1;
    numbers.set(team, number);
    return joinKeys(number, teamKey);
  });
}
