import type { Question } from '../contract/analysis.ts';
import type { SideAction } from '../contract/compare.ts';
import type { Filter, Sort } from '../contract/entities.ts';
import { nodeType } from '../contract/network.ts';
import type { NodeType } from '../contract/network.ts';
import type { EntityType } from '../domain/types.ts';
import type { NetworkView } from './network.ts';
import type { Panel, PanelTab } from './panel.ts';

export type { Panel, PanelTab };

/** Records of one type as a grid: what is searched, filtered, sorted, and what is open beside it. */
export interface ListView {
  kind: 'list';
  type: EntityType;
  search: string;
  filters: readonly Filter[];
  sort: readonly Sort[];
  deleted: 'without' | 'only';
  /** The field by which records stand in groups, or ''. */
  group: string;
  /** Id of the saved view that this began as, or ''. */
  saved: string;
  panel: Panel;
}

/** What was done: by whom, on which records, when, and which change is open. Empty members mean "any". */
export interface HistoryView {
  kind: 'history';
  actor: string;
  type: string;
  action: string;
  university: string;
  record: string;
  from: string;
  until: string;
  /** Op id of the transaction that is open, or ''. */
  open: string;
}

/** One record by itself, over the whole of its tab. */
export interface RecordView {
  kind: 'record';
  type: EntityType;
  id: string;
  tab: PanelTab;
}

/** What is different between live and a sandbox. */
export interface CompareView {
  kind: 'compare';
  sandbox: string;
  /** Drawn as a network; a list without it. */
  as?: 'network' | undefined;
  search?: string;
  /** What is to be decided, or what only live changed; without it all that the sandbox changed. */
  shown?: 'conflict' | 'live' | undefined;
}

/** What is different between two moments or copies: as `moments.differences` takes them, each as a text. */
export interface MomentsView {
  kind: 'moments';
  from: string;
  to: string;
  search?: string;
  /** What came of the records that are shown; without it all. */
  shown?: SideAction | undefined;
}

/** The answer to one of the questions. */
export interface InsightsView {
  kind: 'insights';
  question: Question;
  who: 'all' | 'people' | 'teams';
  /** Id of the university that is asked about, or '' for all. */
  university: string;
  /** What the item that is chosen first is about, as `subjectOf` gives it; '' is the first of the list. */
  item: string;
  /** Of `expertise`: the area whose item is open first, or ''. */
  area: string;
}

/** The universities beside each other, or what one of them should look at. */
export interface DashboardView {
  kind: 'dashboard';
  /** Id of the university, or '' for all. */
  university: string;
}

/** Links rated by a factor model, or what it would have said of recorded outcomes. `model` and `compared` are ids: '' is the active model, and none. */
export interface ModelsView {
  kind: 'models';
  model: string;
  compared: string;
  part: 'links' | 'outcomes';
}

/** The types that stand in the matrix; a university is a group of them. */
export const matrixTypes: readonly NodeType[] = nodeType.exclude(['university']).options;

/** How rows and columns of the matrix are ordered. */
export const matrixOrders = ['university', 'discipline', 'lifecycle', 'name', 'links', 'cluster'] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

/** The interfaces between records as a matrix (design structure matrix), or people and their areas of expertise. */
export interface MatrixView {
  kind: 'matrix';
  content: 'links' | 'expertise';
  /** The area of expertise whose column is selected, or ''. */
  area: string;
  types: readonly NodeType[];
  order: MatrixOrder;
  /** Where the inputs of a record stand: in its row (IR convention), or in its column (IC, the transpose). */
  inputs: 'rows' | 'columns';
  /** Id of the university whose records are shown, or '' for all. */
  university: string;
  panel: Panel;
}

/** What becomes of the sandbox that is open, and of others beside it, over some terms. */
export interface WhatIfView {
  kind: 'whatif';
  terms: number;
  runs: number;
  seed: number;
  /** What happens by chance in a term, per cent, and the terms of a newcomer: `chances` of the contract. Null where it is learned or usual. */
  early: number | null;
  joins: number | null;
  newcomer: number | null;
  weak: number | null;
  fragile: number | null;
  /** Ids of the other sandboxes that are compared. */
  others: readonly string[];
}

