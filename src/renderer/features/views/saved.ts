import { compareNames } from '#shared/domain/sort-key.ts';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import { historyOf } from '#shared/address/view.ts';
import type { HistoryView, ListView, View } from '#shared/address/view.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SavedView } from '#shared/contract/views.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { isPrivate, privateView, usePrivateViews } from './private.ts';

/** Views that can be saved: a list, the history or the network with filters, sort and look. */
export type SavableView = ListView | HistoryView | NetworkView;

/** The view if it can be saved, else null. */
export function savableView(view: View | undefined): SavableView | null {
  return view && (view.kind === 'list' || view.kind === 'history' || view.kind === 'network') ? view : null;
}

/** The view without its open record; a list also without its saved view. */
export function withoutOpenRecord(view: SavableView): SavableView {
  if (view.kind === 'list') return { ...view, saved: '', panel: null };
  return view.kind === 'history' ? historyOf({ ...view, open: '' }) : { ...view, panel: null };
}

export function addressOf(view: SavableView): string {
  return printAddress({ target: 'live', view: withoutOpenRecord(view) });
}

/** The menu that a view belongs to: lists of a type, the history, the network. */
export function viewGroup(view: SavableView): string {
  return view.kind === 'list' ? view.type : view.kind;
}

/** A saved view with its parsed address: `parsedView` is null if this version does not know the view. */
export interface ParsedView extends SavedView {
  parsedView: SavableView | null;
  isMine: boolean;
}

const viewsQuery = queryFor('views.list', {});

function mergeViews(shared: readonly SavedView[], privateViews: readonly SavedView[]): readonly SavedView[] {
  if (privateViews.length === 0) return shared;
  return [...shared, ...privateViews].toSorted((one, other) => compareNames(one.name, other.name));
}

export function useSavedViews(): readonly ParsedView[] | undefined {
  const { data } = useQuery(viewsQuery);
  const privateViews = usePrivateViews();
  return useMemo(
    () =>
      data &&
      mergeViews(data, privateViews).flatMap((view) => {
        const addressView = parseAddress(view.address)?.view;
        // Approved questions are listed in Ask.
        if (addressView?.kind === 'ask') return [];
        return [{ ...view, parsedView: savableView(addressView), isMine: isPrivate(view.id) }];
      }),
    [data, privateViews],
  );
}

/** The saved view as last read, for use outside of components. */
export function savedView(id: string): SavedView | undefined {
  if (isPrivate(id)) return privateView(id);
  return queryClient.getQueryData<SavedView[]>(queryKeys.views)?.find((view) => view.id === id);
}

/** Reads the saved views again and waits, so that a view that was just saved is included. */
export async function refreshViews(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: queryKeys.views });
}
