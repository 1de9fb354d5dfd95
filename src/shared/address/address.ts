import { entityTypes, tableOf } from '../domain/types.ts';
import type { EntityType } from '../domain/types.ts';
import { parseFilter, parseSort, printFilter, printSort } from './filter.ts';
import { parseQuery, printQuery } from './query.ts';
import type { Pairs } from './query.ts';
import { historyOf, listOf } from './view.ts';
import type { Address, HistoryView, ListView, Panel, PanelTab, View } from './view.ts';

const scheme = 'frames://';
const tabs: readonly PanelTab[] = ['details', 'links', 'history'];

/** The word of a type in an address: its table with hyphens (`risk-factors`). */
export function segmentOf(type: EntityType): string {
  return tableOf[type].replaceAll('_', '-');
}

function typeOf(segment: string): EntityType | undefined {
  return entityTypes.find((type) => segmentOf(type) === segment);
}

function printPanel(panel: Panel): Pairs {
  if (panel === null) return [];
  if (panel.kind === 'new') return [['new', '1']];
  return panel.tab === 'details'
    ? [['sel', panel.id]]
    : [
        ['sel', panel.id],
        ['tab', panel.tab],
      ];
}

function printList(view: ListView): Pairs {
  return [
    ...(view.search === '' ? [] : [['q', view.search] as const]),
    ...view.sort.map((sort) => ['sort', printSort(sort)] as const),
    ...view.filters.map((filter) => ['f', printFilter(filter)] as const),
    ...(view.deleted === 'only' ? [['deleted', 'only'] as const] : []),
    ...printPanel(view.panel),
  ];
}

const historyParts = ['actor', 'type', 'action', 'university', 'record', 'from', 'until', 'open'] as const;

function printHistory(view: HistoryView): Pairs {
  return historyParts.flatMap((part) => (view[part] === '' ? [] : [[part, view[part]] as const]));
}

/** The address as text: `frames://live/teams?sort=name.asc&f=discipline.is.software&sel=team_1`. */
export function printAddress({ target, view }: Address): string {
  const path = view.kind === 'list' ? segmentOf(view.type) : view.kind;
  const pairs = view.kind === 'list' ? printList(view) : view.kind === 'history' ? printHistory(view) : [];
  const query = printQuery(pairs);
  return `${scheme}${encodeURIComponent(target)}/${path}${query === '' ? '' : `?${query}`}`;
}

function parsePanel(value: (name: string) => string): Panel {
  if (value('new') === '1') return { kind: 'new' };
  if (value('sel') === '') return null;
  return { kind: 'record', id: value('sel'), tab: tabs.find((tab) => tab === value('tab')) ?? 'details' };
}

function parseView(path: string, pairs: Pairs): View | null {
  const value = (name: string): string => pairs.find(([key]) => key === name)?.[1] ?? '';
  const values = (name: string): string[] => pairs.filter(([key]) => key === name).map(([, text]) => text);
  if (path === 'home' || path === 'import') return { kind: path };
  if (path === 'history')
    return historyOf(Object.fromEntries(historyParts.map((part) => [part, value(part)])));
  const type = typeOf(path);
  if (!type) return null;
  return {
    ...listOf(type),
    search: value('q'),
    sort: values('sort').flatMap((text) => parseSort(text) ?? []),
    filters: values('f').flatMap((text) => parseFilter(text) ?? []),
    deleted: value('deleted') === 'only' ? 'only' : 'without',
    panel: parsePanel(value),
  };
}

/** The place that a text names, or null when it names none. Parts that are not understood are left out. */
export function parseAddress(text: string): Address | null {
  const match = /^frames:\/\/([^/?]+)\/([^?]*)(?:\?(.*))?$/s.exec(text);
  if (!match) return null;
  const [, target = '', path = '', query = ''] = match;
  const view = parseView(path, parseQuery(query));
  try {
    return view && { target: decodeURIComponent(target), view };
  } catch {
    return null;
  }
}
