import { create } from 'zustand';
import { dropKeys, keepKeys } from '../ui/early-keys.ts';

/** Whether the palette is open, and whether it ever was: its code is only loaded then. */
export const usePalette = create<{ opened: boolean; wanted: boolean }>()(() => ({
  opened: false,
  wanted: false,
}));

/** Loads the palette's code while nobody waits for it, so that the first key after Ctrl K is not lost. */
export function preparePalette(): () => void {
  const waiting = requestIdleCallback(() => usePalette.setState({ wanted: true }), { timeout: 3000 });
  return () => cancelIdleCallback(waiting);
}

/** Opens it. What is typed before it is there, as in the window's first moments, is found in it. */
export function openPalette(): void {
  if (!usePalette.getState().opened) keepKeys(closePalette);
  usePalette.setState({ opened: true, wanted: true });
}

export function closePalette(): void {
  dropKeys();
  usePalette.setState({ opened: false });
}
