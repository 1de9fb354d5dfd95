import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { deedOf } from '../summary.ts';

/** How something that differs is marked: what Play did to it, that only live changed it, or that both changed the same. */
export const marks = ['added', 'changed', 'removed', 'conflict', 'live'] as const;
export type Mark = (typeof marks)[number];

/** As in the list; what only live changed has one of its own. */
export const signs = { added: '+', changed: '~', removed: '−', conflict: '⚠', live: '↓' } as const;

interface Marked {
  id: string;
  title: string;
  /** Null where it is the same on all sides. */
  mark: Mark | null;
  /** It is asked for; what is not stands beside it, faintly. */
  found: boolean;
}

export interface PictureNode extends Marked {
  type: NodeType;
}

/** A link, or that `from` belongs to `to`, as a student to a team. */
export interface PictureLink extends Marked {
  kind: 'interface' | 'reference';
  from: string;
  to: string;
}

/** What differs, as it is drawn. */
export interface Picture {
  nodes: readonly PictureNode[];
  links: readonly PictureLink[];
}

type Columns = ComparedNetwork['nodes' | 'edges'];

function markAt(part: Columns, at: number): Mark | null {
  const kind = part.class[at] ?? null;
  if (kind === null || kind === 'live') return kind;
  return deedOf({ class: kind, play: part.play[at] ?? null, live: part.live[at] ?? null });
}

function markedAt(part: Columns, at: number): Omit<Marked, 'id'> {
  return { title: part.title[at] ?? '', mark: markAt(part, at), found: part.found[at] === true };
}

/** The picture of an answer. */
export function pictureOf({ nodes, edges }: ComparedNetwork): Picture {
  return {
    nodes: nodes.id.map((id, at) => ({ id, type: nodes.type[at] ?? 'team', ...markedAt(nodes, at) })),
    links: edges.id.flatMap((id, at) => {
      const [from, to] = [nodes.id[edges.from[at] ?? -1], nodes.id[edges.to[at] ?? -1]];
      const kind = edges.kind[at] ?? 'interface';
      return from === undefined || to === undefined ? [] : [{ id, kind, from, to, ...markedAt(edges, at) }];
    }),
  };
}

/** The record or link whose difference is meant: of a membership the record that belongs to the other. */
export function ownerOf({ links }: Picture, id: string): string {
  const link = links.find((one) => one.id === id);
  return link?.kind === 'reference' ? link.from : id;
}

interface Counted {
  mark: Mark;
  nodes: number;
  links: number;
  memberships: number;
}

/** How many of what is asked for are marked so: records, links and memberships by themselves. */
export function countsOf({ nodes, links }: Picture): Counted[] {
  const of = (list: readonly Marked[], mark: Mark): number =>
    list.filter((one) => one.found && one.mark === mark).length;
  const kind = (wanted: PictureLink['kind']) => links.filter((one) => one.kind === wanted);
  const [joined, belonging] = [kind('interface'), kind('reference')];
  return marks
    .map((mark) => ({
      mark,
      nodes: of(nodes, mark),
      links: of(joined, mark),
      memberships: of(belonging, mark),
    }))
    .filter((one) => one.nodes + one.links + one.memberships > 0);
}

/** The kinds of records that are drawn, in the order of the network, with how many there are. */
export function kindsIn({ nodes }: Picture): { type: NodeType; count: number }[] {
  return nodeType.options
    .map((type) => ({ type, count: nodes.filter((one) => one.type === type).length }))
    .filter(({ count }) => count > 0);
}
