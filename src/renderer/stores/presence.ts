import { useShallow } from 'zustand/react/shallow';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { windowStore } from '../api/window-store.ts';

/** Other people who have a record open; empty without a server. */
export const usePresence = windowStore<Pick<SyncStatus, 'people'>>(() => ({ people: [] }));

/** Names of other people who have the record open, without duplicates. */
export const usePeopleAtRecord = (id: string): readonly string[] =>
  usePresence(
    useShallow(({ people }) => [
      ...new Set(people.flatMap(({ name, record }) => (record.id === id ? [name] : []))),
    ]),
  );
