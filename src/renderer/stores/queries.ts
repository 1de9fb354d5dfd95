import { QueryClient, queryOptions } from '@tanstack/react-query';
import type { ListInput } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../api/client.ts';
import { atStart } from '../api/window-state.ts';

/**
 * The query cache. Nothing becomes stale by time: the data process reports every commit (refresh-queries.ts). There is no network, so being
 * offline does not matter.
 */
export const queryClient = new QueryClient({
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

atStart(() => queryClient.clear());

type Api = typeof api;
type Call<G extends keyof Api, N extends keyof Api[G]> = Api[G][N] extends (
  input: infer Input,
  options: { signal: AbortSignal },
) => Promise<infer Output>
  ? { input: Input; output: Output }
  : never;

/** Roots of keys, by which queries are refreshed, for operations whose root is not their group. */
const roots: Readonly<Record<string, string>> = {
  'workspace.info': 'info',
  'workspace.profiles': 'profiles',
  'entities.counts': 'counts',
  'entities.list': 'records',
  'entities.find': 'record',
  'entities.links': 'links',
  'entities.related': 'related',
  'entities.lookup': 'lookup',
  'entities.values': 'values',
  'entities.customFields': 'own',
  'entities.duplicates': 'duplicates',
  'checkpoints.list': 'moments',
  'search.similar': 'similar',
  'ask.conversations': 'conversations',
  'ask.readConversation': 'conversations',
};

/** Data that changes without an event of the log is read again when it is shown. */
const refetchWhenShown = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;
const extraOptions: Readonly<Record<string, object>> = {
  administration: refetchWhenShown,
  backups: refetchWhenShown,
  golden: refetchWhenShown,
  sandboxes: refetchWhenShown,
  'checkpoints.list': { refetchOnWindowFocus: 'always' },
  // Training adds hits without a commit.
  'search.find': { staleTime: 0 },
  'search.similar': { staleTime: 0 },
};

/** The query of an operation of the contract: its key, function and staleness. `key` replaces the default key. */
export function queryFor<G extends keyof Api, N extends keyof Api[G] & string>(
  operation: `${G}.${N}`,
  input: Call<G, N>['input'],
  key?: readonly unknown[],
) {
  const [group, name] = operation.split('.') as [G, N];
  const call = api[group][name] as (
    operationInput: Call<G, N>['input'],
    options: { signal: AbortSignal },
  ) => Promise<Call<G, N>['output']>;
  return queryOptions({
    queryKey: key ?? [roots[operation] ?? group, operation, input],
    queryFn: ({ signal }) => call(input, { signal }),
    ...(extraOptions[operation] ?? extraOptions[group]),
  });
}

/** The parameters of a list, without paging. */
export type ListQuery = Omit<ListInput, 'offset' | 'limit'>;

/** Query keys of everything read from the data process. */
export const queryKeys = {
  info: queryFor('workspace.info', {}).queryKey,
  counts: queryFor('entities.counts', {}).queryKey,
  profiles: queryFor('workspace.profiles', {}).queryKey,
  /** Other occurrences of the words of a search. */
  otherOccurrences: (query: object) => ['elsewhere', query] as const,
  list: (query: ListQuery) => ['records', query.type, query] as const,
  page: (query: ListQuery, page: number) => ['records', query.type, query, page] as const,
  lists: ['records'] as const,
  groups: (type: EntityType, input: object) => ['groups', type, input] as const,
  record: (id: string) => queryFor('entities.find', { id }).queryKey,
  members: (id: string) => ['members', id] as const,
  links: (id: string) => ['links', id] as const,
  comments: (id: string) => ['comments', id] as const,
  lookup: (types: readonly EntityType[], text: string) => ['lookup', types, text] as const,
  undo: ['history', 'state'] as const,
  steps: ['history', 'history.steps'] as const,
  history: ['history'] as const,
  transactions: (query: object, page: number) => ['history', 'list', query, page] as const,
  transaction: (opId: string) => ['history', 'transaction', opId] as const,
  attention: ['attention'] as const,
  views: queryFor('views.list', {}).queryKey,
  conversations: ['conversations'] as const,
  backups: queryFor('backups.list', {}).queryKey,
  languageModels: queryFor('models.list', {}).queryKey,
  jobs: ['jobs'] as const,
  care: (part: 'health' | 'backups' | 'stats' | 'warnings' | 'index') => ['care', part] as const,
  comparison: (to: string, input: object) => ['compared', to, input] as const,
  sharedSandboxes: ['sharedSandboxes'] as const,
  sandboxes: (list: 'here' | 'trash') => ['sandboxes', list] as const,
  openPoint: queryFor('moments.current', {}).queryKey,
  newestMoment: ['moments', 'newest'] as const,
  moment: (at: number, total: number) => ['moments', 'nth', at, total] as const,
  momentIndex: (id: number, total: number) => ['moments', 'index', id, total] as const,
  molecule: (input: object) => ['molecule', input] as const,
  /** Whether rankings name people. */
  ranking: ['ranking'] as const,
  insights: (input: object) => ['insights', input] as const,
  /** `isOpen`: of the open target. Otherwise of another target, which changes in this window do not affect. */
  simulation: (isOpen: boolean, input: object) =>
    [isOpen ? 'simulated' : 'sandboxes', 'simulated', input] as const,
  dashboard: (part: 'universities' | 'leaving' | 'history', input: object = {}) =>
    ['dashboard', part, input] as const,
  expertise: (input: object) => ['expertise', input] as const,
  forecasts: ['forecasts'] as const,
  syncLists: ['sync'] as const,
  administrations: ['administration'] as const,
  network: (part: 'graph' | 'around' | 'groups', input: object) => ['network', part, input] as const,
  changes: (id: number, page: number) => ['history', 'changes', id, page] as const,
};
