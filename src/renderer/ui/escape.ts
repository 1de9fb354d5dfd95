import type { KeyboardEvent } from 'react';
import { openerOf } from './focus.ts';
import { listen } from './listen.ts';

/** Closes only this popover on Esc. While it is open, its button also needs the handler: the popover takes the focus later. */
export function closeOnEscape(close: () => void, isOpen = true): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (!isOpen || event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
}

const openerSelector = '[aria-haspopup][aria-expanded="true"]';
const popoverSelector =
  '.mantine-Popover-dropdown, .mantine-Combobox-dropdown, .mantine-Menu-dropdown, [role="menu"], [role="dialog"]';
const floatingSelector = `${popoverSelector}, ${openerSelector}`;

/** Handles Esc unless something in the window handles it or prevents its default. Returns a function that stops handling. */
export function onEscape(run: () => void): () => void {
  let isHandled = false;
  // Captured, because a popover can be closed already when the event bubbles.
  const onCapture = ({ key, target }: globalThis.KeyboardEvent): void => {
    if (key !== 'Escape') return;
    // A context menu closes on Esc too, wherever the focus is.
    const hasMenu = document.querySelector('[role="menu"]') !== null;
    isHandled = hasMenu || (target instanceof Element && target.closest(floatingSelector) !== null);
  };
  const onBubble = (event: globalThis.KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && !isHandled) run();
  };
  const stops = [listen({ keydown: onCapture }, true), listen({ keydown: onBubble })];
  return () => {
    for (const stop of stops) stop();
  };
}

function frontPopover(): Element | undefined {
  const popovers = [
    ...document.querySelectorAll('.mantine-Popover-dropdown[role="dialog"], [data-menu-dropdown]'),
  ];
  return popovers.findLast((popover) => openerOf(popover)?.getAttribute('aria-expanded') !== 'false');
}

/**
 * Forwards Esc to a popover that has not taken the focus yet, also from its button, and to menus without enabled entries. Fields and
 * popovers with the focus handle Esc themselves. Returns a function that stops it.
 */
export function forwardEscape(): () => void {
  const onKey = (event: globalThis.KeyboardEvent): void => {
    const { key, target, isComposing } = event;
    if (key !== 'Escape' || isComposing || !(target instanceof Element)) return;
    if (target.closest(`${popoverSelector}, input, textarea, [contenteditable="true"]`)) return;
    const popover = frontPopover();
    const button = target.closest(openerSelector);
    if (!popover || (button && button !== openerOf(popover))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    popover.dispatchEvent(new globalThis.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
  return listen({ keydown: onKey }, true);
}
