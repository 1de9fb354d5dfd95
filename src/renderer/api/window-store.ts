import { create } from 'zustand';
import type { StateCreator, StoreApi, UseBoundStore } from 'zustand';
import { atReset } from './window-state.ts';

/** A store that lasts as long as the window. */
export function windowStore<T>(initial: StateCreator<T>): UseBoundStore<StoreApi<T>> {
  const store = create<T>()(initial);
  const { subscribe } = store;
  const subscriptions = new Set<() => void>();
  store.subscribe = (listener) => {
    const end = subscribe(listener);
    subscriptions.add(end);
    return () => {
      subscriptions.delete(end);
      end();
    };
  };
  atReset(() => {
    for (const end of subscriptions) end();
    subscriptions.clear();
    store.setState(store.getInitialState(), true);
  });
  return store;
}
