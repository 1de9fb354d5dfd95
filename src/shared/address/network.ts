import { nodeType } from '../contract/network.ts';
import type { NodeType } from '../contract/network.ts';
import { linkCrossings, linkEnds } from '../domain/link-filters.ts';
import type { LinkFilters } from '../domain/link-filters.ts';
import type { Filter } from '../contract/entities.ts';
import { parseFilter, printFilter } from './filter.ts';
import type { Pairs } from './query.ts';
import { panelTabs } from './panel.ts';
import type { Panel } from './panel.ts';

/** How nodes are placed where nobody has put them: by forces, or in groups. */
export const networkLayouts = ['force', 'university', 'discipline', 'lifecycle'] as const;
export type NetworkLayout = (typeof networkLayouts)[number];

/** Steps from the record in the middle that a local graph goes at most. */
export const networkDepths = [1, 2, 3] as const;
export type NetworkDepth = (typeof networkDepths)[number];

/** What stands together as one node. `auto`: nothing, or communities where there is too much to draw. */
export const networkCollapses = ['auto', 'none', 'university', 'community'] as const;
export type NetworkCollapse = (typeof networkCollapses)[number];

export const allLinks: LinkFilters = { university: '', crossing: '', ends: '', bond: '', loss: null };

/** A filter of one of the types shown. */
export interface NetworkFilter {
  type: NodeType;
  filter: Filter;
}

/** Records and the links between them as a picture: what is shown of them, where, how, and what is open beside it. */
export interface NetworkView {
  kind: 'network';
  types: readonly NodeType[];
  filters: readonly NetworkFilter[];
  layout: NetworkLayout;
  /** A field; `stage` is lifecycle or status, whichever a type has; `type` and `university` are of every record. */
  colour: string;
  /** A field of numbers; `links` is how many a record has, '' makes all alike. */
  size: string;
  /** Id of the record that a local graph is around, or '' for the whole. */
  focus: string;
  depth: NetworkDepth;
  references: boolean;
  links: LinkFilters;
  /** Entries of the legend whose nodes and links are hidden, as `part:entry`. */
  hidden: readonly string[];
  /** Links without which the network falls apart stand out. */
  bridges: boolean;
  collapse: NetworkCollapse;
  /** Ids of the groups whose members are drawn although groups are collapsed. */
  expanded: readonly string[];
  /** Only a record: new ones are made in lists. */
  panel: Panel;
}

/** The network as it is first seen: who works, who advises, on what. */
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
    links: allLinks,
    hidden: [],
    bridges: false,
    collapse: 'auto',
    expanded: [],
    panel: null,
    ...parts,
  };
}

/** What is at most `depth` steps from a record. */
export function networkAround(id: string, depth: NetworkDepth = 1): NetworkView {
  return networkOf({ focus: id, depth, panel: { kind: 'record', id, tab: 'details' } });
}

const usual = networkOf();

/** The parts of the address that differ from the network as it is first seen. */
export function printNetwork(view: NetworkView): Pairs {
  const pairs: [string, string][] = [];
  const put = (name: string, value: string, plain: string): void => {
    if (value !== plain) pairs.push([name, value]);
  };
  put('types', view.types.join('.'), usual.types.join('.'));
  for (const { type, filter } of view.filters) pairs.push(['f', `${type}.${printFilter(filter)}`]);
  put('layout', view.layout, usual.layout);
  put('colour', view.colour, usual.colour);
  put('size', view.size, usual.size);
  put('around', view.focus, '');
  put('depth', String(view.depth), '1');
  put('references', view.references ? '1' : '', '');
  const { university, crossing, ends, bond, loss } = view.links;
  for (const [name, value] of Object.entries({ of: university, crossing, ends, bond })) put(name, value, '');
  put('loss', loss?.join('-') ?? '', '');
  for (const entry of view.hidden) pairs.push(['hide', entry]);
  put('bridges', view.bridges ? '1' : '', '');
  put('collapse', view.collapse, usual.collapse);
  for (const group of view.expanded) pairs.push(['expand', group]);
  if (view.panel?.kind === 'record') {
    pairs.push(['sel', view.panel.id]);
    put('tab', view.panel.tab, 'details');
  }
  return pairs;
}

function parseTyped(text: string): readonly NetworkFilter[] {
  const at = text.indexOf('.');
  const type = nodeType.options.find((known) => known === text.slice(0, at));
  const filter = parseFilter(text.slice(at + 1));
  return type && filter ? [{ type, filter }] : [];
}

function parseLoss(text: string): LinkFilters['loss'] {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return from === undefined || to === undefined ? null : [Number(from), Number(to)];
}

/** The view that `printNetwork` wrote. What is not understood is as usual. */
export function parseNetwork(pairs: Pairs): NetworkView {
  const value = (name: string): string | undefined => pairs.find(([key]) => key === name)?.[1];
  const named = (value('types') ?? '').split('.');
  const types = nodeType.options.filter((type) => named.includes(type));
  const id = value('sel') ?? '';
  const all = (name: string): readonly string[] =>
    pairs.flatMap(([key, text]) => (key === name ? [text] : []));
  const tab = panelTabs.find((known) => known === value('tab')) ?? 'details';
  return {
    kind: 'network',
    types: types.length > 0 ? types : usual.types,
    filters: pairs.flatMap(([key, text]) => (key === 'f' ? parseTyped(text) : [])),
    layout: networkLayouts.find((known) => known === value('layout')) ?? usual.layout,
    colour: value('colour') ?? usual.colour,
    size: value('size') ?? usual.size,
    focus: value('around') ?? '',
    depth: networkDepths.find((known) => String(known) === value('depth')) ?? 1,
    references: value('references') === '1',
    links: {
      university: value('of') ?? '',
      crossing: linkCrossings.find((known) => known === value('crossing')) ?? '',
      ends: linkEnds.find((known) => known === value('ends')) ?? '',
      bond: value('bond') ?? '',
      loss: parseLoss(value('loss') ?? ''),
    },
    hidden: all('hide'),
    bridges: value('bridges') === '1',
    collapse: networkCollapses.find((known) => known === value('collapse')) ?? usual.collapse,
    expanded: all('expand'),
    panel: id === '' ? null : { kind: 'record', id, tab },
  };
}
