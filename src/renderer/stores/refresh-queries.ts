import type { QueryKey, QueryClient } from '@tanstack/react-query';
import { nodeType } from '#shared/contract/network.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ChangeEvent } from '#shared/contract/events.ts';
import { api } from '../api/client.ts';
import { keepSubscribed, waitFor } from './subscription.ts';
import { isShown } from './shown-changes.ts';

/** Derived values of a record (titles, link counts, a student's status) can depend on records of any type. */
const recordTypes: readonly AuditedType[] = entityTypes;
const networkTypes: readonly AuditedType[] = [...nodeType.options, 'interface', 'position'];

/** The types on which each query root depends; other roots depend on all records. Profiles affect all roots: their names are everywhere. */
const typesByRoot: Readonly<Record<string, readonly AuditedType[]>> = {
  network: networkTypes,
  molecule: networkTypes,
  profiles: [],
  // Repairs and comments do not change answers.
  insights: recordTypes.filter((type) => type !== 'repair' && type !== 'comment'),
  // In other files: the features that show these lists refresh them.
  sandboxes: [],
  backups: [],
  care: [],
  documents: ['document'],
  comments: ['comment'],
  // Refreshed by job events.
  jobs: [],
  views: ['view'],
  sharedSandboxes: ['shared-sandbox', 'university'],
  forecasts: ['workspace'],
  ranking: ['workspace'],
  // The approval rule is a setting.
  repairs: [...recordTypes, 'workspace'],
  // Refreshed by the sync status.
  sync: [],
};
const alwaysAffectedRoots: readonly unknown[] = ['history', 'info', 'moments', 'compared'];

/** Whether changes of these types can change the query. */
export function isAffected([root]: QueryKey, types: ReadonlySet<AuditedType>): boolean {
  if (alwaysAffectedRoots.includes(root) || types.has('profile')) return true;
  const rootTypes = (typeof root === 'string' ? typesByRoot[root] : undefined) ?? recordTypes;
  return rootTypes.some((type) => types.has(type));
}

/** Milliseconds between refreshes during a series of commits, and the maximum wait for earlier refetches. */
const [pauseMs, maxWaitMs] = [30, 200];

/** Watches commits of this window, others and commands, and refreshes affected queries. Returns a function that stops watching. */
export function watchChanges(client: QueryClient): () => void {
  const controller = new AbortController();
  let cursor: number | undefined;

  let [isStale, isRefreshing] = [false, false];
  let staleTypes = new Set<AuditedType>();
  let isAllChanged = false;
  const refreshQueries = async (): Promise<void> => {
    isRefreshing = true;
    // Collects events that arrive together.
    await waitFor(0);
    while (isStale && !controller.signal.aborted) {
      const [changedTypes, refreshesAll] = [staleTypes, isAllChanged];
      staleTypes = new Set();
      isAllChanged = isStale = false;
      const refetch = client.invalidateQueries({
        predicate: ({ queryKey }) => refreshesAll || isAffected(queryKey, changedTypes),
      });
      await Promise.all([waitFor(pauseMs), Promise.race([refetch, waitFor(maxWaitMs)])]);
    }
    isRefreshing = false;
  };
  const refresh = (): void => {
    isStale = true;
    if (!isRefreshing) void refreshQueries();
  };
  const refreshAll = (): void => {
    isAllChanged = true;
    refresh();
  };
  const handleChange = async (change: ChangeEvent): Promise<void> => {
    const isShownAlready = change.types.every((type) => type === 'position') && (await isShown(change.op_id));
    if (controller.signal.aborted) return;
    for (const type of isShownAlready ? [] : change.types) staleTypes.add(type);
    // Without types, the name of the open workspace or sandbox changed.
    if (change.types.length === 0) isAllChanged = true;
    refresh();
  };

  const unsubscribe = keepSubscribed(async (signal) => {
    const changes = await api.events.watch(cursor === undefined ? {} : { cursor }, { signal });
    for await (const change of changes) {
      ({ cursor } = change);
      void handleChange(change);
    }
  }, refreshAll);
  return () => {
    controller.abort();
    unsubscribe();
  };
}
