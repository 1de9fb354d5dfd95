import type { useSpotlight } from '@mantine/spotlight';
import { useEffect } from 'react';

type Store = Parameters<typeof useSpotlight>[0];

/**
 * Keeps the first entry selected whenever the list changes, as records arrive after the commands: Enter does what stands on top. The
 * library selects by itself only when a key is typed, before they are there.
 */
export function useFirstSelected(store: Store, opened: boolean, entries: string): void {
  useEffect(() => {
    if (!opened || entries === '') return undefined;
    const timer = setTimeout(() => {
      const list = document.getElementById(store.getState().listId);
      for (const selected of list?.querySelectorAll('[data-selected]') ?? [])
        selected.removeAttribute('data-selected');
      list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
      store.updateState((state) => ({ ...state, selected: 0 }));
    });
    return () => clearTimeout(timer);
  }, [store, opened, entries]);
}
