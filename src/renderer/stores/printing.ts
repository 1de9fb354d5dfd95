import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';

interface PrintState {
  /** When printing began (Unix ms); null otherwise. */
  startedAt: number | null;
  /** All data is read and the view is laid out for paper. */
  isReady: boolean;
}

const notPrinting: PrintState = { startedAt: null, isReady: false };
export const usePrinting = windowStore<PrintState>(() => notPrinting);
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
  if (usePrinting.getState().startedAt !== null) return;
  flushSync(() => usePrinting.setState({ startedAt: Date.now() }));
  try {
    await Promise.all([...preparations].map((prepare) => prepare()));
    flushSync(() => usePrinting.setState({ isReady: true }));
    await print();
  } finally {
    usePrinting.setState(notPrinting);
  }
}
