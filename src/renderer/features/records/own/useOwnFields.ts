import { notifyManager, useQueries, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { compareOwnNames } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys, queries } from '../../../stores/queries.ts';

/** The same list each time, so that nothing is drawn again for types without own fields. */
const none: readonly OwnField[] = [];

const optionsOf = (type: EntityType, enabled: boolean) => ({
  queryKey: keys.ownFields(type),
  queryFn: ({ signal }: { signal: AbortSignal }) => api.entities.ownFields({ type }, { signal }),
  enabled,
});

/**
 * The own fields that live records of the type have, by name, as far as they are known. They are read only where they are `wanted`:
 * by a list as soon as its rows are there, and by the form of a record. Everything else goes by what was read.
 */
export function useOwnFields(type: EntityType, wanted = false): readonly OwnField[] {
  const { data } = useQuery(optionsOf(type, wanted));
  return data === undefined || data.length === 0 ? none : data;
}

/**
 * Whether the own fields of the type are known as they are now. Who only looks on is never told by the query itself that what was read
 * is stale: that is asked of the cache.
 */
export function useOwnFieldsKnown(type: EntityType): boolean {
  return useSyncExternalStore(follow, () => {
    const state = queries.getQueryState(keys.ownFields(type));
    return state?.data !== undefined && !state.isInvalidated;
  });
}

const follow = (changed: () => void): (() => void) =>
  queries.getQueryCache().subscribe(notifyManager.batchCalls(changed));

/** Whether the own fields of the type have been read, be it before what changed just now. */
export function useOwnFieldsRead(type: EntityType): boolean {
  return useQuery(optionsOf(type, false)).data !== undefined;
}

/** The own fields of several types, each name once, by name; of several kinds it is a text. Read as soon as they are `wanted`. */
export function useOwnFieldsOf(types: readonly EntityType[], wanted: boolean): readonly OwnField[] {
  const found = useQueries({ queries: types.map((type) => optionsOf(type, wanted)) });
  const fields = new Map<string, OwnField>();
  for (const field of found.flatMap(({ data }) => data ?? [])) {
    const known = fields.get(field.name);
    fields.set(field.name, known && known.kind !== field.kind ? { ...field, kind: 'text' } : field);
  }
  return [...fields.values()].sort((a, b) => compareOwnNames(a.name, b.name));
}
