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

/** Changes a part of the list that is shown: its search, filters, order. Does nothing elsewhere. */
export function adjustList(part: Partial<Omit<ListView, 'kind' | 'type'>>): void {
  const { view } = here();
  if (view.kind === 'list') go({ ...view, ...part }, { replace: true });
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
