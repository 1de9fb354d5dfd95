import { question } from '../contract/analysis.ts';
import { sideAction } from '../contract/compare.ts';
import { entityTypes, tableOf } from '../domain/types.ts';
import type { EntityType } from '../domain/types.ts';
import { maxLengths } from '../domain/limits.ts';
import { isSandboxId } from '../domain/target.ts';
import { parseNetwork, printNetwork } from './network.ts';
import { parseFilter, parseSort, printFilter, printSort } from './filter.ts';
import { parseQuery, printQuery } from './query.ts';
import type { Pairs } from './query.ts';
import {
  administrationOf,
  administrationParts,
  askOf,
  dashboardOf,
  historyOf,
  insightsOf,
  listOf,
  matrixOf,
  modelsOf,
  matrixOrders,
  matrixTypes,
  maxScenarios,
  moleculeOf,
  plainKinds,
  recordPage,
  whatIfOf,
  whatIfRanges,
} from './view.ts';
import { panelTabs } from './panel.ts';
import type {
  Address,
  CompareView,
  HistoryView,
  InsightsView,
  ListView,
  MatrixView,
  MoleculeView,
  MomentsView,
  Panel,
  PanelTab,
  RecordView,
  View,
  WhatIfNumber,
  WhatIfView,
} from './view.ts';

const scheme = 'frames://';

/** The URL segment of a type: its table with hyphens (`risk-factors`). */
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
    ...(view.group === '' ? [] : [['group', view.group] as const]),
    ...(view.saved === '' ? [] : [['view', view.saved] as const]),
    ...printPanel(view.panel),
  ];
}

const historyKeys = ['actor', 'type', 'action', 'university', 'record', 'from', 'until', 'open'] as const;

function printHistory(view: HistoryView): Pairs {
  return historyKeys.flatMap((key) => (view[key] === '' ? [] : [[key, view[key]] as const]));
}

const nonEmptyPairs = (parts: Readonly<Record<string, string | undefined>>): Pairs =>
  Object.entries(parts).flatMap(([name, text = '']) => (text === '' ? [] : [[name, text] as const]));

const numberKeys = Object.keys(whatIfRanges) as WhatIfNumber[];

function printMatrix({ content, area, types, order, inputs, university, panel }: MatrixView): Pairs {
  const defaults = matrixOf();
  const unlessDefault = (text: string, defaultText: string): string => (text === defaultText ? '' : text);
  return [
    ...nonEmptyPairs({
      content: unlessDefault(content, defaults.content),
      area,
      types: unlessDefault(types.join('.'), defaults.types.join('.')),
      order: unlessDefault(order, defaults.order),
      inputs: unlessDefault(inputs, defaults.inputs),
      university,
    }),
    ...printPanel(panel),
  ];
}

function printWhatIf(view: WhatIfView): Pairs {
  const defaults = whatIfOf();
  const numbers = numberKeys.filter((key) => view[key] !== defaults[key]);
  return nonEmptyPairs({
    ...Object.fromEntries(numbers.map((key) => [key, String(view[key])])),
    with: view.others.join('.'),
  });
}

function pathOf(view: View): string {
  if (view.kind === 'record') return `${segmentOf(view.type)}/${encodeURIComponent(view.id)}`;
  return view.kind === 'list' ? segmentOf(view.type) : view.kind;
}

function pairsOf(view: View): Pairs {
  if (view.kind === 'list') return printList(view);
  if (view.kind === 'history') return printHistory(view);
  if (view.kind === 'network') return printNetwork(view);
  if (view.kind === 'matrix') return printMatrix(view);
  if (view.kind === 'molecule')
    return [
      ...nonEmptyPairs({ project: view.project, university: view.university }),
      ...printPanel(view.panel),
    ];
  if (view.kind === 'insights')
    return nonEmptyPairs({
      question: view.question,
      who: view.who === 'all' ? '' : view.who,
      university: view.university,
      item: view.item,
      area: view.area,
    });
  if (view.kind === 'whatif') return printWhatIf(view);
  if (view.kind === 'models')
    return nonEmptyPairs({
      model: view.model,
      with: view.compared,
      part: view.part === 'links' ? '' : view.part,
    });
  if (view.kind === 'ask') return nonEmptyPairs({ q: view.question, sql: view.sql });
  if (view.kind === 'administration') return nonEmptyPairs({ part: view.part === 'people' ? '' : view.part });
  if (view.kind === 'dashboard') return nonEmptyPairs({ university: view.university });
  if (view.kind === 'compare')
    return nonEmptyPairs({ sandbox: view.sandbox, as: view.as, q: view.search, show: view.shown });
  if (view.kind === 'moments')
    return nonEmptyPairs({ from: view.from, to: view.to, q: view.search, show: view.shown });
  return view.kind === 'record' && view.tab !== 'details' ? [['tab', view.tab]] : [];
}

/** The address as text: `frames://live/teams?sort=name.asc&f=discipline.is.software&sel=team_1`; a record alone: `frames://live/teams/team_1`. */
export function printAddress({ target, view }: Address): string {
  const query = printQuery(pairsOf(view));
  return `${scheme}${encodeURIComponent(target)}/${pathOf(view)}${query === '' ? '' : `?${query}`}`;
}

const tabOf = (text: string): PanelTab => panelTabs.find((tab) => tab === text) ?? 'details';

function parsePanel(textOf: (name: string) => string): Panel {
  if (textOf('new') === '1') return { kind: 'new' };
  if (textOf('sel') === '') return null;
  return { kind: 'record', id: textOf('sel'), tab: tabOf(textOf('tab')) };
}

