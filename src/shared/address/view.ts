import { question } from '../contract/analysis.ts';
import type { Question } from '../contract/analysis.ts';
import { sideAction } from '../contract/compare.ts';
import { nodeType } from '../contract/network.ts';
import type { NodeType } from '../contract/network.ts';
import { isSandboxId } from '../domain/target.ts';
import type { EntityType } from '../domain/types.ts';
import { parseFilter, parseSort, printFilter, printSort } from './filter.ts';
import { networkParts } from './network.ts';
import type { NetworkView } from './network.ts';
import type { Panel, PanelTab } from './panel.ts';
import {
  choice,
  group,
  list,
  nodeTypes,
  optionalText,
  pair,
  panel,
  panelTab,
  recordPanel,
  text,
} from './parts.ts';
import type { Part, ValueOf } from './parts.ts';

export type { Panel, PanelTab };

/** Records of one type as a grid: search, filters, sorting, and open panel. The path of the address has the type. */
export const listParts = group({
  search: text('q'),
  sort: list('sort', printSort, parseSort),
  filters: list('f', printFilter, parseFilter),
  deleted: choice(['without', 'only'], 'without'),
  /** The field that records are grouped by, or ''. */
  group: text(),
  /** For repairs and tasks: as rows, or as cards by state. */
  layout: choice(['rows', 'board'], 'rows'),
  /** Id of the saved view that the list started from, or ''. */
  saved: text('view'),
  panel,
});
export type ListView = { kind: 'list'; type: EntityType } & ValueOf<typeof listParts>;

/** The path of the address has type and id. */
export const recordParts = group({ tab: panelTab });
export type RecordView = { kind: 'record'; type: EntityType; id: string } & ValueOf<typeof recordParts>;

/** The types in the matrix; universities are groups of them. */
export const matrixTypes: readonly NodeType[] = nodeType.exclude(['university']).options;

export const matrixOrders = ['university', 'discipline', 'lifecycle', 'name', 'links', 'cluster'] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

export const whatIfRanges = {
  terms: [1, 20],
  runs: [10, 1000],
  seed: [0, 999_999],
  early: [0, 100],
  joins: [0, 100],
  newcomer: [1, 40],
  weak: [0, 100],
  fragile: [0, 100],
} as const;
export type WhatIfNumber = keyof typeof whatIfRanges;

export const maxScenarios = 4;

function numberIn<I extends number | null>(name: WhatIfNumber, initial: I): Part<number | I> {
  const [min, max] = whatIfRanges[name];
  return pair<number | I>(initial, (raw) => {
    const number = /^\d{1,6}$/.test(raw) ? Number(raw) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  });
}

export const administrationParts = [
  'people',
  'universities',
  'server',
  'backups',
  'webhooks',
  'audit',
] as const;

/** The properties of each kind of view whose path is its kind. */
export const viewParts = {
  network: networkParts,

  /** The interfaces as a matrix (design structure matrix), or people and their areas of expertise. */
  matrix: group({
    content: choice(['links', 'expertise'], 'links'),
    /** The area of expertise of the selected column, or ''. */
    area: text(),
    types: nodeTypes(['team'], matrixTypes),
    order: choice(matrixOrders, 'university'),
    /** Position of a record's inputs: in its row (IR convention) or its column (IC, the transpose). */
    inputs: choice(['rows', 'columns'], 'rows'),
    /** Id of the university whose records are shown, or '' for all. */
    university: text(),
    panel: recordPanel,
  }),

  /** One or more projects as nuclei, with the records around them. */
  molecule: group({
    /** Id of the central project, or '' for all of the university. */
    project: text(),
    /** Id of the university, or '' for all records around the project. If both are empty, a project is selected. */
    university: text(),
    panel: recordPanel,
  }),

  insights: group({
    question: choice(question.options, 'leaving'),
    who: choice(['people', 'teams'], 'all'),
    /** Id of the university, or '' for all. */
    university: text(),
    /** Subject of the selected item, from `subjectOf`; '' for the first item. */
    item: text(),
    /** For `expertise`: the area of the open item, or ''. */
    area: text(),
  }),

  /** The forecast of the open sandbox over some terms, compared with other sandboxes. */
  whatif: group({
    terms: numberIn('terms', 5),
    runs: numberIn('runs', 200),
    seed: numberIn('seed', 1),
    /** Assumptions per term in per cent, and the terms of a newcomer: `chances` of the contract. Null for learned or default values. */
    early: numberIn('early', null),
    joins: numberIn('joins', null),
    newcomer: numberIn('newcomer', null),
    weak: numberIn('weak', null),
    fragile: numberIn('fragile', null),
    others: pair<readonly string[]>(
      [],
      (raw) => [...new Set(raw.split('.'))].filter(isSandboxId).slice(0, maxScenarios - 1),
      { name: 'with', print: (ids) => ids.join('.') },
    ),
  }),

  /** Links rated by a factor model, or its predictions. `model` and `compared` are ids; '' means the active model, or no comparison. */
  models: group({ model: text(), compared: text('with'), part: choice(['links', 'outcomes'], 'links') }),

  /** A question with its approved statement, if any; empty for a new question. */
  ask: group({ question: text('q'), sql: text() }),

  administration: group({ part: choice(administrationParts, 'people') }),

  /** `university` is the id, or '' for all. */
  dashboard: group({ university: text() }),

  compare: group({
    sandbox: text(),
    /** Drawn as a network; a list if absent. */
    as: choice(['network'], undefined),
    search: optionalText('q'),
    /** Only conflicts, or only changes of live; if absent, all changes of the sandbox. */
    shown: choice(['conflict', 'live'], undefined, 'show'),
  }),

  /** The differences between two sides, `from` and `to`, in the notation of `compare.between`. */
  moments: group({
    from: text(),
    to: text(),
    search: optionalText('q'),
    /** Only records with this change; if absent, all. */
    shown: choice(sideAction.options, undefined, 'show'),
  }),

  /** The history: filters by author, records and time, and the open change. Empty filters match anything. */
  history: group({
    actor: text(),
    type: text(),
    action: text(),
    university: text(),
    record: text(),
    from: text(),
    until: text(),
    /** Op id of the open transaction, or ''. */
    open: text(),
  }),
};

