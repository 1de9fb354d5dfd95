import { createJSONStorage } from 'zustand/middleware';
import type { PersistStorage, StateStorage, StorageValue } from 'zustand/middleware';
import { atStart } from '../api/window-state.ts';
import { pageWorkspaceId } from './target.ts';

/** The key with the workspace, because the window can be opened on another one. */
const workspaceKey = (name: string): string => `${name}@${pageWorkspaceId()}`;

const workspaceStorage: StateStorage = {
  getItem: (name) => sessionStorage.getItem(workspaceKey(name)),
  setItem: (name, value) => {
    try {
      sessionStorage.setItem(workspaceKey(name), value);
    } catch {
      sessionStorage.removeItem(workspaceKey(name));
    }
  },
  removeItem: (name) => sessionStorage.removeItem(workspaceKey(name)),
};

const mapMark = 'entries of a map';

/** Milliseconds for which changes are collected. */
const writeDelayMs = 300;

/**
 * Persists a store in the window's session, by workspace; maps are written as lists of entries. Consecutive changes are written together,
 * at the latest when the page closes.
 */
export function sessionPersistence<State>(): PersistStorage<State> | undefined {
  const jsonStorage = createStorage<State>();
  if (!jsonStorage) return undefined;
  let pendingWrite: { name: string; value: StorageValue<State> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (pendingWrite) void jsonStorage.setItem(pendingWrite.name, pendingWrite.value);
    pendingWrite = undefined;
  };
  atStart(() => {
    pendingWrite = undefined;
    window.addEventListener('pagehide', flush);
  });
  return {
    getItem: (name) => (flush(), jsonStorage.getItem(name)),
    setItem: (name, value) => {
      clearTimeout(timer);
      pendingWrite = { name, value };
      timer = setTimeout(flush, writeDelayMs);
    },
    removeItem: (name) => (flush(), jsonStorage.removeItem(name)),
  };
}

const createStorage = <State>(): PersistStorage<State> | undefined =>
  createJSONStorage<State>(() => workspaceStorage, {
    replacer: (_key, value) => (value instanceof Map ? { [mapMark]: [...value] } : value),
    reviver: (_key, value) => {
      const entries = typeof value === 'object' && value !== null && mapMark in value ? value[mapMark] : null;
      return Array.isArray(entries) ? new Map(entries as [unknown, unknown][]) : value;
    },
  });
