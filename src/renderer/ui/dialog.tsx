import { modals } from '@mantine/modals';
import { Fragment } from 'react';
import type { ReactNode } from 'react';

interface Settings {
  title: string;
  /** Its width in pixels, where it is not the usual one. */
  size?: number;
}

let opened = 0;

/**
 * Opens a dialog. Its content begins anew each time: the one before may still be fading out, and what was chosen there is not
 * chosen here.
 */
export function openDialog(
  settings: Settings,
  content: (close: () => void) => ReactNode,
  onClose?: () => void,
): void {
  opened += 1;
  const modalId = `dialog-${opened}`;
  modals.open({
    modalId,
    ...settings,
    ...(onClose ? { onClose } : {}),
    children: <Fragment key={modalId}>{content(() => modals.close(modalId))}</Fragment>,
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
