import { modals } from '@mantine/modals';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { atStart } from '../api/window-state.ts';
import { openerOf } from './focus.ts';
import { listen } from './listen.ts';
import { useCovered } from './overlay.ts';
import { DialogCloseSignal } from './useDialogWork.ts';

/** Inputs with initial focus. Buttons that appear late get none, because the person could be pressing Enter already. */
const fieldSelector = ':is(input, textarea)[data-autofocus]:not(:disabled)';

/** Focuses the field of a dialog once it appears, unless the focus was moved. Returns a function that stops waiting. */
export function focusField(container: HTMLElement): () => void {
  const dialog = container.closest<HTMLElement>('[role="dialog"]') ?? container;
  const tryFocus = (): void => {
    const field = container.querySelector<HTMLElement>(fieldSelector);
    if (!field) return;
    stop();
    if (!container.contains(document.activeElement) || document.activeElement === container)
      field.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(tryFocus);
  const onFocus = ({ target }: FocusEvent): void => {
    if (target instanceof Node && !container.contains(target)) container.focus({ preventScroll: true });
  };
  const onMove = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key === 'Tab') stop();
  };
  const stop = (): void => {
    observer.disconnect();
    dialog.removeEventListener('focusin', onFocus);
    stopMoves();
  };
  observer.observe(container, { childList: true, subtree: true });
  dialog.addEventListener('focusin', onFocus);
  const stopMoves = listen({ keydown: onMove, pointerdown: onMove }, true);
  return stop;
}

interface DialogSettings {
  title: string;
  size?: number;
}

const hasFocus = (container: HTMLElement | null): boolean =>
  container?.contains(document.activeElement) ?? false;

/** A dialog beneath a full-window overlay is unreachable, and Esc does not close it. */
function useInertWhenCovered(modalId: string): void {
  const isCovered = useCovered();
  const wasCovered = useRef(false);
  useEffect(() => {
    if (isCovered === wasCovered.current) return;
    wasCovered.current = isCovered;
    modals.updateModal({ modalId, inert: isCovered, closeOnEscape: !isCovered });
  }, [modalId, isCovered]);
}

/** Publishes the dialog's width, so that notices appear next to it. */
function useWidth(size: number | undefined): void {
  useLayoutEffect(() => {
    if (size === undefined) return;
    const { style } = document.body;
    style.setProperty('--dialog-width', `${size}px`);
    return () => {
      style.removeProperty('--dialog-width');
    };
  }, [size]);
}

interface DialogContent {
  modalId: string;
  size: number | undefined;
  children: ReactNode;
}

function DialogBody({ modalId, size, children }: DialogContent) {
  useInertWhenCovered(modalId);
  useWidth(size);
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Runs after the dialog has recorded the previous focus, which it does in the same effects.
    queueMicrotask(() => {
      const initialElement = container.current?.querySelector<HTMLElement>('[data-autofocus]') ?? null;
      initialElement?.focus({ preventScroll: true });
      // If the field cannot be used yet, the dialog itself has the focus, so that keys stay in it.
      if (!hasFocus(container.current)) container.current?.focus({ preventScroll: true });
    });
    const stopWaiting = container.current ? focusField(container.current) : () => {};
    // A button that becomes disabled loses the focus to the page, from where Tab would move behind the dialog.
    const onKey = (event: KeyboardEvent): void => {
      const { current } = container;
      if (event.key === 'Tab' && document.activeElement === document.body) current?.focus();
    };
    const stopKeys = listen({ keydown: onKey }, true);
    return () => {
      stopWaiting();
      stopKeys();
    };
  }, []);
  return (
    <div ref={container} className="dialog-content" tabIndex={-1}>
      {children}
    </div>
  );
}

function returnMenuFocus(): void {
  const { activeElement } = document;
  if (activeElement?.closest('[role="menu"]')) openerOf(activeElement)?.focus({ preventScroll: true });
}

let dialogCount: number;
const openDialogs = new Set<string>();
atStart(() => {
  dialogCount = 0;
  openDialogs.clear();
});

export const isDialogOpen = (): boolean =>
  openDialogs.size > 0 && document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/** Opens a dialog with new content; the previous one can still be fading out. */
export function openDialog(
  settings: DialogSettings,
  content: (close: () => void) => ReactNode,
  onClose?: () => void,
): void {
  returnMenuFocus();
  dialogCount += 1;
  const modalId = `dialog-${dialogCount}`;
  const close = (): void => modals.close(modalId);
  let isEnded = false;
  const closeController = new AbortController();
  // Not called for a dialog that was never rendered, so `isDialogOpen` looks at the page too.
  const onEnd = (): void => {
    closeController.abort();
    openDialogs.delete(modalId);
    if (!isEnded) onClose?.();
    isEnded = true;
  };
  openDialogs.add(modalId);
  modals.open({
    modalId,
    ...settings,
    onClose: onEnd,
    children: (
      <DialogCloseSignal value={closeController.signal}>
        <DialogBody key={modalId} modalId={modalId} size={settings.size}>
          {content(close)}
        </DialogBody>
      </DialogCloseSignal>
    ),
  });
}

/** Opens a dialog that asks, and returns the answer; `defaultAnswer` if it is closed without one. */
export function askDialog<T>(
  settings: DialogSettings,
  defaultAnswer: T,
  content: (onAnswer: (answer: T) => void) => ReactNode,
): Promise<T> {
  return new Promise((resolve) => {
    openDialog(
      settings,
      (close) =>
        content((answer) => {
          resolve(answer);
          close();
        }),
      () => resolve(defaultAnswer),
    );
  });
}
