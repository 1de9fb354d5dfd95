import type { QueryKey, QueryClient } from '@tanstack/react-query';
import { nodeType } from '#shared/contract/network.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Changed } from '#shared/contract/events.ts';
import { api } from '../api/client.ts';
import { keepListening, pause } from './listening.ts';
import { isShown } from './own-changes.ts';

/** What a record shows of others (titles, counts of links, a student's status) may hang on any type of record. */
const records: readonly AuditedType[] = entityTypes;
const inNetwork: readonly AuditedType[] = [...nodeType.options, 'interface', 'position'];

/** Read anew only with these; what is not named hangs on records. Names of people stand nearly everywhere. */
const origins: Readonly<Record<string, readonly AuditedType[]>> = {
  network: inNetwork,
  molecule: inNetwork,
  profiles: [],
  // Repairs and comments are about answers, not what these are about.
  insights: records.filter((type) => type !== 'repair' && type !== 'comment'),
  // They are other files: looking at them anew is theirs who shows them.
  sandboxes: [],
  backups: [],
  care: [],
  documents: ['document'],
  comments: ['comment'],
  // Watching them tells of each change.
  jobs: [],
  views: ['view'],
  sharedSandboxes: ['shared-sandbox', 'university'],
  forecasts: ['workspace'],
  ranking: ['workspace'],
  // The status of sync tells of each change of it.
  sync: [],
};
const always: readonly unknown[] = ['history', 'info', 'moments'];

/** Whether what was read under a key may be another after a change of these types. */
export function isConcerned([root]: QueryKey, types: ReadonlySet<AuditedType>): boolean {
  if (always.includes(root) || types.has('profile')) return true;
  const hangsOn = (typeof root === 'string' ? origins[root] : undefined) ?? records;
  return hangsOn.some((type) => types.has(type));
}

/**
 * Many commits in a row (a command's loop) are answered at most this often, in milliseconds, and when what was read for those before is there: for
 * that is waited so long.
 */
const [calm, patience] = [30, 200];

/**
 * Watches what is committed, by this window, another or a command, and reads again what is on the screen and may be another by it.
 * Gives a function that ends it.
 */
export function watchChanges(client: QueryClient): () => void {
  const ending = new AbortController();
  let cursor: number | undefined;

  let [stale, reading] = [false, false];
  let types = new Set<AuditedType>();
  let all = false;
  const read = async (): Promise<void> => {
    reading = true;
    // What is told at once is read once.
    await pause(0);
    while (stale && !ending.signal.aborted) {
      const [changed, everything] = [types, all];
      types = new Set();
      all = stale = false;
      const done = client.invalidateQueries({
        predicate: ({ queryKey }) => everything || isConcerned(queryKey, changed),
      });
      await Promise.all([pause(calm), Promise.race([done, pause(patience)])]);
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
    // Of no records at all: what is open is called otherwise, wherever that stands.
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
