import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

/** What dragging does: moves nodes and the picture, draws around nodes, or draws a link. */
export type Mode = 'move' | 'lasso' | 'link';

/** What one network view has in hand; it goes with the view. */
export interface NetworkState {
  selected: ReadonlySet<string>;
  /** The edge that is selected, or null. */
  edge: string | null;
  /** The node at which the keyboard is, or null. */
  cursor: string | null;
  /** Space has begun to gather nodes: going on with arrow keys leaves them selected. */
  gathering: boolean;
  hovered: string | null;
  hoveredEdge: string | null;
  mode: Mode;
  /** How far a running layout is, 0 to 1; null when none runs. */
  running: number | null;
  /** Two records that are about to be linked. */
  linking: { from: string; to: string } | null;
  /** What the context menu is about. */
  menu: 'node' | 'edge' | 'stage';
}

interface Shown {
  nodes: ReadonlyMap<string, unknown>;
  edges: ReadonlyMap<string, unknown>;
}

export type NetworkStore = StoreApi<NetworkState>;
const none: ReadonlySet<string> = new Set();

export function createNetworkStore(): NetworkStore {
  return createStore<NetworkState>()(() => ({
    selected: none,
    edge: null,
    cursor: null,
    gathering: false,
    hovered: null,
    hoveredEdge: null,
    mode: 'move',
    running: null,
    linking: null,
    menu: 'stage',
  }));
}

/** Selects exactly these; the last becomes the cursor. */
export function select(store: NetworkStore, ids: readonly string[]): void {
  store.setState({
    selected: ids.length === 0 ? none : new Set(ids),
    edge: null,
    cursor: ids.at(-1) ?? null,
    gathering: false,
  });
}

/** Adds a node to the selection, or takes it out. */
export function toggle(store: NetworkStore, id: string): void {
  const selected = new Set(store.getState().selected);
  if (!selected.delete(id)) selected.add(id);
  store.setState({ selected, edge: null, cursor: id });
}

/** Space on a node: the first keeps what is selected and begins to gather, the next add or take out. */
export function gather(store: NetworkStore, id: string): void {
  const { selected, gathering } = store.getState();
  if (gathering || !selected.has(id)) toggle(store, id);
  store.setState({ gathering: true });
}

/** Goes to a node with the keyboard. It is selected alone, unless nodes are being gathered. */
export function walkTo(store: NetworkStore, id: string): void {
  if (store.getState().gathering) store.setState({ cursor: id });
  else select(store, [id]);
}

/** Takes out of the selection what is not shown any more. A link that has just been made, and has not come yet, stays. */
export function keepShown(store: NetworkStore, now: Shown, before: Pick<Shown, 'edges'>): void {
  const { selected, edge, cursor, hovered, hoveredEdge, linking } = store.getState();
  const { nodes, edges } = now;
  const left = [...selected].filter((id) => nodes.has(id));
  const isGone = (id: string): boolean => before.edges.has(id) && !edges.has(id);
  store.setState({
    ...(left.length === selected.size ? {} : { selected: new Set(left) }),
    ...(edge !== null && isGone(edge) ? { edge: null } : {}),
    ...(cursor !== null && !nodes.has(cursor) ? { cursor: null } : {}),
    ...(hovered !== null && !nodes.has(hovered) ? { hovered: null } : {}),
    ...(hoveredEdge !== null && !edges.has(hoveredEdge) ? { hoveredEdge: null } : {}),
    ...(linking && !(nodes.has(linking.from) && nodes.has(linking.to)) ? { linking: null } : {}),
  });
}

const Context = createContext<NetworkStore | null>(null);
export const NetworkProvider = Context.Provider;

/** The store of the view that the component is part of. */
export function useNetworkStore(): NetworkStore {
  const store = useContext(Context);
  if (!store) throw new Error('This is part of a network view.');
  return store;
}

export function useNetwork<T>(pick: (state: NetworkState) => T): T {
  return useStore(useNetworkStore(), pick);
}
