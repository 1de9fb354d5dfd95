import { joinKeys } from '../draws.ts';
import type { Bearing } from '../bearer-model.ts';
import { noNode } from '../organisation.ts';
import type { Damage } from './damage.ts';
import type { AnswerRequest, DescribableSubject, Finding } from './finding.ts';
import { roundingTolerance } from './rank-subjects.ts';
import type { ValuedSubject } from './rank-subjects.ts';

type Ranked = ValuedSubject<DescribableSubject>;

/** A subject, and the others that are interchangeable with it. */
export interface RankedItem extends Ranked {
  readonly others: readonly DescribableSubject[];
}

/**
 * Makes one item of interchangeable subjects. `ranked` includes all ties of its last subject, so that groups are complete. Subjects of
 * `expertise` differ by the names of their areas.
 */
export function mergeInterchangeable(
  damage: Damage,
  question: AnswerRequest['question'],
  ranked: readonly Ranked[],
): RankedItem[] {
  const isTied = ({ value }: Ranked, other: Ranked | undefined): boolean =>
    other !== undefined && Math.abs(value - other.value) <= roundingTolerance;
  const tied = new Set(
    ranked.filter((one, at) => isTied(one, ranked[at - 1]) || isTied(one, ranked[at + 1])),
  );
  if (tied.size === 0 || question === 'expertise') return ranked.map((one) => ({ ...one, others: [] }));
  const vertexOf = ({ subject: { nodes, link } }: Ranked): number =>
    link === null ? (nodes[0] as number) : damage.bearing.organisation.kinds.length + link;
  const colourOf = findColours(damage, {
    byTerms: termQuestions.has(question),
    vertices: [...tied].map(vertexOf),
  });
  const keyOf = (one: Ranked): string | Ranked =>
    tied.has(one) ? `${colourOf(vertexOf(one))} ${one.subject.isByChance === true}` : one;
  return [...Map.groupBy(ranked, keyOf).values()].map((group) => {
    const [first, ...others] = group as [Ranked, ...Ranked[]];
    return { ...first, others: others.map(({ subject }) => subject) };
  });
}

/** Questions in which terms left make a difference. */
const termQuestions: ReadonlySet<AnswerRequest['question']> = new Set(['leaving', 'cohorts', 'degrading']);

/** Describes an item as its first subject, with the nodes or links of all. */
export function describeItem(
  { subject, value, others }: RankedItem,
  damage: Damage,
  isQuick: boolean,
): Finding {
  const finding = subject.describe(damage, value, isQuick);
  if (others.length === 0) return finding;
  const subjects = [subject, ...others];
  if (subject.link !== null) return { ...finding, links: subjects.flatMap(({ link }) => link ?? []) };
  const { code, params } = finding.reason;
  // Members of several teams are no colleagues.
  const reason = { code: code === 'member' ? 'person' : code, params };
  return { ...finding, nodes: subjects.flatMap(({ nodes }) => nodes), isGroup: true, reason };
}

/** Two rounds for each link. A departure reaches receivers over two links, and their alternatives are two further links away. */
const maxRounds = 8;

/** Kinds of connections between vertices. */
const relation = { end: 1, bearer: 2, membership: 3, contact: 4, area: 5, need: 6, project: 7 } as const;

interface Options {
  /** Whether people with different terms left are different. */
  byTerms: boolean;
  /** The refinement ends when these differ. */
  vertices: readonly number[];
}

/**
 * The colours of vertices: vertices of one colour have equal values and equal neighbourhoods (colour refinement, after Weisfeiler and
 * Leman 1968). Names, universities and the direction of links are ignored.
 */
function findColours(damage: Damage, { byTerms, vertices }: Options): (vertex: number) => number {
  const connections = connect(damage.bearing, byTerms);
  // Two hashes of 32 bits, because one has collisions in a large organisation.
  const hashes = [1, 2].map((seed) => firstColours(damage, connections.size, seed)) as [
    Uint32Array,
    Uint32Array,
  ];
  const colourOf = (vertex: number): number =>
    (hashes[0][vertex] as number) * 2 ** 20 + ((hashes[1][vertex] as number) >>> 12);
  for (let round = 0; round < maxRounds; round++) {
    if (new Set(vertices.map(colourOf)).size === vertices.length) break;
    for (const colours of hashes) refine(colours, connections);
  }
  return colourOf;
}

