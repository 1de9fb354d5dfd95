import type { Answer } from '#shared/contract/analysis.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { visible } from '../kernel/db/schema.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { readHead } from '../log/audit/head.ts';
import type { Link, LinkIndex } from '../network/link-index.ts';
import { pagesOf } from '../network/pages.ts';
import type { NameIndex } from '../model/name-index.ts';

/** What of an organisation is measured, column by column, so that it goes to a worker as it is: nodes and links are named by their places. */
export interface Organisation {
  /** Of each node: `kindOf`. */
  readonly kinds: Uint8Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Per cent; of an unrated link the usual loss of its bond, NaN where there is none. */
  readonly losses: Float64Array;
  /** 1 where the bond is codified: what passes is written down. */
  readonly codified: Uint8Array;
  /** Of each student: the team (`nobody` for none), and the terms left (NaN for unknown). They are nodes as well. */
  readonly students: Uint32Array;
  readonly memberOf: Uint32Array;
  readonly terms: Float64Array;
  /** Of each node that is a team: its lifecycle as its place in the vocabulary; `noLifecycle` of anything else. */
  readonly lifecycles: Uint8Array;
}

/** Of the measures: it grows when one gives another value than before. */
export const measuresVersion = 2;

export const noLifecycle = 255;

/** In `memberOf`: a student without a team. */
export const nobody = 0xffff_ffff;
/** What has `left` is a student who is not active any more, and a team that all listed members have left: nothing passes over their links. */
export const kindOf = { other: 0, team: 1, person: 2, left: 3 } as const;

export interface NamedNode {
  id: string;
  type: EntityType;
  title: string;
  university: string | null;
}

/** An organisation with the names of its nodes and links. */
export interface NamedOrganisation extends Organisation {
  readonly nodes: readonly NamedNode[];
  readonly linkIds: readonly string[];
  readonly bonds: readonly (string | null)[];
  readonly head: MeasuredHead;
}

/** The head of the log that was measured. */
export function measuredHead(read: Connection): MeasuredHead {
  const { id, hash, created_at: at } = readHead(read);
  return { id, hash, at };
}

type MeasuredHead = Answer['head'];
/** What goes to a worker of it. */
export function withoutNames({
  nodes: _nodes,
  linkIds: _links,
  bonds: _bonds,
  head: _head,
  ...organisation
}: NamedOrganisation): Organisation {
  return organisation;
}

const often = 2000;

/** What is measured of a link. Per cent; of an unrated one the usual loss of its bond, NaN where there is none. */
export function measuresOf({ bond, loss }: Pick<Link, 'bond' | 'loss'>): { loss: number; codified: number } {
  return {
    loss: loss ?? (bond === null ? Number.NaN : (defaultEnergyLoss[bond] ?? Number.NaN)),
    codified: Number(bond?.includes('codified') ?? false),
  };
}

/** What of an organisation is collected, before it is known of which head it is. */
export interface Collected {
  organisation: Omit<NamedOrganisation, 'head'>;
  /** Of its nodes, by their ids. */
  places: ReadonlyMap<string, number>;
}

const formerTeams = `SELECT DISTINCT team_id FROM students WHERE ${visible()} AND active = 0 AND team_id IS NOT NULL`;