function parseRecord(path: string, tab: PanelTab): RecordView | null {
  const slash = path.indexOf('/');
  const type = typeOf(path.slice(0, slash));
  const id = decodeURIComponent(path.slice(slash + 1));
  return type && id !== '' ? recordPage(type, id, tab) : null;
}

/** Syntax check only; a lookup decides whether the point in time exists. */
const isPointInTime = (text: string): boolean => text.trim() !== '' && text.length <= maxLengths.checkpoint;

function parseSearch(textOf: (name: string) => string): { search?: string } {
  const search = textOf('q');
  return search === '' ? {} : { search };
}

function parseCompare(textOf: (name: string) => string): CompareView | null {
  const sandbox = textOf('sandbox');
  const shown = (['conflict', 'live'] as const).find((option) => option === textOf('show'));
  const as = textOf('as') === 'network' ? { as: 'network' as const } : {};
  if (!isSandboxId(sandbox)) return null;
  return { kind: 'compare', sandbox, ...as, ...parseSearch(textOf), ...(shown && { shown }) };
}

function parseMoments(textOf: (name: string) => string): MomentsView | null {
  const [from, to] = [textOf('from'), textOf('to')];
  const shown = sideAction.options.find((option) => option === textOf('show'));
  if (!isPointInTime(from) || !isPointInTime(to)) return null;
  return { kind: 'moments', from, to, ...parseSearch(textOf), ...(shown && { shown }) };
}

function parseInsights(textOf: (name: string) => string): InsightsView {
  const { question: defaultQuestion } = insightsOf();
  return {
    kind: 'insights',
    question: question.options.find((option) => option === textOf('question')) ?? defaultQuestion,
    who: (['people', 'teams'] as const).find((option) => option === textOf('who')) ?? 'all',
    university: textOf('university'),
    item: textOf('item'),
    area: textOf('area'),
  };
}

function parseMatrix(textOf: (name: string) => string): MatrixView {
  const defaults = matrixOf();
  const typeNames = textOf('types').split('.');
  const types = matrixTypes.filter((type) => typeNames.includes(type));
  const panel = parsePanel(textOf);
  return {
    kind: 'matrix',
    content: textOf('content') === 'expertise' ? 'expertise' : 'links',
    area: textOf('area'),
    types: types.length > 0 ? types : defaults.types,
    order: matrixOrders.find((option) => option === textOf('order')) ?? defaults.order,
    inputs: textOf('inputs') === 'columns' ? 'columns' : 'rows',
    university: textOf('university'),
    panel: panel?.kind === 'record' ? panel : null,
  };
}

function parseWhatIf(textOf: (name: string) => string): WhatIfView {
  const numbers = numberKeys.flatMap((key) => {
    const [min, max] = whatIfRanges[key];
    const number = /^\d{1,6}$/.test(textOf(key)) ? Number(textOf(key)) : -1;
    return number >= min && number <= max ? [[key, number] as const] : [];
  });
  const others = [...new Set(textOf('with').split('.'))].filter(isSandboxId).slice(0, maxScenarios - 1);
  return whatIfOf({ ...Object.fromEntries(numbers), others });
}

function parseMolecule(textOf: (name: string) => string): MoleculeView {
  const panel = parsePanel(textOf);
  return moleculeOf({
    project: textOf('project'),
    university: textOf('university'),
    panel: panel?.kind === 'record' ? panel : null,
  });
}

function parseView(path: string, pairs: Pairs): View | null {
  const textOf = (name: string): string => pairs.find(([key]) => key === name)?.[1] ?? '';
  const textsOf = (name: string): string[] => pairs.filter(([key]) => key === name).map(([, text]) => text);
  const plainKind = plainKinds.find((kind) => kind === path);
  if (plainKind) return { kind: plainKind };
  if (path.includes('/')) return parseRecord(path, tabOf(textOf('tab')));
  if (path === 'network') return parseNetwork(pairs);
  if (path === 'matrix') return parseMatrix(textOf);
  if (path === 'whatif') return parseWhatIf(textOf);
  if (path === 'molecule') return parseMolecule(textOf);
  if (path === 'insights') return parseInsights(textOf);
  if (path === 'models')
    return modelsOf({
      model: textOf('model'),
      compared: textOf('with'),
      part: textOf('part') === 'outcomes' ? 'outcomes' : 'links',
    });
  if (path === 'ask') return askOf(textOf('q'), textOf('sql'));
  if (path === 'administration')
    return administrationOf(administrationParts.find((part) => part === textOf('part')));
  if (path === 'dashboard') return dashboardOf(textOf('university'));
  if (path === 'compare') return parseCompare(textOf);
  if (path === 'moments') return parseMoments(textOf);
  if (path === 'history') return historyOf(Object.fromEntries(historyKeys.map((key) => [key, textOf(key)])));
  const type = typeOf(path);
  if (!type) return null;
  return {
    ...listOf(type),
    search: textOf('q'),
    sort: textsOf('sort').flatMap((text) => parseSort(text) ?? []),
    filters: textsOf('f').flatMap((text) => parseFilter(text) ?? []),
    deleted: textOf('deleted') === 'only' ? 'only' : 'without',
    group: textOf('group'),
    saved: textOf('view'),
    panel: parsePanel(textOf),
  };
}

/** Parses an address; null if it is invalid. Unknown parts are ignored. */
export function parseAddress(text: string): Address | null {
  const match = /^frames:\/\/([^/?]+)\/([^?]*)(?:\?(.*))?$/s.exec(text);
  if (!match) return null;
  const [, target = '', path = '', query = ''] = match;
  try {
    const view = parseView(path, parseQuery(query));
    return view && { target: decodeURIComponent(target), view };
  } catch {
    return null;
  }
}
