import { parseAddress, printAddress } from '#shared/address/address.ts';
import { historyOf } from '#shared/address/view.ts';
import type { HistoryView, ListView, View } from '#shared/address/view.ts';
import type { NetworkView } from '#shared/address/network.ts';

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

/** The view that a saved address names; null for one that this program does not understand. */
export function placeOf(address: string): Savable | null {
  return savable(parseAddress(address)?.view);
}

/** Two views of one sort stand in one menu: lists of a type, the history, the network. */
export function sortOf(view: Savable): string {
  return view.kind === 'list' ? view.type : view.kind;
}
