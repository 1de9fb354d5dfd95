import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { SyncStatus } from '#shared/contract/sync.ts';

/** Others at the server who have a record open just now; nobody where nothing is shared. */
export const usePresence = create<Pick<SyncStatus, 'people'>>()(() => ({ people: [] }));

/** Names of those who have a record open elsewhere, each once. */
export const useOpenElsewhere = (id: string): readonly string[] =>
  usePresence(
    useShallow(({ people }) => [
      ...new Set(people.flatMap(({ name, record }) => (record.id === id ? [name] : []))),
    ]),
  );