interface Connections {
  size: number;
  one: number[];
  other: number[];
  labels: number[];
}

/** Connects vertices: nodes, then links, then areas of expertise. */
function connect({ organisation, memberWeights }: Bearing, byTerms: boolean): Connections {
  const { kinds, from, to, bearerSet, bearerSets, students, memberOf, terms } = organisation;
  const { contacts, holders, heldAreas, needs } = organisation;
  const areaStart = kinds.length + from.length;
  const connections: Connections = { size: areaStart, one: [], other: [], labels: [] };
  const add = (one: number, other: number, label: number): void => {
    if (one === noNode || other === noNode) return;
    connections.one.push(one);
    connections.other.push(other);
    connections.labels.push(label);
  };
  const addArea = (node: number, area: number, label: number): void => {
    connections.size = Math.max(connections.size, areaStart + area + 1);
    add(node, areaStart + area, label);
  };
  for (const [link, source] of from.entries()) {
    add(kinds.length + link, source, relation.end);
    add(kinds.length + link, to[link] as number, relation.end);
    for (const bearer of bearerSets[bearerSet[link] as number] ?? [])
      add(kinds.length + link, bearer, relation.bearer);
  }
  for (const [row, student] of students.entries()) {
    const label = joinKeys(relation.membership, hashOf(memberWeights[row] as number));
    // A student without a team is connected with itself, so that its terms count too.
    const team = memberOf[row] === noNode ? student : (memberOf[row] as number);
    add(student, team, byTerms ? joinKeys(label, hashOf(terms[row] as number)) : label);
  }
  for (let node = 0; node < kinds.length; node++)
    for (let at = contacts.offsets[node] as number; at < (contacts.offsets[node + 1] as number); at++)
      add(
        node,
        contacts.others[at] as number,
        joinKeys(relation.contact, hashOf(contacts.counts[at] as number)),
      );
  for (const [row, holder] of holders.entries()) addArea(holder, heldAreas[row] as number, relation.area);
  for (const [row, needer] of (needs?.needers ?? []).entries())
    addArea(needer, needs?.areas[row] as number, relation.need);
  for (const [team, project] of (needs?.teamProjects ?? []).entries()) add(team, project, relation.project);
  return connections;
}

/** One round: each colour takes up the colours of all connected vertices, in any order. */
function refine(colours: Uint32Array, { one, other, labels }: Connections): void {
  const sums = new Uint32Array(colours.length);
  for (const [index, label] of labels.entries()) {
    const [a, b] = [one[index] as number, other[index] as number];
    sums[a]! += joinKeys(label, colours[b] as number);
    sums[b]! += joinKeys(-label, colours[a] as number);
  }
  for (const [vertex, sum] of sums.entries()) colours[vertex] = joinKeys(colours[vertex] as number, sum);
}

/**
 * By own values. Areas of expertise differ by their names. What reaches a node tells a ring of three from one of six, whose nodes have equal
 * neighbours; a sampled network does not measure it everywhere.
 */
function firstColours(damage: Damage, size: number, seed: number): Uint32Array {
  const { organisation } = damage.bearing;
  const { kinds, importance, sizes, lifecycles, from, to } = organisation;
  const { losses, documented, linkImportance, bearerSet, bearerSets } = organisation;
  const colours = Uint32Array.from({ length: size }, (_, vertex) => joinKeys(seed, vertex));
  const colourBy = (values: readonly number[]): number =>
    values.reduce((colour, value) => joinKeys(colour, hashOf(value)), seed);
  for (const [node, kind] of kinds.entries())
    colours[node] = colourBy([
      kind,
      importance[node] as number,
      sizes[node] as number,
      lifecycles[node] as number,
      // Equal sums can differ by rounding.
      damage.isSampled ? 0 : Math.fround(damage.demandPerIntake(node)),
    ]);
  for (const [link, loss] of losses.entries())
    colours[kinds.length + link] = colourBy([
      loss,
      documented[link] as number,
      linkImportance[link] as number,
      bearerSets[bearerSet[link] as number]?.length ?? 0,
      Number(from[link] === to[link]),
    ]);
  return colours;
}

const number = new Float64Array(1);
const bits = new Uint32Array(number.buffer);
function hashOf(value: number): number {
  number[0] = value;
  return joinKeys(bits[0] as number, bits[1] as number);
}
