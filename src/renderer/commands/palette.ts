import { create } from 'zustand';

/** Whether the palette is open, and whether it ever was: its code is only loaded then. */
export const usePalette = create<{ opened: boolean; wanted: boolean }>()(() => ({ opened: false, wanted: false }));

export function openPalette(): void {
  usePalette.setState({ opened: true, wanted: true });
}

export function closePalette(): void {
  usePalette.setState({ opened: false });
}
