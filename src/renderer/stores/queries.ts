import { QueryClient } from '@tanstack/react-query';
import type { ListInput } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';

/**
 * The query cache. Nothing becomes stale by time: the data process reports every commit (live.ts). There is no network, so being offline
 * does not matter.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** The parameters of a list, without paging. */
export type ListQuery = Omit<ListInput, 'offset' | 'limit'>;

/** Server data for admins. */
export type AdministrationPart =
  | 'users'
  | 'sessions'
  | 'server'
  | 'backups'
  | 'backupStatus'
  | 'changes'
  | 'signIns'
  | 'access';

/** Query keys of everything read from the data process. */
export const keys = {
  info: ['info'] as const,
  counts: ['counts'] as const,
  profiles: ['profiles'] as const,
  /** Other occurrences of the words of a search. */
  elsewhere: (query: object) => ['elsewhere', query] as const,
  list: (query: ListQuery) => ['records', query.type, query] as const,
  page: (query: ListQuery, page: number) => ['records', query.type, query, page] as const,
  lists: ['records'] as const,
  groups: (type: EntityType, asked: object) => ['groups', type, asked] as const,
  record: (id: string) => ['record', id] as const,
  members: (id: string) => ['members', id] as const,
  links: (id: string) => ['links', id] as const,
  documents: (id: string) => ['documents', id] as const,
  similar: (id: string) => ['similar', id] as const,
  comments: (id: string) => ['comments', id] as const,
  recordHistory: (id: string) => ['history', 'record', id] as const,
  values: (type: EntityType, field: string) => ['values', type, field] as const,
  ownFields: (type: EntityType) => ['own', type] as const,
  lookup: (types: readonly EntityType[], text: string) => ['lookup', types, text] as const,
  undo: ['history', 'state'] as const,
  steps: ['history', 'steps'] as const,
  history: ['history'] as const,
  transactions: (query: object, page: number) => ['history', 'list', query, page] as const,
  transaction: (opId: string) => ['history', 'transaction', opId] as const,
  attention: ['attention'] as const,
  views: ['views'] as const,
  conversations: ['conversations'] as const,
  questionTables: ['questionTables'] as const,
  backups: ['backups'] as const,
  golden: (part: 'status' | 'list') => ['golden', part] as const,
  languageModels: ['languageModels'] as const,
  jobs: ['jobs'] as const,
  job: (id: string) => ['jobs', 'details', id] as const,
  care: (part: 'health' | 'backups' | 'stats' | 'warnings' | 'index') => ['care', part] as const,
  compared: (to: string, asked: object) => ['compared', to, asked] as const,
  sharedSandboxes: ['sharedSandboxes'] as const,
  sandboxes: (shelf: 'here' | 'trash') => ['sandboxes', shelf] as const,
  /** Points in time: the open one, their range, the newest, their names. */
  moments: (part: 'opened' | 'range' | 'newest' | 'checkpoints') => ['moments', part] as const,
  moment: (at: number, total: number) => ['moments', 'nth', at, total] as const,
  momentIndex: (id: number, total: number) => ['moments', 'index', id, total] as const,
  latestMoments: ['moments', 'latest'] as const,
  duplicates: (type: EntityType) => ['duplicates', type] as const,
  confirm: ['confirm'] as const,
  evidence: ['evidence'] as const,
  molecule: (asked: object) => ['molecule', asked] as const,
  /** Whether rankings name people. */
  ranking: ['ranking'] as const,
  insights: (asked: object) => ['insights', asked] as const,
  /** Of the open target, or of another copy, which local changes do not affect. */
  simulated: (open: boolean, asked: object) =>
    [open ? 'simulated' : 'sandboxes', 'simulated', asked] as const,
  dashboard: (part: 'universities' | 'leaving' | 'history', asked: object = {}) =>
    ['dashboard', part, asked] as const,
  expertise: (asked: object) => ['expertise', asked] as const,
  forecasts: ['forecasts'] as const,
  syncLists: ['sync'] as const,
  sync: (list: 'conflicts' | 'quarantine') => ['sync', list] as const,
  administrations: ['administration'] as const,
  administration: (part: AdministrationPart, asked: object = {}) => ['administration', part, asked] as const,
  network: (part: 'graph' | 'around' | 'groups', asked: object) => ['network', part, asked] as const,
  changes: (id: number, page: number) => ['history', 'changes', id, page] as const,
};