/** Properties that can be undefined can also be absent. */
type WithOptional<V> = Partial<V> & { [K in keyof V as undefined extends V[K] ? never : K]: V[K] };
type ViewOf<K extends keyof typeof viewParts> = { kind: K } & WithOptional<ValueOf<(typeof viewParts)[K]>>;
type ValuesOf<K extends keyof typeof viewParts> = Partial<ValueOf<(typeof viewParts)[K]>>;

export type AdministrationView = ViewOf<'administration'>;
export type AskView = ViewOf<'ask'>;
export type CompareView = ViewOf<'compare'>;
export type DashboardView = ViewOf<'dashboard'>;
export type HistoryView = ViewOf<'history'>;
export type InsightsView = ViewOf<'insights'>;
export type MatrixView = ViewOf<'matrix'>;
export type MoleculeView = ViewOf<'molecule'>;
export type ModelsView = ViewOf<'models'>;
export type MomentsView = ViewOf<'moments'>;
export type WhatIfView = ViewOf<'whatif'>;

export const plainKinds = [
  'home',
  'structure',
  'play',
  'versions',
  'care',
  'jobs',
  'sync',
  'confirm',
  'evidence',
  'import',
  'preferences',
  'shortcuts',
  'about',
  'help',
  'wizard',
] as const;
type PlainKind = (typeof plainKinds)[number];

export type View =
  | { kind: PlainKind }
  | AdministrationView
  | AskView
  | CompareView
  | DashboardView
  | HistoryView
  | InsightsView
  | ListView
  | MatrixView
  | MoleculeView
  | ModelsView
  | MomentsView
  | NetworkView
  | RecordView
  | WhatIfView;

/** An open target and a view of it. */
export interface Address {
  /** `live` or the id of a sandbox; for a point in time `then-ID` or `then-ID.TRANSACTION`. */
  target: string;
  view: View;
}

export function listOf(type: EntityType): ListView {
  return { kind: 'list', type, ...listParts.initial };
}

export function listWithRecord(type: EntityType, id: string, tab: PanelTab = 'details'): ListView {
  return { ...listOf(type), panel: { kind: 'record', id, tab } };
}

export function recordPage(type: EntityType, id: string, tab: PanelTab = 'details'): RecordView {
  return { kind: 'record', type, id, tab };
}

export function insightsOf(about: Question = 'leaving', university = '', area = ''): InsightsView {
  return { kind: 'insights', ...viewParts.insights.initial, question: about, university, area };
}

export function dashboardOf(university = ''): DashboardView {
  return { kind: 'dashboard', university };
}

export function modelsOf(values: ValuesOf<'models'> = {}): ModelsView {
  return { kind: 'models', ...viewParts.models.initial, ...values };
}

export function askOf(query = '', sql = ''): AskView {
  return { kind: 'ask', question: query, sql };
}

export function administrationOf(part: AdministrationView['part'] = 'people'): AdministrationView {
  return { kind: 'administration', part };
}

export function matrixOf(values: ValuesOf<'matrix'> = {}): MatrixView {
  return { kind: 'matrix', ...viewParts.matrix.initial, ...values };
}

export function whatIfOf(values: ValuesOf<'whatif'> = {}): WhatIfView {
  return { kind: 'whatif', ...viewParts.whatif.initial, ...values };
}

export function isDrawing(view: View): view is NetworkView | MatrixView | MoleculeView {
  return view.kind === 'network' || view.kind === 'matrix' || view.kind === 'molecule';
}

export function moleculeOf(values: ValuesOf<'molecule'> = {}): MoleculeView {
  return { kind: 'molecule', ...viewParts.molecule.initial, ...values };
}

export function historyOf(values: ValuesOf<'history'> = {}): HistoryView {
  return { kind: 'history', ...viewParts.history.initial, ...values };
}
