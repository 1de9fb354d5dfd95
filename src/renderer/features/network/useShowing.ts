import { useEffect, useRef } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import type { Desk } from './desk.ts';
import type { Look } from './look/useLook.ts';
import type { Model } from './model/model.ts';
import { keepShown, select, useNetworkStore } from './state.ts';
import type { NetworkState } from './state.ts';

/** What the network view shows, and where. */
export interface Showing {
  view: NetworkView;
  /** What the model was read for. */
  pictured: NetworkView;
  model: Model;
  look: Look;
  desk: Desk | null;
}

/** Has the desk show the model, and keeps what is bright in step with what is selected and under the pointer. */
export function useShowing({ view, pictured, model, look, desk }: Showing): void {
  const store = useNetworkStore();
  const { layout, focus, depth } = pictured;
  useEffect(() => {
    if (!desk) return;
    keepShown(store, model, desk.director.model);
    const subject = focus === '' ? '' : `${focus} ${depth}`;
    desk.director.show({ model, layout, subject, styles: look.styles, ink: look.ink });
  }, [desk, store, model, layout, focus, depth, look]);
  // Past React: the pointer comes over another node with nearly every move, and the view has much to think about.
  useEffect(() => {
    if (!desk) return undefined;
    const emphasise = ({ hovered, selected, edge, linking }: NetworkState): void =>
      desk.stage.emphasise(
        // Two that are about to be linked come before all else.
        linking
          ? { hovered: null, selected: new Set([linking.from, linking.to]), edge: null }
          : { hovered, selected, edge },
      );
    emphasise(store.getState());
    return store.subscribe(emphasise);
  }, [desk, store]);

  // What the address has open is what is selected, when it comes from elsewhere: a link, going back, a restart.
  const open = view.panel?.kind === 'record' ? view.panel.id : null;
  const taken = useRef<string | null>(null);
  useEffect(() => {
    // Once: what is selected later, several with the lasso say, stays so when something else changes.
    if (open === taken.current) return;
    const now = store.getState();
    const isSelected = open !== null && (now.selected.has(open) || now.edge === open);
    if (open === null || isSelected) taken.current = open;
    else if (model.nodes.has(open)) {
      taken.current = open;
      select(store, [open]);
      desk?.stage.reveal(open);
    } else if (model.edges.has(open)) {
      taken.current = open;
      store.setState({ edge: open, selected: new Set(), cursor: null });
    }
  }, [open, model, store, desk]);
}

/** Opens beside the picture what gets selected there; what is selected together with others stays closed. */
export function useOpening(show: (id: string | null) => void): void {
  const store = useNetworkStore();
  useEffect(
    () =>
      store.subscribe(({ selected, edge }, before) => {
        if (selected === before.selected && edge === before.edge) return;
        const [one] = selected;
        if (edge !== null) show(edge);
        else if (selected.size === 1 && one !== undefined) show(one);
        else if (selected.size === 0 && before.selected.size + (before.edge === null ? 0 : 1) > 0) show(null);
      }),
    [store, show],
  );
}
