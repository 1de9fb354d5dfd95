import { nodeKind, noNode, noLifecycle } from '../organisation.ts';
import type { NamedOrganisation, Organisation } from '../organisation.ts';
import { defaultSize } from '../people-counts.ts';
import { joinKeys, keyOf } from '../draws.ts';
import type { Step } from './steps.ts';

/** Keys for random draws that do not depend on the order of records, by node and by link. */
export interface DrawKeys {
  nodes: Uint32Array;
  links: Uint32Array;
}

/** Keys by record id, so that live and its sandboxes share their draws. */
export const drawKeysOf = ({ nodes, linkIds }: Pick<NamedOrganisation, 'nodes' | 'linkIds'>): DrawKeys => ({
  nodes: Uint32Array.from(nodes, ({ id }) => keyOf(id)),
  links: Uint32Array.from(linkIds, keyOf),
});

/** The reference of a scenario, if it is not the initial organisation. */
export interface ReferenceOrganisation {
  organisation: Organisation;
  keys: DrawKeys;
  /** For each initial node: its listed members in the reference and their weight; 0 if it has none. */
  members: Uint32Array;
  weights: Float64Array;
  /** Whether missing members have left places that can be refilled; otherwise their places are gone. */
  isPlaceKept: boolean;
  /** 1 for each student who came in the last term; null if unknown. */
  newcomers: Uint8Array | null;
}

/** The maximal number of places of a team: more would hardly change its present share. */
const maxPlaces = 200;

export const placeOccupants = { nobody: 0, member: 1, newcomer: 2, mentor: 3 } as const;

/** The places of an organisation by column: first its own (`ownCount`), then the places that steps add. */
export interface Places {
  readonly count: number;
  readonly ownCount: number;
  readonly teams: Uint32Array;
  readonly students: Uint32Array;
  /** The number of members that each place counts for. */
  readonly weights: Float64Array;
  readonly occupants: Uint8Array;
  /** Remaining terms of the first occupant: NaN if unknown, infinite for one who stays. */
  readonly terms: Float64Array;
  /** Random keys of places, and of their first occupants, who can have several places. */
  readonly placeKeys: Uint32Array;
  readonly personKeys: Uint32Array;
  /** By node: the initial weight of its places, and how many were listed. */
  readonly initialWeights: Float64Array;
  readonly listedCounts: Uint32Array;
  readonly unlistedTeams: number;
  readonly addedByStep: readonly number[];
}

interface Place {
  team: number;
  student?: number;
  weight?: number;
  occupant: number;
  terms: number;
}

export function createPlaces(
  organisation: Organisation,
  keys: DrawKeys,
  { steps, reference }: { steps: readonly Step[]; reference: ReferenceOrganisation | null },
): Places {
  const { kinds, sizes, students, memberOf, memberWeights, terms } = organisation;
  const places: Place[] = [];
  const [listedCounts, initialWeights] = [new Uint32Array(kinds.length), new Float64Array(kinds.length)];
  for (const [row, team] of memberOf.entries()) {
    const student = students[row] as number;
    const weight = memberWeights[row] as number;
    const occupant = reference?.newcomers?.[student] === 1 ? placeOccupants.newcomer : placeOccupants.member;
    places.push({ team, student, weight, occupant, terms: terms[row] as number });
    if (team === noNode) continue;
    listedCounts[team]! += 1;
    initialWeights[team]! += weight;
  }
  let unlistedTeams = 0;
  for (const [team, kind] of kinds.entries()) {
    const referenceCount = reference?.members[team] ?? 0;
    if (referenceCount > 0) {
      initialWeights[team] = reference?.weights[team] as number;
      const missingCount =
        reference?.isPlaceKept === true ? referenceCount - (listedCounts[team] as number) : 0;
      for (let index = 0; index < missingCount; index++)
        places.push({ team, occupant: placeOccupants.nobody, terms: 0 });
    } else if (listedCounts[team] === 0 && (kind === nodeKind.team || isEmptied(organisation, team))) {
      const size = placesForSize(sizes[team] as number);
      const occupant = kind === nodeKind.team ? placeOccupants.member : placeOccupants.nobody;
      for (let index = 0; index < size; index++) places.push({ team, occupant, terms: Number.NaN });
      initialWeights[team] = size;
      if (kind === nodeKind.team) unlistedTeams += 1;
    }
  }
  const ownCount = places.length;
  const addedByStep: number[] = [];
  for (const [index, step] of steps.entries()) {
    const addPlace = (place: Place): void => {
      places.push(place);
      addedByStep.push(index);
    };
    if (step.do === 'mentor')
      addPlace({ team: step.team, occupant: placeOccupants.mentor, terms: step.terms });
    if (step.do !== 'recruit') continue;
    for (let count = 0; count < step.count; count++)
      addPlace({ team: step.team, occupant: placeOccupants.newcomer, terms: Number.NaN });
  }
  const placeKeys = placeKeysOf(places, keys);
  return {
    count: places.length,
    ownCount,
    teams: Uint32Array.from(places, ({ team }) => team),
    students: Uint32Array.from(places, ({ student }) => student ?? noNode),
    weights: Float64Array.from(places, ({ weight }) => weight ?? 1),
    occupants: Uint8Array.from(places, ({ occupant }) => occupant),
    terms: Float64Array.from(places, ({ terms: left }) => left),
    placeKeys,
    personKeys: Uint32Array.from(places, ({ student }, index) =>
      student === undefined ? (placeKeys[index] as number) : (keys.nodes[student] as number),
    ),
    initialWeights,
    listedCounts,
    unlistedTeams,
    addedByStep,
  };
}

/** Whether all listed members left the team. Students who left are of the same kind, but only teams have a size or a lifecycle. */
const isEmptied = ({ kinds, sizes, lifecycles }: Organisation, node: number): boolean =>
  kinds[node] === nodeKind.left && (!Number.isNaN(sizes[node]) || lifecycles[node] !== noLifecycle);

const placesForSize = (size: number): number =>
  size >= 1 ? Math.min(maxPlaces, Math.round(size)) : defaultSize;

/** The key of each place: of its student and team; without a student, of its team and its number in the team. */
function placeKeysOf(places: readonly Place[], { nodes }: DrawKeys): Uint32Array {
  const numbers = new Map<number, number>();
  return Uint32Array.from(places, ({ team, student }) => {
    const teamKey = team === noNode ? 1 : (nodes[team] as number);
    if (student !== undefined) return joinKeys(nodes[student] as number, teamKey);
    const number = (numbers.get(team) ?? 0) + 1;
    numbers.set(team, number);
    return joinKeys(number, teamKey);
  });
}
