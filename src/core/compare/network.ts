import type { InputOf } from '#shared/contract/base.ts';
import type { ChangeKind, compareNetwork, ComparedNetwork } from '#shared/contract/compare-network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { studentStatus } from '#shared/domain/students.ts';
import { shortDescription, titleOf } from '#shared/domain/title.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { inBatches } from '../kernel/batches.ts';
import { actionOf } from './classify.ts';
import type { RecordDifference } from './classify.ts';
import { differencesBetween } from './between.ts';
import type { MergeSides } from './between.ts';
import { changeOf, membershipsOf } from './memberships.ts';
import type { Membership } from './memberships.ts';
import { differenceFilter } from './page.ts';
import { rowsOf } from './states.ts';

type Input = Omit<InputOf<typeof compareNetwork>, 'id'>;

const batchSize = 100;
const linksQuery = (column: string): string =>
  `SELECT id, payload FROM interfaces WHERE ${visibleCondition()} AND ${column} IN (SELECT value FROM json_each(?))`;

const noPayload: JsonObject = {};

interface NodeRecord {
  id: string;
  type: NodeType;
  payload: JsonObject;
}

interface LinkRecord {
  id: string;
  from: string;
  to: string;
  payload: JsonObject;
}

/** Differences that are drawn in a network. `changes` lists those that match the filters. */
interface NetworkDifferences {
  nodes: Map<string, NodeRecord>;
  links: Map<string, LinkRecord>;
  memberships: Membership[];
  changes: Map<string, ChangeKind>;
  /** Number of matches of types that a network does not draw. */
  undrawnCount: number;
}

/**
 * The changed records and links, with the records that they join or belong to. Omits links between two unchanged records. Yields the number
 * of records read.
 */
export function* networkOfDifferences(
  sides: MergeSides,
  input: Input,
): Generator<number, ComparedNetwork, void> {
  const differences = yield* findDifferences(sides, input);
  const { changes } = differences;
  const matchingIds = [...differences.nodes.keys()].filter((id) => changes.has(id));
  const drawnMatches = new Set(matchingIds.slice(0, input.limit));
  const links = new Map(differences.links);
  for (const db of [sides.theirs, sides.ours])
    for (const link of yield* linksOf(db, [...drawnMatches]))
      if (!links.has(link.id)) links.set(link.id, link);
  const shownLinks = [...links.values()].filter(
    ({ id, from, to }) => changes.has(id) || drawnMatches.has(from) || drawnMatches.has(to),
  );
  const memberships = differences.memberships.filter(
    ({ from, to, change }) => drawnMatches.has(from) || (change !== null && drawnMatches.has(to)),
  );
  // Matches come first, so that the limit cuts their neighbours.
  const orderedIds = new Set(matchingIds);
  for (const { id, from, to } of differences.links.values())
    if (changes.has(id)) orderedIds.add(from).add(to);
  for (const { id, to } of differences.memberships) if (changes.has(id)) orderedIds.add(to);
  for (const { from, to } of [...shownLinks, ...memberships.filter(addsRecords)])
    orderedIds.add(from).add(to);
  const nodes = yield* nodesOf(sides, differences.nodes, [...orderedIds]);
  return resultOf(sides, differences, nodes, { links: shownLinks, memberships }, input.limit);
}

const addsRecords = ({ change, field }: Membership): boolean => change !== null || field !== 'university_id';

function* findDifferences(sides: MergeSides, input: Input): Generator<number, NetworkDifferences, void> {
  const matchesFilters = differenceFilter(sides, input);
  const differences: NetworkDifferences = {
    nodes: new Map(),
    links: new Map(),
    memberships: [],
    changes: new Map(),
    undrawnCount: 0,
  };
  yield* differencesBetween(sides, (record) => {
    const { id, type, base, ours, theirs } = record;
    const isMatch = matchesFilters(record);
    const payload = shownPayload(record);
    const link = type === 'interface' ? linkOf(id, payload) : null;
    const change =
      record.class === 'conflict' || record.class === 'live'
        ? record.class
        : changeOf(actionOf(base, theirs), actionOf(base, ours));
    if (isNodeType(type)) {
      differences.nodes.set(id, { id, type, payload });
      for (const membership of membershipsOf(type, record)) {
        differences.memberships.push(membership);
        if (isMatch && membership.change) differences.changes.set(membership.id, membership.change);
      }
    } else if (link) differences.links.set(id, link);
    else if (isMatch) differences.undrawnCount += 1;
    if (isMatch && change && (isNodeType(type) || link)) differences.changes.set(id, change);
  });
  return differences;
}

const isNodeType = (type: string): type is NodeType => nodeType.safeParse(type).success;

/** The payload in the sandbox, or in live if only live changed the record; if missing there, the one in the next state that has it. */
function shownPayload({ class: differenceClass, base, ours, theirs }: RecordDifference): JsonObject {
  const candidates = differenceClass === 'live' ? [ours, base, theirs] : [theirs, ours, base];
  return candidates.find(({ payload }) => payload !== null)?.payload ?? {};
}

