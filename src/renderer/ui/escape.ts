import type { KeyboardEvent } from 'react';
import { openerOf } from './focus.ts';

/**
 * Closes a popover on Esc, and nothing behind it. Its button needs the handler too while it is `opened`, because the popover takes the
 * focus a moment later.
 */
export function closeOnEscape(close: () => void, opened = true): (event: KeyboardEvent<HTMLElement>) => void {
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
 * Handles Esc anywhere in the window, unless an open menu, list or dialog handles it or its default is prevented. Returns a function that
 * stops it.
 */
export function onEscape(run: () => void): () => void {
  let taken = false;
  // Captured, because a popover may be gone when the event bubbles.
  const before = ({ key, target }: globalThis.KeyboardEvent): void => {
    if (key !== 'Escape') return;
    // A context menu closes on Esc too, wherever the focus is.
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

function inFront(): Element | undefined {
  const all = [
    ...document.querySelectorAll('.mantine-Popover-dropdown[role="dialog"], [data-menu-dropdown]'),
  ];
  return all.findLast((one) => openerOf(one)?.getAttribute('aria-expanded') !== 'false');
}

/**
 * Forwards Esc to a popover that has not taken the focus yet, also from its button, and to menus without enabled entries. Fields and
 * popovers keep theirs. Returns a function that stops it.
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
