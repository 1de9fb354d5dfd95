import { nodeType } from '../contract/network.ts';
import type { NodeType } from '../contract/network.ts';
import { linkCrossings, linkEnds } from '../domain/link-filters.ts';
import type { LinkFilters } from '../domain/link-filters.ts';
import type { Filter } from '../contract/entities.ts';
import { parseFilter, printFilter } from './filter.ts';
import { choice, flag, group, list, nodeTypes, pair, recordPanel, text, texts } from './parts.ts';
import type { ValueOf } from './parts.ts';

/** Layout of nodes without saved positions: by forces, or in groups. */
export const networkLayouts = ['force', 'university', 'discipline', 'lifecycle'] as const;
export type NetworkLayout = (typeof networkLayouts)[number];

/** Possible depths of a local graph, in steps from its centre. */
export const networkDepths = [1, 2, 3] as const;
type NetworkDepth = (typeof networkDepths)[number];

/** Grouping into nodes. `auto`: none, or communities if the network is too large to draw. */
export const networkCollapses = ['auto', 'none', 'university', 'community'] as const;

export interface NetworkFilter {
  type: NodeType;
  filter: Filter;
}

function parseNetworkFilter(raw: string): NetworkFilter | null {
  const firstDot = raw.indexOf('.');
  const type = nodeType.options.find((option) => option === raw.slice(0, firstDot));
  const filter = parseFilter(raw.slice(firstDot + 1));
  return type && filter ? { type, filter } : null;
}

function parseLoss(raw: string): LinkFilters['loss'] | undefined {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(raw) ?? [];
  return from === undefined || to === undefined ? undefined : [Number(from), Number(to)];
}

const linkFilters = group({
  university: text('of'),
  crossing: choice(linkCrossings, ''),
  ends: choice(linkEnds, ''),
  bond: text(),
  loss: pair<LinkFilters['loss']>(null, parseLoss, { print: (loss) => loss?.join('-') ?? '' }),
});
export const noLinkFilters: LinkFilters = linkFilters.initial;

/** The network view: its filters, layout, display options and open panel. */
export const networkParts = group({
  types: nodeTypes(['project', 'organisation', 'team', 'faculty']),
  filters: list('f', ({ type, filter }) => `${type}.${printFilter(filter)}`, parseNetworkFilter),
  layout: choice(networkLayouts, 'force'),
  /** A field; `stage` is lifecycle or status, depending on the type. All types have `type` and `university`. */
  colour: text('colour', 'stage'),
  /** A numeric field; `links` is the number of links, '' gives all nodes the same size. */
  size: text('size', 'links'),
  /** Id of the centre of a local graph, or '' for the whole network. */
  focus: text('around'),
  depth: choice(networkDepths, 1),
  references: flag(),
  links: linkFilters,
  /** Hidden legend entries, as `part:entry`; their nodes and links are not drawn. */
  hidden: texts('hide'),
  /** Highlights bridges: links whose removal splits the network. */
  bridges: flag(),
  collapse: choice(networkCollapses, 'auto'),
  /** Ids of expanded groups, whose members are drawn while other groups are collapsed. */
  expanded: texts('expand'),
  panel: recordPanel,
});
export type NetworkView = { kind: 'network' } & ValueOf<typeof networkParts>;

/** The default network: projects, teams and faculty. */
export function networkOf(values: Partial<Omit<NetworkView, 'kind'>> = {}): NetworkView {
  return { kind: 'network', ...networkParts.initial, ...values };
}

/** The local graph within `depth` steps of a record. */
export function networkAround(id: string, depth: NetworkDepth = 1): NetworkView {
  return networkOf({ focus: id, depth, panel: { kind: 'record', id, tab: 'details' } });
}
