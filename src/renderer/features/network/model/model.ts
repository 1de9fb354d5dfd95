import { furthest } from '#shared/contract/network.ts';
import type { Network, NodeType } from '#shared/contract/network.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName, countedRecords, inSentence, titleOr, typeName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';

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
  /** Its number of interfaces, including those to records that are not shown. */
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
  /** For a line between groups: its number of links; `loss` is their mean. */
  count?: number;
}

export interface Model {
  nodes: ReadonlyMap<string, NetNode>;
  edges: ReadonlyMap<string, NetEdge>;
  titles: ReadonlyMap<string, string>;
  /** The number of matching records, which may exceed the drawn ones. */
  matched: number;
}

export const emptyModel: Model = { nodes: new Map(), edges: new Map(), titles: new Map(), matched: 0 };

/** A saved position, unless it is too far away to be shown with the others. */
function savedAt(x: number | null | undefined, y: number | null | undefined): Point | null {
  const fits = (value: number | null | undefined): value is number =>
    typeof value === 'number' && Math.abs(value) <= furthest;
  return fits(x) && fits(y) ? { x, y } : null;
}

/** The model of a response. `types` keeps only records of those types, and the record `keep`. */
export function readModel(
  { nodes, edges, titles, matched }: Network,
  types?: readonly NodeType[],
  keep?: string,
): Model {
  const shown = new Map<string, NetNode>();
  const fields = Object.entries(nodes.values);
  nodes.id.forEach((id, at) => {
    const type = nodes.type[at];
    if (type === undefined || (types && id !== keep && !types.includes(type))) return;
    shown.set(id, {
      id,
      type,
      title: nodes.title[at] ?? '',
      university: nodes.university[at] ?? null,
      links: nodes.links[at] ?? 0,
      saved: savedAt(nodes.x[at], nodes.y[at]),
      values: Object.fromEntries(fields.map(([field, column]) => [field, column[at] ?? null])),
    });
  });
  const joined = new Map<string, NetEdge>();
  edges.id.forEach((id, at) => {
    const from = nodes.id[edges.from[at] ?? -1];
    const to = nodes.id[edges.to[at] ?? -1];
    if (from === undefined || to === undefined || !shown.has(from) || !shown.has(to)) return;
    const kind = edges.kind[at] ?? 'interface';
    joined.set(id, { id, from, to, kind, bond: edges.bond[at] ?? null, loss: edges.loss[at] ?? null });
  });
  const cut = matched - nodes.id.length;
  return { nodes: shown, edges: joined, titles: new Map(Object.entries(titles)), matched: shown.size + cut };
}

/** The linked records of each record, without duplicates, in edge order. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

export function neighboursOf({ nodes, edges }: Model): Neighbours {
  const found = new Map([...nodes.keys()].map((id) => [id, new Set<string>()]));
  for (const { from, to } of edges.values()) {
    if (from === to) continue;
    found.get(from)?.add(to);
    found.get(to)?.add(from);
  }
  return new Map([...found].map(([id, others]) => [id, [...others]]));
}

export const nodeName = ({ title, type }: Pick<NetNode, 'title' | 'type'>): string => titleOr(title, type);

/** "Flight software → Autonomy: loses 15 %, codified, moderate" */
export function linkSentence({ loss, bond }: NetEdge, from: string, to: string): string {
  const lost = loss === null ? say('records:loss.unknown') : say('matrix:loses', { loss: numberText(loss) });
  const about = bond === null ? lost : `${lost}, ${inSentence(choiceName(bond))}`;
  return say('matrix:link', { from, to, about });
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

/** A link by its two records, with its bond or, between groups, its number of links. */
export function edgeName({ from, to, bond, count }: NetEdge, nodes: Model['nodes']): string {
  const [start, end] = [from, to].map((id) => {
    const node = nodes.get(id);
    return node ? nodeName(node) : id;
  });
  const more =
    count === undefined ? (bond === null ? null : choiceName(bond)) : countedRecords('interface', count);
  return `${start} → ${end}${more === null ? '' : ` · ${more}`}`;
}
