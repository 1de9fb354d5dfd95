import { createSpotlight } from '@mantine/spotlight';
import { create } from 'zustand';

const [store, palette] = createSpotlight();
export const paletteStore = store;

export const usePalette = create<{ wanted: boolean }>()(() => ({ wanted: false }));

/** Loads the palette's code while nobody waits for it. */
export function preparePalette(): () => void {
  const waiting = requestIdleCallback(() => usePalette.setState({ wanted: true }), { timeout: 3000 });
  return () => cancelIdleCallback(waiting);
}

/** What had the focus when the palette was opened. */
let opener: Element | null = null;

export function takeOpener(): HTMLElement | null {
  const found = opener instanceof HTMLElement ? opener : null;
  opener = null;
  return found;
}

/** What is typed before the field of the palette has the focus goes into it, never into the view below. */
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

/** The field of the palette has the focus. */
export function releaseKeys(): void {
  removeEventListener('keydown', holdKeys, true);
}

export function openPalette(): void {
  if (!store.getState().opened) {
    opener = document.activeElement;
    addEventListener('keydown', holdKeys, true);
  }
  usePalette.setState({ wanted: true });
  store.setState({ ...store.getState(), query: '' });
  palette.open();
}

export function closePalette(): void {
  palette.close();
}
