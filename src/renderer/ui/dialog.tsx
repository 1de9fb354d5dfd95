import { modals } from '@mantine/modals';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { atStart } from '../api/window-state.ts';
import { openerOf } from './focus.ts';
import { useCovered } from './over.ts';
import { DialogClosed } from './useEnding.ts';

/** Inputs with initial focus. Buttons that appear late get none, because Enter may be pressed by then. */
const fields = ':is(input, textarea)[data-autofocus]:not(:disabled)';

/**
 * Focuses the field of a dialog that appears after loading, unless the focus was moved. Until then the dialog itself has the focus instead
 * of its close button. Returns a function that stops it.
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
  size?: number;
}

const isIn = (place: HTMLElement | null): boolean => place?.contains(document.activeElement) ?? false;

/** A dialog beneath a full-window overlay is unreachable, and Esc does not close it. */
function useBeneath(modalId: string): void {
  const covered = useCovered();
  const was = useRef(false);
  useEffect(() => {
    if (covered === was.current) return;
    was.current = covered;
    modals.updateModal({ modalId, inert: covered, closeOnEscape: !covered });
  }, [modalId, covered]);
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

function Content({ modalId, size, children }: DialogContent) {
  useBeneath(modalId);
  useWidth(size);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the dialog has recorded the previous focus, which it does in the same effects.
    queueMicrotask(() => {
      const first = place.current?.querySelector<HTMLElement>('[data-autofocus]') ?? null;
      first?.focus({ preventScroll: true });
      // If the field cannot be used yet, the dialog itself has the focus, so that keys stay in it.
      if (!isIn(place.current)) place.current?.focus({ preventScroll: true });
    });
    const stopWaiting = place.current ? focusField(place.current) : () => {};
    // A button that becomes disabled loses the focus to the page, from where Tab would move behind the dialog.
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

function leaveMenu(): void {
  const { activeElement } = document;
  if (activeElement?.closest('[role="menu"]')) openerOf(activeElement)?.focus({ preventScroll: true });
}

let opened: number;
const waiting = new Set<string>();
atStart(() => {
  opened = 0;
  waiting.clear();
});

export const isDialogOpen = (): boolean =>
  waiting.size > 0 && document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/** Opens a dialog with new content; the previous one may still be fading out. */
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
  // A dialog that was never rendered reports no closing.
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

/** Opens a dialog that asks, and returns the answer; `otherwise` if it is closed without one. */
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
