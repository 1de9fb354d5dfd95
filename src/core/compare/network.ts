import type { z } from 'zod';
import type { ChangeKind, compareNetwork, ComparedNetwork } from '#shared/contract/compare-network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { studentStatus } from '#shared/domain/students.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { parsePayload } from '../log/audit/effect.ts';
import { inBatches } from '../kernel/chunks.ts';
import { actionOf } from './classify.ts';
import type { Differing } from './classify.ts';
import { differencesBetween } from './between.ts';
import type { Sides } from './between.ts';
import { changeOf, membershipsOf } from './memberships.ts';
import type { Membership } from './memberships.ts';
import { filterOf } from './page.ts';
import { rowsOf } from './states.ts';

type Input = Omit<z.output<(typeof compareNetwork)['~orpc']['inputSchema'] & z.ZodType>, 'id'>;

const batch = 100;
const linksBy = (column: string): string =>
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
interface Found {
  nodes: Map<string, NodeRecord>;
  links: Map<string, LinkRecord>;
  memberships: Membership[];
  changes: Map<string, ChangeKind>;
  /** Matches that are not drawn in a network. */
  other: number;
}

/**
 * The changed records and links, with the records they join or belong to. Links between two unchanged records are left out. Yields the
 * number of records read.
 */
export function* networkOfDifferences(sides: Sides, input: Input): Generator<number, ComparedNetwork, void> {
  const found = yield* findDifferences(sides, input);
  const { changes } = found;
  const matching = [...found.nodes.keys()].filter((id) => changes.has(id));
  const centre = new Set(matching.slice(0, input.limit));
  const links = new Map(found.links);
  for (const db of [sides.play, sides.live])
    for (const link of yield* linksOf(db, [...centre])) if (!links.has(link.id)) links.set(link.id, link);
  const shownLinks = [...links.values()].filter(
    ({ id, from, to }) => changes.has(id) || centre.has(from) || centre.has(to),
  );
  const memberships = found.memberships.filter(
    ({ from, to, change }) => centre.has(from) || (change !== null && centre.has(to)),
  );
  // Matches come first, so that the limit cuts their neighbours.
  const order = new Set(matching);
  for (const { id, from, to } of found.links.values()) if (changes.has(id)) order.add(from).add(to);
  for (const { id, to } of found.memberships) if (changes.has(id)) order.add(to);
  for (const { from, to } of [...shownLinks, ...memberships.filter(addsRecords)]) order.add(from).add(to);
  const nodes = yield* nodesOf(sides, found.nodes, [...order]);
  return resultOf(sides, found, nodes, { links: shownLinks, memberships }, input.limit);
}

const addsRecords = ({ change, field }: Membership): boolean => change !== null || field !== 'university_id';

function* findDifferences(sides: Sides, input: Input): Generator<number, Found, void> {
  const matches = filterOf(sides, input);
  const found: Found = {
    nodes: new Map(),
    links: new Map(),
    memberships: [],
    changes: new Map(),
    other: 0,
  };
  yield* differencesBetween(sides, (record) => {
    const { id, type, base, live, play } = record;
    const isMatch = matches(record);
    const payload = shownPayload(record);
    const link = type === 'interface' ? linkOf(id, payload) : null;
    const change =
      record.class === 'conflict'
        ? 'conflict'
        : record.class === 'live'
          ? 'live'
          : changeOf(actionOf(base, play), actionOf(base, live));
    if (isNodeType(type)) {
      found.nodes.set(id, { id, type, payload });
      for (const membership of membershipsOf(type, record)) {
        found.memberships.push(membership);
        if (isMatch && membership.change) found.changes.set(membership.id, membership.change);
      }
    } else if (link) found.links.set(id, link);
    else if (isMatch) found.other += 1;
    if (isMatch && change && (isNodeType(type) || link)) found.changes.set(id, change);
  });
  return found;
}

const isNodeType = (type: string): type is NodeType => nodeType.safeParse(type).success;

/** The record in Play; or in live if only live changed it; or at the base. */
function shownPayload({ class: of, base, live, play }: Differing): JsonObject {
  const inOrder = of === 'live' ? [live, base, play] : [play, live, base];
  return inOrder.find(({ payload }) => payload !== null)?.payload ?? {};
}

function linkOf(id: string, payload: JsonObject): LinkRecord | null {
  const { from, to } = payload;
  return typeof from === 'string' && typeof to === 'string' ? { id, from, to, payload } : null;
}

