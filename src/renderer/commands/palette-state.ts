import { createSpotlight } from '@mantine/spotlight';
import { create } from 'zustand';

const [store, palette] = createSpotlight();
export const paletteStore = store;

/** Whether the palette's code was asked for yet. */
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

export function openPalette(): void {
  if (!store.getState().opened) opener = document.activeElement;
  usePalette.setState({ wanted: true });
  store.setState({ ...store.getState(), query: '' });
  palette.open();
}

export function closePalette(): void {
  palette.close();
}
