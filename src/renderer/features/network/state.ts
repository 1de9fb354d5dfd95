import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Mode } from './stage/Gestures.ts';

export interface NetworkState {
  selected: ReadonlySet<string>;
  selectedEdge: string | null;
  focusedNode: string | null;
  isMultiSelecting: boolean;
  hovered: string | null;
  hoveredEdge: string | null;
  mode: Mode;
  /** Progress of a running layout, 0 to 1; null if none runs. */
  layoutProgress: number | null;
  menuSubject: 'node' | 'edge' | 'stage';
}

interface ElementIds {
  nodes: ReadonlyMap<string, unknown>;
  edges: ReadonlyMap<string, unknown>;
}

export type NetworkStore = StoreApi<NetworkState>;
const noIds: ReadonlySet<string> = new Set();

export function createNetworkStore(): NetworkStore {
  return createStore<NetworkState>()(() => ({
    selected: noIds,
    selectedEdge: null,
    focusedNode: null,
    isMultiSelecting: false,
    hovered: null,
    hoveredEdge: null,
    mode: 'move',
    layoutProgress: null,
    menuSubject: 'stage',
  }));
}

/** Selects exactly these nodes, and focuses the last. */
export function selectNodes(store: NetworkStore, ids: readonly string[]): void {
  store.setState({
    selected: ids.length === 0 ? noIds : new Set(ids),
    selectedEdge: null,
    focusedNode: ids.at(-1) ?? null,
    isMultiSelecting: false,
  });
}

export function toggleNode(store: NetworkStore, id: string): void {
  const selected = new Set(store.getState().selected);
  if (!selected.delete(id)) selected.add(id);
  store.setState({ selected, selectedEdge: null, focusedNode: id });
}

/** Space on a node: the first press starts a multiple selection, later ones toggle. */
export function toggleWithSpace(store: NetworkStore, id: string): void {
  const { selected, isMultiSelecting } = store.getState();
  if (isMultiSelecting || !selected.has(id)) toggleNode(store, id);
  store.setState({ isMultiSelecting: true });
}

/** Focuses a node, which becomes the selection unless a multiple selection has begun. */
export function focusNode(store: NetworkStore, id: string): void {
  if (store.getState().isMultiSelecting) store.setState({ focusedNode: id });
  else selectNodes(store, [id]);
}

/** Clears selection, focus and hover of hidden elements. A new link that is not in the model yet stays selected. */
export function removeHidden(
  store: NetworkStore,
  current: ElementIds,
  previous: Pick<ElementIds, 'edges'>,
): void {
  const { selected, selectedEdge, focusedNode, hovered, hoveredEdge } = store.getState();
  const { nodes, edges } = current;
  const shownNodes = [...selected].filter((id) => nodes.has(id));
  const isRemoved = (id: string): boolean => previous.edges.has(id) && !edges.has(id);
  store.setState({
    ...(shownNodes.length === selected.size ? {} : { selected: new Set(shownNodes) }),
    ...(selectedEdge !== null && isRemoved(selectedEdge) ? { selectedEdge: null } : {}),
    ...(focusedNode !== null && !nodes.has(focusedNode) ? { focusedNode: null } : {}),
    ...(hovered !== null && !nodes.has(hovered) ? { hovered: null } : {}),
    ...(hoveredEdge !== null && !edges.has(hoveredEdge) ? { hoveredEdge: null } : {}),
  });
}

const Context = createContext<NetworkStore | null>(null);
export const NetworkProvider = Context.Provider;

export function useNetworkStore(): NetworkStore {
  const store = useContext(Context);
  if (!store) throw new Error('Used outside of a network view.');
  return store;
}

export function useNetwork<T>(selector: (state: NetworkState) => T): T {
  return useStore(useNetworkStore(), selector);
}
