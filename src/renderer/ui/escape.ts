import type { KeyboardEvent } from 'react';

/**
 * Hears Esc within what floats: it closes that and nothing behind it. The button that opened it needs this too, while it is `opened`:
 * the focus comes into what floats a moment later.
 */
export function closing(close: () => void, opened = true): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (!opened || event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
}

const floating =
  '.mantine-Popover-dropdown, .mantine-Combobox-dropdown, .mantine-Menu-dropdown, [role="menu"], [role="dialog"], [aria-haspopup][aria-expanded="true"]';

/**
 * Hears Esc anywhere in the window, unless something in front takes it: a menu or list that is open, a dialog, whoever prevents what
 * follows. Gives a function that ends it.
 */
export function onEscape(run: () => void): () => void {
  let taken = false;
  // What floats may be gone when the key has come all the way: it is looked at on the key's way down.
  const before = ({ key, target }: globalThis.KeyboardEvent): void => {
    if (key !== 'Escape') return;
    // A menu opened with the right button closes too, wherever the focus was left.
    const menu = document.querySelector('[role="menu"]') !== null;
    taken = menu || (target instanceof Element && target.closest(floating) !== null);
  };
  const after = (event: globalThis.KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && !taken) run();
  };
  window.addEventListener('keydown', before, true);
  window.addEventListener('keydown', after);
  return () => {
    window.removeEventListener('keydown', before, true);
    window.removeEventListener('keydown', after);
  };
}
