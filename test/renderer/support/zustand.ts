import { create as make } from 'zustand/react';
import type { StateCreator, StoreApi } from 'zustand/vanilla';

export { useStore } from 'zustand/react';
export { createStore } from 'zustand/vanilla';

const made = new Set<Pick<StoreApi<object>, 'getInitialState' | 'setState'>>();

function begin<T extends object>(initial: StateCreator<T>) {
  const store = make<T>(initial);
  made.add(store);
  return store;
}

/** Stands before Zustand's own and remembers what it made, so that each file of tests can begin with a new window's. */
export const create = ((initial?: StateCreator<object>) => (initial ? begin(initial) : begin)) as typeof make;

/** Every store of the window is as it was when the program began. */
export function renewStores(): void {
  for (const store of made) store.setState(store.getInitialState(), true);
}