/** Reads the organisation from indexes that are fresh; its links come in the order of their ids. Yields, so that others have their turn. */
export function* collectOrganisation({
  read,
  names,
  links: index,
}: {
  read: Connection;
  names: NameIndex;
  links: LinkIndex;
}): Generator<number, Collected, void> {
  const nodes: NamedNode[] = [];
  const places = new Map<string, number>();
  const put = (id: string): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    const name = names.find(id);
    places.set(id, nodes.length);
    nodes.push({
      id,
      type: name?.type ?? 'team',
      title: name?.title ?? id,
      university: name?.university_id ?? null,
    });
    return nodes.length - 1;
  };
  const lifecycles: number[] = [];
  const select = (columns: string, table: string, condition = '') =>
    pagesOf(read, { select: columns, table, condition: `${visible('r')}${condition}` });
  for (const rows of select('r.id, r.lifecycle', 'teams')) {
    for (const [id, lifecycle] of rows) {
      const place = (vocabulary.lifecycle as readonly unknown[]).indexOf(lifecycle);
      lifecycles[put(id as string)] = place === -1 ? noLifecycle : place;
    }
    yield nodes.length;
  }
  for (const rows of select('r.id', 'faculty')) {
    for (const [id] of rows) put(id as string);
    yield nodes.length;
  }
  const students: number[] = [];
  const memberOf: number[] = [];
  const terms: number[] = [];
  const active = ' AND (r.active IS NULL OR r.active <> 0)';
  for (const rows of select('r.id, r.team_id, r.terms_remaining', 'students', active)) {
    for (const [id, team, left] of rows) {
      students.push(put(id as string));
      memberOf.push(typeof team === 'string' ? (places.get(team) ?? nobody) : nobody);
      terms.push(typeof left === 'number' ? left : Number.NaN);
    }
    yield nodes.length;
  }
  const emptied = new Set(read.column<string>(formerTeams));
  for (const team of memberOf) if (team !== nobody) emptied.delete((nodes[team] as NamedNode).id);
  // In the order of their ids: that of the index depends on what was written since it was read.
  const links = yield* sorted([...index.all()], (a, b) => (a.id < b.id ? -1 : 1));
  yield nodes.length;
  const [from, to] = [new Uint32Array(links.length), new Uint32Array(links.length)];
  const losses = new Float64Array(links.length);
  const codified = new Uint8Array(links.length);
  // In an order that does not depend on which link comes first.
  const others = new Set(
    links.flatMap(({ from: start, to: end }) => [start, end]).filter((id) => !places.has(id)),
  );
  const present = nodes.length;
  for (const id of [...others].sort()) put(id);
  for (const [at, link] of links.entries()) {
    from[at] = put(link.from);
    to[at] = put(link.to);
    const { loss, codified: isCodified } = measuresOf(link);
    losses[at] = loss;
    codified[at] = isCodified;
    if (at % often === 0) yield at;
  }
  const kind = ({ type, id }: NamedNode, at: number): number => {
    if (type === 'team') return emptied.has(id) ? kindOf.left : kindOf.team;
    if (type === 'student') return at < present ? kindOf.person : kindOf.left;
    return type === 'faculty' ? kindOf.person : kindOf.other;
  };
  const organisation = {
    nodes,
    kinds: Uint8Array.from(nodes, kind),
    linkIds: links.map(({ id }) => id),
    bonds: links.map(({ bond }) => bond),
    from,
    to,
    losses,
    codified,
    students: Uint32Array.from(students),
    memberOf: Uint32Array.from(memberOf),
    terms: Float64Array.from(terms),
    lifecycles: Uint8Array.from(nodes, (_, at) => lifecycles[at] ?? noLifecycle),
  };
  return { organisation, places };
}

/** Sorts by merging slices, so that others have their turn. Yields how many are merged. */
function* sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<number, T[], void> {
  let parts: T[][] = [];
  for (let at = 0; at < items.length; at += often) parts.push(items.slice(at, at + often).sort(compare));
  while (parts.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < parts.length; at += 2) {
      merged.push(yield* merge(parts[at] as T[], parts[at + 1] ?? [], compare));
    }
    parts = merged;
  }
  return parts[0] ?? [];
}

function* merge<T>(one: T[], other: T[], compare: (a: T, b: T) => number): Generator<number, T[], void> {
  const all: T[] = [];
  for (let [a, b] = [0, 0]; a < one.length || b < other.length;) {
    const isFirst = b === other.length || (a < one.length && compare(one[a] as T, other[b] as T) <= 0);
    all.push((isFirst ? one[a++] : other[b++]) as T);
    if (all.length % often === 0) yield all.length;
  }
  return all;
}

/** Whether an end of the link has left. */
export const hasLeft = ({ kinds, from, to }: Ends, link: number): boolean =>
  kinds[from[link] as number] === kindOf.left || kinds[to[link] as number] === kindOf.left;

type Ends = Pick<Organisation, 'kinds' | 'from' | 'to'>;

/** What passes over each link, 0 to 1; 0 where it is not known, and where an end has left. */
export function transmissions(organisation: Ends & Pick<Organisation, 'losses'>): Float64Array {
  return organisation.losses.map((loss, link) =>
    Number.isNaN(loss) || hasLeft(organisation, link) ? 0 : 1 - Math.min(100, Math.max(0, loss)) / 100,
  );
}

/** Of each node the students who are members of it. */
export function memberCounts({ kinds, memberOf }: Pick<Organisation, 'kinds' | 'memberOf'>): Uint32Array {
  const members = new Uint32Array(kinds.length);
  for (const team of memberOf) if (team !== nobody) members[team]! += 1;
  return members;
}
