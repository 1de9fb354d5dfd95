import { nodeType } from '../contract/network.ts';
import type { NodeType } from '../contract/network.ts';
import { linkCrossings, linkEnds } from '../domain/link-filters.ts';
import type { LinkFilters } from '../domain/link-filters.ts';
import type { Filter } from '../contract/entities.ts';
import { parseFilter, printFilter } from './filter.ts';
import type { Pairs } from './query.ts';
import { panelTabs } from './panel.ts';
import type { Panel } from './panel.ts';

/** Layout of nodes without saved positions: by forces, or in groups. */
export const networkLayouts = ['force', 'university', 'discipline', 'lifecycle'] as const;
export type NetworkLayout = (typeof networkLayouts)[number];

/** Possible depths of a local graph, in steps from its centre. */
export const networkDepths = [1, 2, 3] as const;
export type NetworkDepth = (typeof networkDepths)[number];

/** Grouping into nodes. `auto`: none, or communities if the network is too large to draw. */
export const networkCollapses = ['auto', 'none', 'university', 'community'] as const;
export type NetworkCollapse = (typeof networkCollapses)[number];

export const noLinkFilters: LinkFilters = { university: '', crossing: '', ends: '', bond: '', loss: null };

export interface NetworkFilter {
  type: NodeType;
  filter: Filter;
}

/** The network view: its filters, layout, display options and open panel. */
export interface NetworkView {
  kind: 'network';
  types: readonly NodeType[];
  filters: readonly NetworkFilter[];
  layout: NetworkLayout;
  /** A field; `stage` is lifecycle or status, depending on the type. All types have `type` and `university`. */
  colour: string;
  /** A numeric field; `links` is the number of links, '' gives all nodes the same size. */
  size: string;
  /** Id of the centre of a local graph, or '' for the whole network. */
  focus: string;
  depth: NetworkDepth;
  references: boolean;
  links: LinkFilters;
  /** Hidden legend entries, as `part:entry`; their nodes and links are not drawn. */
  hidden: readonly string[];
  /** Highlights bridges: links whose removal splits the network. */
  bridges: boolean;
  collapse: NetworkCollapse;
  /** Ids of expanded groups, whose members are drawn while other groups are collapsed. */
  expanded: readonly string[];
  /** Only a record: new records are created in lists. */
  panel: Panel;
}

/** The default network: projects, teams and faculty. */
export function networkOf(parts: Partial<Omit<NetworkView, 'kind'>> = {}): NetworkView {
  return {
    kind: 'network',
    types: ['project', 'team', 'faculty'],
    filters: [],
    layout: 'force',
    colour: 'stage',
    size: 'links',
    focus: '',
    depth: 1,
    references: false,
    links: noLinkFilters,
    hidden: [],
    bridges: false,
    collapse: 'auto',
    expanded: [],
    panel: null,
    ...parts,
  };
}

/** The local graph within `depth` steps of a record. */
export function networkAround(id: string, depth: NetworkDepth = 1): NetworkView {
  return networkOf({ focus: id, depth, panel: { kind: 'record', id, tab: 'details' } });
}

const defaultNetwork = networkOf();

/** The parts of the address that differ from the default network. */
export function printNetwork(view: NetworkView): Pairs {
  const pairs: [string, string][] = [];
  const pushIfChanged = (name: string, value: string, defaultValue: string): void => {
    if (value !== defaultValue) pairs.push([name, value]);
  };
  pushIfChanged('types', view.types.join('.'), defaultNetwork.types.join('.'));
  for (const { type, filter } of view.filters) pairs.push(['f', `${type}.${printFilter(filter)}`]);
  pushIfChanged('layout', view.layout, defaultNetwork.layout);
  pushIfChanged('colour', view.colour, defaultNetwork.colour);
  pushIfChanged('size', view.size, defaultNetwork.size);
  pushIfChanged('around', view.focus, '');
  pushIfChanged('depth', String(view.depth), '1');
  pushIfChanged('references', view.references ? '1' : '', '');
  const { university, crossing, ends, bond, loss } = view.links;
  for (const [name, value] of Object.entries({ of: university, crossing, ends, bond }))
    pushIfChanged(name, value, '');
  pushIfChanged('loss', loss?.join('-') ?? '', '');
  for (const entry of view.hidden) pairs.push(['hide', entry]);
  pushIfChanged('bridges', view.bridges ? '1' : '', '');
  pushIfChanged('collapse', view.collapse, defaultNetwork.collapse);
  for (const group of view.expanded) pairs.push(['expand', group]);
  if (view.panel?.kind === 'record') {
    pairs.push(['sel', view.panel.id]);
    pushIfChanged('tab', view.panel.tab, 'details');
  }
  return pairs;
}

function parseNetworkFilter(text: string): readonly NetworkFilter[] {
  const firstDot = text.indexOf('.');
  const type = nodeType.options.find((option) => option === text.slice(0, firstDot));
  const filter = parseFilter(text.slice(firstDot + 1));
  return type && filter ? [{ type, filter }] : [];
}

function parseLoss(text: string): LinkFilters['loss'] {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return from === undefined || to === undefined ? null : [Number(from), Number(to)];
}

export function parseNetwork(pairs: Pairs): NetworkView {
  const textOf = (name: string): string | undefined => pairs.find(([key]) => key === name)?.[1];
  const typeNames = (textOf('types') ?? '').split('.');
  const types = nodeType.options.filter((type) => typeNames.includes(type));
  const selectedId = textOf('sel') ?? '';
  const textsOf = (name: string): readonly string[] =>
    pairs.flatMap(([key, text]) => (key === name ? [text] : []));
  const tab = panelTabs.find((option) => option === textOf('tab')) ?? 'details';
  return {
    kind: 'network',
    types: types.length > 0 ? types : defaultNetwork.types,
    filters: pairs.flatMap(([key, text]) => (key === 'f' ? parseNetworkFilter(text) : [])),
    layout: networkLayouts.find((option) => option === textOf('layout')) ?? defaultNetwork.layout,
    colour: textOf('colour') ?? defaultNetwork.colour,
    size: textOf('size') ?? defaultNetwork.size,
    focus: textOf('around') ?? '',
    depth: networkDepths.find((option) => String(option) === textOf('depth')) ?? 1,
    references: textOf('references') === '1',
    links: {
      university: textOf('of') ?? '',
      crossing: linkCrossings.find((option) => option === textOf('crossing')) ?? '',
      ends: linkEnds.find((option) => option === textOf('ends')) ?? '',
      bond: textOf('bond') ?? '',
      loss: parseLoss(textOf('loss') ?? ''),
    },
    hidden: textsOf('hide'),
    bridges: textOf('bridges') === '1',
    collapse: networkCollapses.find((option) => option === textOf('collapse')) ?? defaultNetwork.collapse,
    expanded: textsOf('expand'),
    panel: selectedId === '' ? null : { kind: 'record', id: selectedId, tab },
  };
}
