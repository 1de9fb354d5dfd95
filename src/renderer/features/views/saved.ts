import { compareNames } from '#shared/domain/sort-key.ts';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import { historyOf } from '#shared/address/view.ts';
import type { HistoryView, ListView, View } from '#shared/address/view.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SavedView } from '#shared/contract/views.ts';
import { api } from '../../api/client.ts';
import { keys, queries } from '../../stores/queries.ts';
import { isPrivate, privateView, usePrivateViews } from './private.ts';

/** What can be saved under a name: a list, the history or the network, as they are narrowed, ordered and drawn. */
export type Savable = ListView | HistoryView | NetworkView;

/** The view when it can be saved, else null. */
export function savable(view: View | undefined): Savable | null {
  return view && (view.kind === 'list' || view.kind === 'history' || view.kind === 'network') ? view : null;
}

/** The view without what is only open in it: the record beside it, the change that is looked at. */
export function plain(view: Savable): Savable {
  if (view.kind === 'list') return { ...view, saved: '', panel: null };
  return view.kind === 'history' ? historyOf({ ...view, open: '' }) : { ...view, panel: null };
}

/** What is kept of a view: its address, on whichever copy of the data it is opened later. */
export function addressOf(view: Savable): string {
  return printAddress({ target: 'live', view: plain(view) });
}

/** Two views of one sort stand in one menu: lists of a type, the history, the network. */
export function sortOf(view: Savable): string {
  return view.kind === 'list' ? view.type : view.kind;
}

/** A saved view with where it leads; null when its address is not understood here. */
export interface Known extends SavedView {
  place: Savable | null;
  mine: boolean;
}

const options = {
  queryKey: keys.views,
  queryFn: ({ signal }: { signal: AbortSignal }) => api.views.list({}, { signal }),
};

function together(shared: readonly SavedView[], mine: readonly SavedView[]): readonly SavedView[] {
  if (mine.length === 0) return shared;
  return [...shared, ...mine].toSorted((one, other) => compareNames(one.name, other.name));
}

/** All saved views of the workspace, and those that only this person sees, by name; undefined until they are known. */
export function useSavedViews(): readonly Known[] | undefined {
  const { data } = useQuery(options);
  const mine = usePrivateViews();
  return useMemo(
    () =>
      data &&
      together(data, mine).flatMap((view) => {
        const shown = parseAddress(view.address)?.view;
        // Approved questions stand where questions are asked.
        if (shown?.kind === 'ask') return [];
        return [{ ...view, place: savable(shown), mine: isPrivate(view.id) }];
      }),
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
