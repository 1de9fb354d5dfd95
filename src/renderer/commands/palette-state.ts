import { createSpotlight } from '@mantine/spotlight';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';

const [store, palette] = createSpotlight();
export const paletteStore = store;

export const usePalette = windowStore<{ isLoaded: boolean }>(() => ({ isLoaded: false }));

export function preparePalette(): () => void {
  const idleCallback = requestIdleCallback(() => usePalette.setState({ isLoaded: true }), { timeout: 3000 });
  return () => cancelIdleCallback(idleCallback);
}

let returnFocus: Element | null;
atStart(() => {
  returnFocus = null;
  store.setState({ ...store.getState(), opened: false, query: '' });
});

export function takeReturnFocus(): HTMLElement | null {
  const element = returnFocus instanceof HTMLElement ? returnFocus : null;
  returnFocus = null;
  return element;
}

/** Collects keys until the palette's field has the focus, so that they do not reach the view. */
function holdKeys(event: KeyboardEvent): void {
  const { opened, query } = store.getState();
  if (!opened) {
    releaseKeys();
    return;
  }
  const { key, ctrlKey, metaKey, altKey } = event;
  event.stopImmediatePropagation();
  if (key === 'Escape') palette.close();
  if (key.length > 1 || ctrlKey || metaKey || altKey) return;
  event.preventDefault();
  store.setState({ ...store.getState(), query: query + key });
}

/** Called when the palette's field has the focus. */
export function releaseKeys(): void {
  removeEventListener('keydown', holdKeys, true);
}

export function openPalette(): void {
  if (!store.getState().opened) {
    returnFocus = document.activeElement;
    addEventListener('keydown', holdKeys, true);
  }
  usePalette.setState({ isLoaded: true });
  store.setState({ ...store.getState(), query: '' });
  palette.open();
}

export function closePalette(): void {
  palette.close();
}
