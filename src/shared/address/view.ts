import type { Question } from '../contract/analysis.ts';
import type { SideAction } from '../contract/compare.ts';
import type { Filter, Sort } from '../contract/entities.ts';
import { nodeType } from '../contract/network.ts';
import type { NodeType } from '../contract/network.ts';
import type { EntityType } from '../domain/types.ts';
import type { NetworkView } from './network.ts';
import type { Panel, PanelTab } from './panel.ts';

export type { Panel, PanelTab };

/** Records of one type as a grid: search, filters, sorting, and open panel. */
export interface ListView {
  kind: 'list';
  type: EntityType;
  search: string;
  filters: readonly Filter[];
  sort: readonly Sort[];
  deleted: 'without' | 'only';
  /** The field that records are grouped by, or ''. */
  group: string;
  /** Id of the saved view that the list started from, or ''. */
  saved: string;
  panel: Panel;
}

/** The history: filters by author, records and time, and the open change. Empty filters match anything. */
export interface HistoryView {
  kind: 'history';
  actor: string;
  type: string;
  action: string;
  university: string;
  record: string;
  from: string;
  until: string;
  /** Op id of the open transaction, or ''. */
  open: string;
}

export interface RecordView {
  kind: 'record';
  type: EntityType;
  id: string;
  tab: PanelTab;
}

export interface CompareView {
  kind: 'compare';
  sandbox: string;
  /** Drawn as a network; a list if absent. */
  as?: 'network' | undefined;
  search?: string;
  /** Only conflicts, or only changes of live; if absent, all changes of the sandbox. */
  shown?: 'conflict' | 'live' | undefined;
}

/** The differences between two sides, `from` and `to`, in the notation of `compare.between`. */
export interface MomentsView {
  kind: 'moments';
  from: string;
  to: string;
  search?: string;
  /** Only records with this change; if absent, all. */
  shown?: SideAction | undefined;
}

export interface InsightsView {
  kind: 'insights';
  question: Question;
  who: 'all' | 'people' | 'teams';
  /** Id of the university, or '' for all. */
  university: string;
  /** Subject of the selected item, from `subjectOf`; '' for the first item. */
  item: string;
  /** For `expertise`: the area of the open item, or ''. */
  area: string;
}

export interface DashboardView {
  kind: 'dashboard';
  /** Id of the university, or '' for all. */
  university: string;
}

/** Links rated by a factor model, or its predictions. `model` and `compared` are ids; '' means the active model, or no comparison. */
export interface ModelsView {
  kind: 'models';
  model: string;
  compared: string;
  part: 'links' | 'outcomes';
}

/** The types in the matrix; universities are groups of them. */
export const matrixTypes: readonly NodeType[] = nodeType.exclude(['university']).options;

export const matrixOrders = ['university', 'discipline', 'lifecycle', 'name', 'links', 'cluster'] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

/** The interfaces as a matrix (design structure matrix), or people and their areas of expertise. */
export interface MatrixView {
  kind: 'matrix';
  content: 'links' | 'expertise';
  /** The area of expertise of the selected column, or ''. */
  area: string;
  types: readonly NodeType[];
  order: MatrixOrder;
  /** Position of a record's inputs: in its row (IR convention) or its column (IC, the transpose). */
  inputs: 'rows' | 'columns';
  /** Id of the university whose records are shown, or '' for all. */
  university: string;
  panel: Panel;
}

/** The forecast of the open sandbox over some terms, compared with other sandboxes. */
export interface WhatIfView {
  kind: 'whatif';
  terms: number;
  runs: number;
  seed: number;
  /** Assumptions per term in per cent, and the terms of a newcomer: `chances` of the contract. Null for learned or default values. */
  early: number | null;
  joins: number | null;
  newcomer: number | null;
  weak: number | null;
  fragile: number | null;
  others: readonly string[];
}

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

/** One or more projects as nuclei, with the records around them. */
export interface MoleculeView {
  kind: 'molecule';
  /** Id of the central project, or '' for all of the university. */
  project: string;
  /** Id of the university, or '' for all records around the project. If both are empty, a project is selected. */
  university: string;
  panel: Panel;
}

/** A question with its approved statement, if any; empty for a new question. */
export interface AskView {
  kind: 'ask';
  question: string;
  sql: string;
}

export const administrationParts = ['people', 'universities', 'server', 'backups', 'audit'] as const;

export interface AdministrationView {
  kind: 'administration';
  part: (typeof administrationParts)[number];
}

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
export type PlainKind = (typeof plainKinds)[number];

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
  return {
    kind: 'list',
    type,
    search: '',
    filters: [],
    sort: [],
    deleted: 'without',
    group: '',
    saved: '',
    panel: null,
  };
}

export function listWithRecord(type: EntityType, id: string, tab: PanelTab = 'details'): ListView {
  return { ...listOf(type), panel: { kind: 'record', id, tab } };
}

export function recordPage(type: EntityType, id: string, tab: PanelTab = 'details'): RecordView {
  return { kind: 'record', type, id, tab };
}

export function insightsOf(question: Question = 'leavers', university = '', area = ''): InsightsView {
  return { kind: 'insights', question, who: 'all', university, item: '', area };
}

export function dashboardOf(university = ''): DashboardView {
  return { kind: 'dashboard', university };
}

export function modelsOf(parts: Partial<Omit<ModelsView, 'kind'>> = {}): ModelsView {
  return { kind: 'models', model: '', compared: '', part: 'links', ...parts };
}

export function askOf(question = '', sql = ''): AskView {
  return { kind: 'ask', question, sql };
}

export function administrationOf(part: AdministrationView['part'] = 'people'): AdministrationView {
  return { kind: 'administration', part };
}

export function matrixOf(parts: Partial<Omit<MatrixView, 'kind'>> = {}): MatrixView {
  const defaults = { order: 'university', inputs: 'rows', university: '', panel: null } as const;
  return { kind: 'matrix', content: 'links', area: '', types: ['team'], ...defaults, ...parts };
}

export function whatIfOf(parts: Partial<Omit<WhatIfView, 'kind'>> = {}): WhatIfView {
  const defaults = { terms: 5, runs: 200, seed: 1 };
  const chances = { early: null, joins: null, newcomer: null, weak: null, fragile: null };
  return { kind: 'whatif', ...defaults, ...chances, others: [], ...parts };
}

export function isDrawing(view: View): view is NetworkView | MatrixView | MoleculeView {
  return view.kind === 'network' || view.kind === 'matrix' || view.kind === 'molecule';
}

export function moleculeOf(parts: Partial<Omit<MoleculeView, 'kind'>> = {}): MoleculeView {
  return { kind: 'molecule', project: '', university: '', panel: null, ...parts };
}

export function historyOf(parts: Partial<Omit<HistoryView, 'kind'>> = {}): HistoryView {
  const emptyFilters = {
    actor: '',
    type: '',
    action: '',
    university: '',
    record: '',
    from: '',
    until: '',
    open: '',
  };
  return { kind: 'history', ...emptyFilters, ...parts };
}
