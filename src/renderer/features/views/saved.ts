import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SavedView } from '#shared/contract/views.ts';
import { api } from '../../api/client.ts';
import { keys, queries } from '../../stores/queries.ts';
import { placeOf } from './place.ts';
import { isPrivate, privateView, usePrivateViews } from './private.ts';
import type { Savable } from './place.ts';

/** A saved view with where it leads; null when its address is not understood here. */
export interface Known extends SavedView {
  place: Savable | null;
  /** Only this person sees it. */
  mine: boolean;
}

const options = {
  queryKey: keys.views,
  queryFn: ({ signal }: { signal: AbortSignal }) => api.views.list({}, { signal }),
};

/** Those of everybody by name, and among them this person's own. */
function together(shared: readonly SavedView[], mine: readonly SavedView[]): readonly SavedView[] {
  if (mine.length === 0) return shared;
  return [...shared, ...mine].toSorted((one, other) => one.name.localeCompare(other.name));
}

/** All saved views of the workspace, and those that only this person sees, by name; undefined until they are known. */
export function useSavedViews(): readonly Known[] | undefined {
  const { data } = useQuery(options);
  const mine = usePrivateViews();
  return useMemo(
    () =>
      data &&
      together(data, mine).map((view) => ({
        ...view,
        place: placeOf(view.address),
        mine: isPrivate(view.id),
      })),
    [data, mine],
  );
}

/** The saved view as it was last read, for use outside of components. */
export function savedView(id: string): SavedView | undefined {
  if (isPrivate(id)) return privateView(id);
  return queries.getQueryData<SavedView[]>(keys.views)?.find((view) => view.id === id);
}

/** Reads them anew and waits until that is done: what was just saved is there then. */
export async function readAgain(): Promise<void> {
  await queries.invalidateQueries({ queryKey: keys.views });
}