function linkOf(id: string, payload: JsonObject): LinkRecord | null {
  const { from, to } = payload;
  return typeof from === 'string' && typeof to === 'string' ? { id, from, to, payload } : null;
}

function* linksOf(db: ReadHandle, ids: readonly string[]): Generator<number, LinkRecord[], void> {
  const linksById = new Map<string, LinkRecord>();
  for (const batch of inBatches(ids, batchSize)) {
    for (const column of ['from_id', 'to_id'])
      for (const { id, payload } of db.all<{ id: string; payload: string }>(linksQuery(column), [
        JSON.stringify(batch),
      ])) {
        const link = linkOf(id, parsePayload(payload));
        if (link) linksById.set(id, link);
      }
    yield batch.length;
  }
  return [...linksById.values()];
}

/** Records by id: changed ones from `changedNodes`, the others from the sandbox or live. */
function* nodesOf(
  { ours, theirs }: MergeSides,
  changedNodes: ReadonlyMap<string, NodeRecord>,
  ids: readonly string[],
): Generator<number, NodeRecord[], void> {
  const nodesById = new Map(changedNodes);
  for (const db of [theirs, ours])
    for (const batch of inBatches(
      ids.filter((id) => !nodesById.has(id)),
      batchSize,
    )) {
      for (const type of nodeType.options)
        for (const { id, payload, deleted } of rowsOf(db, type, batch).values())
          if (deleted === 0) nodesById.set(id, { id, type, payload: parsePayload(payload) });
      yield batch.length;
    }
  return ids.flatMap((id) => nodesById.get(id) ?? []);
}

function resultOf(
  sides: MergeSides,
  { changes, links: changedLinks, undrawnCount }: NetworkDifferences,
  nodes: readonly NodeRecord[],
  { links, memberships }: { links: readonly LinkRecord[]; memberships: readonly Membership[] },
  limit: number,
): ComparedNetwork {
  const shownNodes = nodes.slice(0, limit);
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const indexById = new Map(shownNodes.map(({ id }, index) => [id, index]));
  const isShown = ({ from, to }: { from: string; to: string }): boolean =>
    indexById.has(from) && indexById.has(to);
  const edges = [
    ...links.filter(isShown).map((link) => ({ ...link, kind: 'interface' as const })),
    ...memberships.filter(isShown).map((one) => ({ ...one, kind: 'reference' as const, payload: noPayload })),
  ];
  const degrees = new Map<string, number>();
  for (const { kind, from, to } of edges)
    if (kind === 'interface') for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const drawnIds = new Set([...indexById.keys(), ...edges.map(({ id }) => id)]);
  const matchingLinks = [...changedLinks.values()].filter(({ id }) => changes.has(id));
  const incomplete = matchingLinks.filter(({ from, to }) => !nodeIds.has(from) || !nodeIds.has(to));
  const matching = [...nodes, ...matchingLinks].filter(({ id }) => changes.has(id));
  const cutCount = matching.filter(({ id }) => !drawnIds.has(id)).length - incomplete.length;
  const universityIds = shownNodes.map(({ payload }) => textOrNull(payload.university_id));
  const noPositions = shownNodes.map(() => null);
  return {
    network: {
      nodes: {
        id: shownNodes.map(({ id }) => id),
        type: shownNodes.map(({ type }) => type),
        title: shownNodes.map(({ type, payload }) => titleOf(type, payload)),
        university: universityIds,
        links: shownNodes.map(({ id }) => degrees.get(id) ?? 0),
        x: noPositions,
        y: noPositions,
        values: {
          lifecycle: shownNodes.map(({ payload }) => payload.lifecycle ?? null),
          status: shownNodes.map(({ type, payload }) =>
            type === 'student' ? studentStatus(payload.terms_remaining) : null,
          ),
        },
      },
      edges: {
        id: edges.map(({ id }) => id),
        from: edges.map(({ from }) => indexById.get(from) ?? 0),
        to: edges.map(({ to }) => indexById.get(to) ?? 0),
        kind: edges.map(({ kind }) => kind),
        bond: edges.map(({ payload }) => textOrNull(payload.bond_type)),
        loss: edges.map(({ payload: { energy_loss: loss } }) => (typeof loss === 'number' ? loss : null)),
        description: edges.map(({ payload }) => shortDescription(payload.description)),
      },
      titles: titlesOf(sides, universityIds),
      matched: nodes.length,
    },
    changes: Object.fromEntries([...changes].filter(([id]) => drawnIds.has(id))),
    left: { limit: cutCount, other: undrawnCount + incomplete.length },
  };
}

const textOrNull = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

function titlesOf(
  { ours, theirs }: MergeSides,
  universities: readonly (string | null)[],
): Record<string, string> {
  const ids = [...new Set(universities.flatMap((id) => id ?? []))];
  return Object.fromEntries(
    [ours, theirs].flatMap((db) =>
      [...rowsOf(db, 'university', ids).values()].map(({ id, payload }) => [
        id,
        titleOf('university', parsePayload(payload)),
      ]),
    ),
  );
}
