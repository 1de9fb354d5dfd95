import { createContext, useContext, useRef } from 'react';

/** Aborted when the surrounding dialog closes, before it has faded out. Null outside of dialogs. */
export const DialogCloseSignal = createContext<AbortSignal | null>(null);

interface DialogWork {
  /** Returns a signal for new work: aborted by `end`, and when the dialog closes. */
  begin: () => AbortSignal;
  end: () => void;
}

/** Cancels the work of a dialog, also when it is closed by Esc or its close button. */
export function useDialogWork(): DialogWork {
  const closeSignal = useContext(DialogCloseSignal);
  const controllerRef = useRef<AbortController | null>(null);
  return {
    begin: () => {
      const controller = new AbortController();
      controllerRef.current = controller;
      return closeSignal ? AbortSignal.any([controller.signal, closeSignal]) : controller.signal;
    },
    end: () => controllerRef.current?.abort(),
  };
}
