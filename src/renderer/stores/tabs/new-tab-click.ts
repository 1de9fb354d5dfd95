import { atStart } from '../../api/window-state.ts';
import { listen } from '../../ui/listen.ts';

/**
 * A click with Ctrl (⌘) or the middle button that is being handled: navigation then opens a new tab. All navigation goes through
 * address.ts, so links need no code for it.
 */
let newTabClick: { event: MouseEvent } | null;
atStart(() => (newTabClick = null));

/** Elements that the middle button opens in a new tab. */
const linkSelector = 'a, [data-link], .link-button, .rail-entry';

function onClick(event: MouseEvent): void {
  newTabClick = event.ctrlKey || event.metaKey ? { event } : null;
  // Navigation happens before the event is fully handled.
  setTimeout(() => {
    if (newTabClick?.event === event) newTabClick = null;
  });
}

function onMiddleClick(event: MouseEvent): void {
  const link =
    event.button === 1 && event.target instanceof Element ? event.target.closest(linkSelector) : null;
  if (!link) return;
  event.preventDefault();
  link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
}

/** Whether the current event asks for a new tab. */
export const isNewTabClick = (): boolean => newTabClick !== null;

/** Like `isNewTabClick`, but true only once for each click. */
export function takeNewTabClick(): boolean {
  const isPending = newTabClick !== null;
  newTabClick = null;
  return isPending;
}

export const trackClicks = (): (() => void) => listen({ click: onClick, auxclick: onMiddleClick }, true);
