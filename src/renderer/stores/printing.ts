import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { create } from 'zustand';

interface Printing {
  /** When printing began (Unix ms); null while nothing is printed. */
  at: number | null;
  /** Everything that had to be read is there: the view is laid out for paper. */
  isReady: boolean;
}

const nothing: Printing = { at: null, isReady: false };
export const usePrinting = create<Printing>()(() => nothing);
/** Whether the view is laid out for paper. */
export const useIsPrinting = (): boolean => usePrinting(({ isReady }) => isReady);

const preparations = new Set<() => Promise<void>>();

/** Runs `prepare` before the view is printed, as long as the component is there. Give a memoised function. */
export function usePrintPreparation(prepare: () => Promise<void>): void {
  useEffect(() => {
    preparations.add(prepare);
    return () => void preparations.delete(prepare);
  }, [prepare]);
}

/** Keeps the view laid out for paper while `print` runs. Does nothing if something is being printed already. */
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