function* linksOf(db: ReadHandle, ids: readonly string[]): Generator<number, LinkRecord[], void> {
  const found = new Map<string, LinkRecord>();
  for (const some of inBatches(ids, batch)) {
    for (const column of ['from_id', 'to_id'])
      for (const { id, payload } of db.all<{ id: string; payload: string }>(linksBy(column), [
        JSON.stringify(some),
      ])) {
        const link = linkOf(id, parsePayload(payload));
        if (link) found.set(id, link);
      }
    yield some.length;
  }
  return [...found.values()];
}

/** Records by id: changed ones as drawn, the others as in Play or live. */
function* nodesOf(
  { live, play }: Sides,
  differing: ReadonlyMap<string, NodeRecord>,
  ids: readonly string[],
): Generator<number, NodeRecord[], void> {
  const found = new Map(differing);
  for (const db of [play, live])
    for (const some of inBatches(
      ids.filter((id) => !found.has(id)),
      batch,
    )) {
      for (const type of nodeType.options)
        for (const { id, payload, deleted } of rowsOf(db, type, some).values())
          if (deleted === 0) found.set(id, { id, type, payload: parsePayload(payload) });
      yield some.length;
    }
  return ids.flatMap((id) => found.get(id) ?? []);
}

function resultOf(
  sides: Sides,
  { changes, links: differingLinks, other }: Found,
  nodes: readonly NodeRecord[],
  { links, memberships }: { links: readonly LinkRecord[]; memberships: readonly Membership[] },
  limit: number,
): ComparedNetwork {
  const shown = nodes.slice(0, limit);
  const known = new Set(nodes.map(({ id }) => id));
  const place = new Map(shown.map(({ id }, at) => [id, at]));
  const isShown = ({ from, to }: { from: string; to: string }): boolean => place.has(from) && place.has(to);
  const edges = [
    ...links.filter(isShown).map((link) => ({ ...link, kind: 'interface' as const })),
    ...memberships.filter(isShown).map((one) => ({ ...one, kind: 'reference' as const, payload: noPayload })),
  ];
  const degrees = new Map<string, number>();
  for (const { kind, from, to } of edges)
    if (kind === 'interface') for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const drawn = new Set([...place.keys(), ...edges.map(({ id }) => id)]);
  const matchingLinks = [...differingLinks.values()].filter(({ id }) => changes.has(id));
  const incomplete = matchingLinks.filter(({ from, to }) => !known.has(from) || !known.has(to));
  const matching = [...nodes, ...matchingLinks].filter(({ id }) => changes.has(id));
  const cut = matching.filter(({ id }) => !drawn.has(id)).length - incomplete.length;
  const universities = shown.map(({ payload }) => text(payload.university_id));
  const none = shown.map(() => null);
  return {
    network: {
      nodes: {
        id: shown.map(({ id }) => id),
        type: shown.map(({ type }) => type),
        title: shown.map(({ type, payload }) => titleOf(type, payload)),
        university: universities,
        links: shown.map(({ id }) => degrees.get(id) ?? 0),
        x: none,
        y: none,
        values: {
          lifecycle: shown.map(({ payload }) => payload.lifecycle ?? null),
          status: shown.map(({ type, payload }) =>
            type === 'student' ? studentStatus(payload.terms_remaining) : null,
          ),
        },
      },
      edges: {
        id: edges.map(({ id }) => id),
        from: edges.map(({ from }) => place.get(from) ?? 0),
        to: edges.map(({ to }) => place.get(to) ?? 0),
        kind: edges.map(({ kind }) => kind),
        bond: edges.map(({ payload }) => text(payload.bond_type)),
        loss: edges.map(({ payload: { energy_loss: loss } }) => (typeof loss === 'number' ? loss : null)),
      },
      titles: titlesOf(sides, universities),
      matched: nodes.length,
    },
    changes: Object.fromEntries([...changes].filter(([id]) => drawn.has(id))),
    left: { limit: cut, other: other + incomplete.length },
  };
}

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

function titlesOf({ live, play }: Sides, universities: readonly (string | null)[]): Record<string, string> {
  const ids = [...new Set(universities.flatMap((id) => id ?? []))];
  return Object.fromEntries(
    [live, play].flatMap((db) =>
      [...rowsOf(db, 'university', ids).values()].map(({ id, payload }) => [
        id,
        titleOf('university', parsePayload(payload)),
      ]),
    ),
  );
}
