import { createContext, useContext, useRef } from 'react';

/** Aborted when the surrounding dialog closes, before it has faded out. Null outside of dialogs. */
export const DialogClosed = createContext<AbortSignal | null>(null);

interface Ending {
  /** Returns a signal for new work: aborted by `end`, and when the dialog closes. */
  begin: () => AbortSignal;
  end: () => void;
}

/** Cancels the work of a dialog, also when it is closed by Esc or its close button. */
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
