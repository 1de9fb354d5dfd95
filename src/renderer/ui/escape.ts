import type { KeyboardEvent } from 'react';
import { openerOf } from './focus.ts';

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

const opener = '[aria-haspopup][aria-expanded="true"]';
const within =
  '.mantine-Popover-dropdown, .mantine-Combobox-dropdown, .mantine-Menu-dropdown, [role="menu"], [role="dialog"]';
const floating = `${within}, ${opener}`;

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

/** What floats in front and is not on its way out. A context menu has no opener. */
function inFront(): Element | undefined {
  const all = [
    ...document.querySelectorAll('.mantine-Popover-dropdown[role="dialog"], [data-menu-dropdown]'),
  ];
  return all.findLast((one) => openerOf(one)?.getAttribute('aria-expanded') !== 'false');
}

/**
 * What a key or a menu opened takes the focus a moment later, and a menu whose entries cannot be chosen does not; until then Esc is
 * handed on to it, also from the button that opened it. A field and what floats keep theirs. Gives a function that ends it.
 */
export function handEscape(): () => void {
  const onKey = (event: globalThis.KeyboardEvent): void => {
    const { key, target, isComposing } = event;
    if (key !== 'Escape' || isComposing || !(target instanceof Element)) return;
    if (target.closest(`${within}, input, textarea, [contenteditable="true"]`)) return;
    const front = inFront();
    const button = target.closest(opener);
    if (!front || (button && button !== openerOf(front))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    front.dispatchEvent(new globalThis.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
  window.addEventListener('keydown', onKey, true);
  return () => window.removeEventListener('keydown', onKey, true);
}
