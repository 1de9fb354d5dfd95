import { maxCoordinate } from '#shared/contract/network.ts';
import type { Network, NodeType } from '#shared/contract/network.ts';
import type { Json } from '#shared/domain/json.ts';
import { linkTitle } from '#shared/domain/title.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName, countedRecords, inSentence, displayTitle, typeName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { jsonEqual } from '#shared/domain/json.ts';

/** A layout position, y up; adjacent nodes are about 100 apart. */
export interface Point {
  x: number;
  y: number;
}

export interface NetNode {
  id: string;
  type: NodeType;
  title: string;
  university: string | null;
  /** The number of interfaces, including those to records that are not shown. */
  links: number;
  saved: Point | null;
  values: Readonly<Record<string, Json>>;
  /** The number of records of a group. */
  members?: number;
}

export interface NetEdge {
  id: string;
  from: string;
  to: string;
  kind: 'interface' | 'reference';
  bond: string | null;
  /** Per cent, 0 to 100. */
  loss: number | null;
  /** The beginning of the description, which tells parallel links apart. */
  description?: string | null;
  /** For a line between groups: its number of links; `loss` is their mean. */
  count?: number;
}

export interface Model {
  nodes: ReadonlyMap<string, NetNode>;
  edges: ReadonlyMap<string, NetEdge>;
  /** Names of referenced records by id. */
  titles: ReadonlyMap<string, string>;
  /** The number of matching records, which can exceed that of the drawn ones. */
  matched: number;
}

export const emptyModel: Model = { nodes: new Map(), edges: new Map(), titles: new Map(), matched: 0 };

/** A saved position; null if there is none or if it is too far away to be shown with the others. */
function savedPosition(x: number | null | undefined, y: number | null | undefined): Point | null {
  const isInRange = (value: number | null | undefined): value is number =>
    typeof value === 'number' && Math.abs(value) <= maxCoordinate;
  return isInRange(x) && isInRange(y) ? { x, y } : null;
}

/** The model of a response. With `types`, keeps only records of those types, and the record `keptId`. */
export function readModel(
  { nodes, edges, titles, matched }: Network,
  types?: readonly NodeType[],
  keptId?: string,
): Model {
  const shownNodes = new Map<string, NetNode>();
  const fields = Object.entries(nodes.values);
  nodes.id.forEach((id, index) => {
    const type = nodes.type[index];
    if (type === undefined || (types && id !== keptId && !types.includes(type))) return;
    shownNodes.set(id, {
      id,
      type,
      title: nodes.title[index] ?? '',
      university: nodes.university[index] ?? null,
      links: nodes.links[index] ?? 0,
      saved: savedPosition(nodes.x[index], nodes.y[index]),
      values: Object.fromEntries(fields.map(([field, column]) => [field, column[index] ?? null])),
    });
  });
  const shownEdges = new Map<string, NetEdge>();
  edges.id.forEach((id, index) => {
    const from = nodes.id[edges.from[index] ?? -1];
    const to = nodes.id[edges.to[index] ?? -1];
    if (from === undefined || to === undefined || !shownNodes.has(from) || !shownNodes.has(to)) return;
    const kind = edges.kind[index] ?? 'interface';
    shownEdges.set(id, {
      id,
      from,
      to,
      kind,
      bond: edges.bond[index] ?? null,
      loss: edges.loss[index] ?? null,
      description: edges.description[index] ?? null,
    });
  });
  const omittedCount = matched - nodes.id.length;
  return {
    nodes: shownNodes,
    edges: shownEdges,
    titles: new Map(Object.entries(titles)),
    matched: shownNodes.size + omittedCount,
  };
}

/** The linked records of each record, without duplicates, in edge order. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

export function neighboursOf({ nodes, edges }: Model): Neighbours {
  const neighbours = new Map([...nodes.keys()].map((id) => [id, new Set<string>()]));
  for (const { from, to } of edges.values()) {
    if (from === to) continue;
    neighbours.get(from)?.add(to);
    neighbours.get(to)?.add(from);
  }
  return new Map([...neighbours].map(([id, others]) => [id, [...others]]));
}

export const nodeName = ({ title, type }: Pick<NetNode, 'title' | 'type'>): string =>
  displayTitle(title, type);

/** "Flight software → Autonomy · telemetry format: loses 15 %, codified, moderate" */
export function linkSentence({ loss, bond, description }: NetEdge, from: string, to: string): string {
  const lossText =
    loss === null ? say('records:loss.unknown') : say('matrix:loses', { loss: numberText(loss) });
  const details = bond === null ? lossText : `${lossText}, ${inSentence(choiceName(bond))}`;
  return say('matrix:link', { link: linkTitle(from, to, description), about: details });
}

/** Type and university, which distinguish nodes of the same name. */
export function typeAndUniversity(
  { type, university, members }: Pick<NetNode, 'type' | 'university' | 'members'>,
  titles: ReadonlyMap<string, string>,
): string {
  if (members !== undefined) return say('common:count', { count: members });
  const name = type === 'university' ? undefined : titles.get(university ?? '');
  return name === undefined ? typeName(type) : `${typeName(type)} · ${name}`;
}

/** A link by its two records and its description, with its bond or, between groups, its number of links. */
export function edgeName({ from, to, bond, count, description }: NetEdge, nodes: Model['nodes']): string {
  const [startName = '', endName = ''] = [from, to].map((id) => {
    const node = nodes.get(id);
    return node ? nodeName(node) : id;
  });
  const detail =
    count === undefined ? (bond === null ? null : choiceName(bond)) : countedRecords('interface', count);
  return `${linkTitle(startName, endName, description)}${detail === null ? '' : ` · ${detail}`}`;
}

interface ChangedIds {
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

export interface Difference {
  nodes: ChangedIds;
  edges: ChangedIds;
}

function compareById<T extends object>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isReplaced: (old: T, current: T) => boolean,
): ChangedIds {
  const added: string[] = [];
  const changed: string[] = [];
  const removed = [...before.keys()].filter((id) => !after.has(id));
  for (const [id, current] of after) {
    const old = before.get(id);
    if (!old) added.push(id);
    else if (isReplaced(old, current)) {
      removed.push(id);
      added.push(id);
    } else if (old !== current && !jsonEqual(old as unknown as Json, current as unknown as Json))
      changed.push(id);
  }
  return { added, changed, removed };
}

/** The changes from one model to the next. An edge whose ends changed is removed and added, because drawn edges cannot be moved. */
export function networkDifference(before: Model, after: Model): Difference {
  return {
    nodes: compareById(before.nodes, after.nodes, () => false),
    edges: compareById(
      before.edges,
      after.edges,
      (old, current) => old.from !== current.from || old.to !== current.to,
    ),
  };
}

export function isEmptyDifference({ nodes, edges }: Difference): boolean {
  return [nodes, edges].every(
    ({ added, changed, removed }) => added.length + changed.length + removed.length === 0,
  );
}