/** What of it is chosen by a number, from the least to the most. */
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

/** So many sandboxes are compared, with the one that is open. */
export const mostScenarios = 4;

/** A project or the projects of a university as nuclei, with what surrounds them. */
export interface MoleculeView {
  kind: 'molecule';
  /** Id of the project in the middle, or '' for all of the university. */
  project: string;
  /** Id of the university whose records are shown, or '' for all around the project. With neither, a project is chosen. */
  university: string;
  panel: Panel;
}

/** A question in words, with its statement where it has been approved; empty for a new question. */
export interface AskView {
  kind: 'ask';
  question: string;
  sql: string;
}

/** The parts of the administration of a server; the first is the usual one. */
export const administrationParts = ['people', 'universities', 'server', 'backups', 'audit'] as const;

/** Administration of the server that the workspace shares with. */
export interface AdministrationView {
  kind: 'administration';
  part: (typeof administrationParts)[number];
}

/** Views that have nothing to choose. */
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

/** A place in the program: which copy of the data, and what of it is looked at. */
export interface Address {
  /** `live`; later also a sandbox, a golden version or a moment. */
  target: string;
  view: View;
}

/** The plain list of a type: nothing filtered, nothing open. */
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

/** The list of a type with one of its records open beside it. */
export function recordIn(type: EntityType, id: string, tab: PanelTab = 'details'): ListView {
  return { ...listOf(type), panel: { kind: 'record', id, tab } };
}

/** A record by itself. */
export function recordPage(type: EntityType, id: string, tab: PanelTab = 'details'): RecordView {
  return { kind: 'record', type, id, tab };
}

export function insightsOf(question: Question = 'leavers', university = '', area = ''): InsightsView {
  return { kind: 'insights', question, who: 'all', university, item: '', area };
}

export function dashboardOf(university = ''): DashboardView {
  return { kind: 'dashboard', university };
}

/** The active model, by itself. */
export function modelsOf(parts: Partial<Omit<ModelsView, 'kind'>> = {}): ModelsView {
  return { kind: 'models', model: '', compared: '', part: 'links', ...parts };
}

export function askOf(question = '', sql = ''): AskView {
  return { kind: 'ask', question, sql };
}

export function administrationOf(part: AdministrationView['part'] = 'people'): AdministrationView {
  return { kind: 'administration', part };
}

/** The matrix as it is first seen: all teams, by university. */
export function matrixOf(parts: Partial<Omit<MatrixView, 'kind'>> = {}): MatrixView {
  const usual = { order: 'university', inputs: 'rows', university: '', panel: null } as const;
  return { kind: 'matrix', content: 'links', area: '', types: ['team'], ...usual, ...parts };
}

/** What-if as it is first seen: five terms ahead. */
export function whatIfOf(parts: Partial<Omit<WhatIfView, 'kind'>> = {}): WhatIfView {
  const usual = { terms: 5, runs: 200, seed: 1 };
  const learned = { early: null, joins: null, newcomer: null, weak: null, fragile: null };
  return { kind: 'whatif', ...usual, ...learned, others: [], ...parts };
}

/** The views that draw the network, each with a record beside it. */
export function isDrawing(view: View): view is NetworkView | MatrixView | MoleculeView {
  return view.kind === 'network' || view.kind === 'matrix' || view.kind === 'molecule';
}

export function moleculeOf(parts: Partial<Omit<MoleculeView, 'kind'>> = {}): MoleculeView {
  return { kind: 'molecule', project: '', university: '', panel: null, ...parts };
}

/** All of history, nothing open. */
export function historyOf(parts: Partial<Omit<HistoryView, 'kind'>> = {}): HistoryView {
  const all = { actor: '', type: '', action: '', university: '', record: '', from: '', until: '', open: '' };
  return { kind: 'history', ...all, ...parts };
}
