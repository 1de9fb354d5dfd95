import { createJSONStorage } from 'zustand/middleware';
import type { PersistStorage, StateStorage } from 'zustand/middleware';

/** The window's own storage, which outlives its pages. Where there is no room a store lives as long as its page. */
const session: StateStorage = {
  getItem: (name) => sessionStorage.getItem(name),
  setItem: (name, value) => {
    try {
      sessionStorage.setItem(name, value);
    } catch {
      sessionStorage.removeItem(name);
    }
  },
  removeItem: (name) => sessionStorage.removeItem(name),
};

const mark = 'entries of a map';

/** Keeps a store in the window's session, for `persist`; a map is written as the list of its entries. */
export function inSession<State>(): PersistStorage<State> | undefined {
  return createJSONStorage<State>(() => session, {
    replacer: (_key, value) => (value instanceof Map ? { [mark]: [...value] } : value),
    reviver: (_key, value) => {
      const entries = typeof value === 'object' && value !== null && mark in value ? value[mark] : null;
      return Array.isArray(entries) ? new Map(entries as [unknown, unknown][]) : value;
    },
  });
}
