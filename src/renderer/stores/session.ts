import { createJSONStorage } from 'zustand/middleware';
import type { PersistStorage, StateStorage, StorageValue } from 'zustand/middleware';
import { atStart } from '../api/window-state.ts';
import { openWorkspace } from './target.ts';

/** By workspace, because the window may be opened on another one. */
const ofOpen = (name: string): string => `${name}@${openWorkspace()}`;

const session: StateStorage = {
  getItem: (name) => sessionStorage.getItem(ofOpen(name)),
  setItem: (name, value) => {
    try {
      sessionStorage.setItem(ofOpen(name), value);
    } catch {
      sessionStorage.removeItem(ofOpen(name));
    }
  },
  removeItem: (name) => sessionStorage.removeItem(ofOpen(name)),
};

const mark = 'entries of a map';

/** Milliseconds for which changes are collected. */
const pause = 300;

/**
 * Persists a store in the window's session, by workspace; maps are written as lists of entries. Consecutive changes are written together,
 * at the latest when the page closes.
 */
export function inSession<State>(): PersistStorage<State> | undefined {
  const storage = written<State>();
  if (!storage) return undefined;
  let waiting: { name: string; value: StorageValue<State> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    if (waiting) void storage.setItem(waiting.name, waiting.value);
    waiting = undefined;
  };
  atStart(() => {
    waiting = undefined;
    window.addEventListener('pagehide', write);
  });
  return {
    getItem: (name) => (write(), storage.getItem(name)),
    setItem: (name, value) => {
      clearTimeout(timer);
      waiting = { name, value };
      timer = setTimeout(write, pause);
    },
    removeItem: (name) => (write(), storage.removeItem(name)),
  };
}

const written = <State>(): PersistStorage<State> | undefined =>
  createJSONStorage<State>(() => session, {
    replacer: (_key, value) => (value instanceof Map ? { [mark]: [...value] } : value),
    reviver: (_key, value) => {
      const entries = typeof value === 'object' && value !== null && mark in value ? value[mark] : null;
      return Array.isArray(entries) ? new Map(entries as [unknown, unknown][]) : value;
    },
  });
