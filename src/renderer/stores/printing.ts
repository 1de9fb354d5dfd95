import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';

interface Printing {
  /** When printing began (Unix ms); null otherwise. */
  at: number | null;
  /** All data is read and the view is laid out for paper. */
  isReady: boolean;
}

const nothing: Printing = { at: null, isReady: false };
export const usePrinting = windowStore<Printing>(() => nothing);
export const useIsPrinting = (): boolean => usePrinting(({ isReady }) => isReady);

const preparations = new Set<() => Promise<void>>();
atStart(() => preparations.clear());

/** Runs `prepare` before the view is printed, while the component is mounted. `prepare` must be memoised. */
export function usePrintPreparation(prepare: () => Promise<void>): void {
  useEffect(() => {
    preparations.add(prepare);
    return () => void preparations.delete(prepare);
  }, [prepare]);
}

/** Keeps the view laid out for paper while `print` runs. Does nothing if printing is under way. */
export async function whilePrinting(print: () => Promise<void>): Promise<void> {
  if (usePrinting.getState().at !== null) return;
  flushSync(() => usePrinting.setState({ at: Date.now() }));
  try {
    await Promise.all([...preparations].map((prepare) => prepare()));
    flushSync(() => usePrinting.setState({ isReady: true }));
    await print();
  } finally {
    usePrinting.setState(nothing);
  }
}
