import { create } from 'zustand';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import { historyOf } from '#shared/address/view.ts';
import type { Address, HistoryView, ListView, Panel, View } from '#shared/address/view.ts';

interface Trail {
  /** Where the window has been, oldest first; `at` is where it is. */
  places: readonly Address[];
  at: number;
}

const longest = 100;
const start: Address = { target: 'live', view: { kind: 'home' } };

export const useTrail = create<Trail>()(() => ({ places: [start], at: 0 }));

function current(trail: Trail): Address {
  return trail.places[trail.at] ?? start;
}

/** Where the window is now; for use outside of components. */
export function here(): Address {
  return current(useTrail.getState());
}

/** Where the window is; the component is drawn again when it changes. */
export function useView(): View {
  return useTrail((trail) => current(trail).view);
}

/** The view when it is a list, else null. */
export function useListView(): ListView | null {
  const view = useView();
  return view.kind === 'list' ? view : null;
}

/** Goes to a view. With `replace` the present place is not kept to come back to: for what is adjusted, not visited. */
export function go(view: View, { replace = false }: { replace?: boolean } = {}): void {
  useTrail.setState((trail) => {
    const place: Address = { target: current(trail).target, view };
    if (printAddress(place) === printAddress(current(trail))) return trail;
    const kept = trail.places.slice(
      replace ? 0 : Math.max(0, trail.at + 2 - longest),
      trail.at + (replace ? 0 : 1),
    );
    return { places: [...kept, place], at: kept.length };
  });
}

/**
 * Goes to a place. A list comes as it was left in this window, with its order, search and open record; from the list itself it is the
 * plain one.
 */
export function visit(view: View): void {
  if (view.kind !== 'list') {
    go(view);
    return;
  }
  const isOne = (place: Address): boolean => place.view.kind === 'list' && place.view.type === view.type;
  const left = isOne(here()) ? undefined : useTrail.getState().places.findLast(isOne)?.view;
  if (left?.kind !== 'list' || left.deleted === 'only') go(view);
  else go(left.panel?.kind === 'new' ? { ...left, panel: null } : left);
}

/** Changes a part of the list that is shown: its search, filters, order. Does nothing elsewhere. */
export function adjustList(part: Partial<Omit<ListView, 'kind' | 'type'>>): void {
  const { view } = here();
  if (view.kind === 'list') go({ ...view, ...part }, { replace: true });
}

/** The id of the record that is open beside the list, or null; for use outside of components. */
export function openRecord(): string | null {
  const { view } = here();
  return view.kind === 'list' && view.panel?.kind === 'record' ? view.panel.id : null;
}

/** Opens, changes or closes what stands beside the list. */
export function showPanel(panel: Panel): void {
  adjustList({ panel });
}

/** Changes a part of the history view that is shown. */
export function adjustHistory(part: Partial<Omit<HistoryView, 'kind'>>): void {
  const { view } = here();
  if (view.kind === 'history') go(historyOf({ ...view, ...part }), { replace: true });
}

export function back(): void {
  useTrail.setState((trail) => ({ at: Math.max(0, trail.at - 1) }));
}

export function forward(): void {
  useTrail.setState((trail) => ({ at: Math.min(trail.places.length - 1, trail.at + 1) }));
}

/** Begins at a remembered address, without what was open for creating; a text that is none is ignored. */
export function beginAt(text: unknown): void {
  const address = typeof text === 'string' ? parseAddress(text) : null;
  if (!address || address.target !== 'live' || address.view.kind === 'import') return;
  useTrail.setState({ places: [address], at: 0 });
}
