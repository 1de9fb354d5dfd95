import { create } from 'zustand';
import type { StateCreator, StoreApi, UseBoundStore } from 'zustand';
import { atReset } from './window-state.ts';

/** A store of the window's state. `resetWindow` ends its subscriptions and restores its initial state. */
export function windowStore<T>(initial: StateCreator<T>): UseBoundStore<StoreApi<T>> {
  const store = create<T>()(initial);
  const { subscribe } = store;
  const subscriptions = new Set<() => void>();
  store.subscribe = (listener) => {
    const unsubscribe = subscribe(listener);
    subscriptions.add(unsubscribe);
    return () => {
      subscriptions.delete(unsubscribe);
      unsubscribe();
    };
  };
  atReset(() => {
    for (const unsubscribe of subscriptions) unsubscribe();
    subscriptions.clear();
    store.setState(store.getInitialState(), true);
  });
  return store;
}
