import { createContext, useContext, useRef } from 'react';

/** Raised when the dialog around is closed, in whatever way; it is drawn for a moment longer. Null outside of dialogs. */
export const DialogClosed = createContext<AbortSignal | null>(null);

interface Ending {
  /** The signal for work that begins now: raised by `end`, and when the dialog is closed while the work goes on. */
  begin: () => AbortSignal;
  end: () => void;
}

/** A way to give up what a dialog does, also with Esc and its X: nobody who closed it expects that it goes on. */
export function useEnding(): Ending {
  const closed = useContext(DialogClosed);
  const ending = useRef<AbortController | null>(null);
  return {
    begin: () => {
      const now = new AbortController();
      ending.current = now;
      return closed ? AbortSignal.any([now.signal, closed]) : now.signal;
    },
    end: () => ending.current?.abort(),
  };
}
