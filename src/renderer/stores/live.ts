import type { QueryKey, QueryClient } from '@tanstack/react-query';
import { nodeType } from '#shared/contract/network.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Changed } from '#shared/contract/events.ts';
import { api } from '../api/client.ts';
import { keepListening, waitFor } from './listening.ts';
import { isShown } from './own-changes.ts';

/** Derived values of a record (titles, link counts, a student's status) may depend on records of any type. */
const records: readonly AuditedType[] = entityTypes;
const inNetwork: readonly AuditedType[] = [...nodeType.options, 'interface', 'position'];

/** Query roots with the types that they depend on; other roots depend on all records. Names of people appear nearly everywhere. */
const origins: Readonly<Record<string, readonly AuditedType[]>> = {
  network: inNetwork,
  molecule: inNetwork,
  profiles: [],
  // Repairs and comments do not change answers.
  insights: records.filter((type) => type !== 'repair' && type !== 'comment'),
  // Other files: the features that show them refresh them.
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
  // Refreshed by the sync status.
  sync: [],
};
const always: readonly unknown[] = ['history', 'info', 'moments', 'compared'];

/** Whether changes of these types can change the query. */
export function isConcerned([root]: QueryKey, types: ReadonlySet<AuditedType>): boolean {
  if (always.includes(root) || types.has('profile')) return true;
  const hangsOn = (typeof root === 'string' ? origins[root] : undefined) ?? records;
  return hangsOn.some((type) => types.has(type));
}

/** Milliseconds between refreshes during a series of commits, and the longest wait for earlier refetches. */
const [calm, patience] = [30, 200];

/** Watches commits of this window, others and commands, and refreshes affected queries. Returns a function that stops it. */
export function watchChanges(client: QueryClient): () => void {
  const ending = new AbortController();
  let cursor: number | undefined;

  let [stale, reading] = [false, false];
  let types = new Set<AuditedType>();
  let all = false;
  const read = async (): Promise<void> => {
    reading = true;
    // Collects events that arrive together.
    await waitFor(0);
    while (stale && !ending.signal.aborted) {
      const [changed, everything] = [types, all];
      types = new Set();
      all = stale = false;
      const done = client.invalidateQueries({
        predicate: ({ queryKey }) => everything || isConcerned(queryKey, changed),
      });
      await Promise.all([waitFor(calm), Promise.race([done, waitFor(patience)])]);
    }
    reading = false;
  };
  const refresh = (): void => {
    stale = true;
    if (!reading) void read();
  };
  const refreshAll = (): void => {
    all = true;
    refresh();
  };
  const hear = async (change: Changed): Promise<void> => {
    const shown = change.types.every((type) => type === 'position') && (await isShown(change.op_id));
    if (ending.signal.aborted) return;
    for (const type of shown ? [] : change.types) types.add(type);
    // No record type: the name of the open workspace or sandbox changed.
    if (change.types.length === 0) all = true;
    refresh();
  };

  const end = keepListening(async (signal) => {
    const changes = await api.events.watch(cursor === undefined ? {} : { cursor }, { signal });
    for await (const change of changes) {
      ({ cursor } = change);
      void hear(change);
    }
  }, refreshAll);
  return () => {
    ending.abort();
    end();
  };
}
