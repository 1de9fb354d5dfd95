import { modals } from '@mantine/modals';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { openerOf } from './focus.ts';
import { useCovered } from './over.ts';
import { DialogClosed } from './useEnding.ts';

/** Fields that are to have the focus; a button that comes late takes none, as Enter may be down by then. */
const fields = ':is(input, textarea)[data-autofocus]:not(:disabled)';

/**
 * Gives the focus to the field of a dialog that comes only when something was read. Until then the dialog itself keeps it, and not its X.
 * It is left alone once somebody moved it. Gives a function that ends it.
 */
export function focusField(place: HTMLElement): () => void {
  const dialog = place.closest<HTMLElement>('[role="dialog"]') ?? place;
  const focus = (): void => {
    const field = place.querySelector<HTMLElement>(fields);
    if (!field) return;
    end();
    if (!place.contains(document.activeElement) || document.activeElement === place)
      field.focus({ preventScroll: true });
  };
  const watching = new MutationObserver(focus);
  const onFocus = ({ target }: FocusEvent): void => {
    if (target instanceof Node && !place.contains(target)) place.focus({ preventScroll: true });
  };
  const onMove = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key === 'Tab') end();
  };
  const end = (): void => {
    watching.disconnect();
    dialog.removeEventListener('focusin', onFocus);
    removeEventListener('keydown', onMove, true);
    removeEventListener('pointerdown', onMove, true);
  };
  watching.observe(place, { childList: true, subtree: true });
  dialog.addEventListener('focusin', onFocus);
  addEventListener('keydown', onMove, true);
  addEventListener('pointerdown', onMove, true);
  return end;
}

interface Settings {
  title: string;
  /** Its width in pixels, where it is not the usual one. */
  size?: number;
}

const isIn = (place: HTMLElement | null): boolean => place?.contains(document.activeElement) ?? false;

/** Beneath what stands over the whole window a dialog cannot be reached, and Esc does not close it: it is there again afterwards. */
function useBeneath(modalId: string): void {
  const covered = useCovered();
  const was = useRef(false);
  useEffect(() => {
    if (covered === was.current) return;
    was.current = covered;
    modals.updateModal({ modalId, inert: covered, closeOnEscape: !covered });
  }, [modalId, covered]);
}

/** The page knows how wide the dialog is: notices are read beside it. */
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

interface Standing {
  modalId: string;
  size: number | undefined;
  children: ReactNode;
}

function Content({ modalId, size, children }: Standing) {
  useBeneath(modalId);
  useWidth(size);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Not before the dialog has noted what had the focus, which it does among these effects.
    queueMicrotask(() => {
      const first = place.current?.querySelector<HTMLElement>('[data-autofocus]') ?? null;
      first?.focus({ preventScroll: true });
      // What cannot be used yet takes no focus: then the dialog itself has it, so that keys stay in it.
      if (!isIn(place.current)) place.current?.focus({ preventScroll: true });
    });
    const stopWaiting = place.current ? focusField(place.current) : () => {};
    // A button that is no longer to be used loses the focus to nothing: from there Tab would walk behind the dialog.
    const onKey = (event: KeyboardEvent): void => {
      const { current } = place;
      if (event.key === 'Tab' && document.activeElement === document.body) current?.focus();
    };
    addEventListener('keydown', onKey, true);
    return () => {
      stopWaiting();
      removeEventListener('keydown', onKey, true);
    };
  }, []);
  return (
    <div ref={place} className="dialog-content" tabIndex={-1}>
      {children}
    </div>
  );
}

/** A menu is gone by the time what was chosen in it is closed: its button is what gets the focus back, and so has it before. */
function leaveMenu(): void {
  const { activeElement } = document;
  if (activeElement?.closest('[role="menu"]')) openerOf(activeElement)?.focus({ preventScroll: true });
}

let opened = 0;
const waiting = new Set<string>();

/** Whether a dialog waits for an answer; one that only fades out does not. */
export const isDialogOpen = (): boolean =>
  waiting.size > 0 && document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/**
 * Opens a dialog. Its content begins anew each time: the one before may still be fading out, and what was chosen there is not
 * chosen here.
 */
export function openDialog(
  settings: Settings,
  content: (close: () => void) => ReactNode,
  onClose?: () => void,
): void {
  leaveMenu();
  opened += 1;
  const modalId = `dialog-${opened}`;
  const close = (): void => modals.close(modalId);
  let ended = false;
  const closed = new AbortController();
  // What was never drawn tells nobody that it was closed.
  const end = (): void => {
    closed.abort();
    waiting.delete(modalId);
    if (!ended) onClose?.();
    ended = true;
  };
  waiting.add(modalId);
  modals.open({
    modalId,
    ...settings,
    onClose: end,
    children: (
      <DialogClosed value={closed.signal}>
        <Content key={modalId} modalId={modalId} size={settings.size}>
          {content(close)}
        </Content>
      </DialogClosed>
    ),
  });
}

/** Opens a dialog that is a question, and gives its answer; `otherwise` when it is closed without one. */
export function askDialog<T>(
  settings: Settings,
  otherwise: T,
  content: (answer: (given: T) => void) => ReactNode,
): Promise<T> {
  return new Promise((resolve) => {
    openDialog(
      settings,
      (close) =>
        content((given) => {
          resolve(given);
          close();
        }),
      () => resolve(otherwise),
    );
  });
}
