import { atStart } from '../../api/window-state.ts';

/**
 * A click with Ctrl (⌘) or the middle button that is being handled: navigation then opens a new tab. All navigation goes through
 * address.ts, so links need not know.
 */
let aside: { event: MouseEvent } | null;
atStart(() => (aside = null));

/** Elements that the middle button opens in a new tab. */
const links = 'a, [data-link], .link-button, .rail-entry';

function onClick(event: MouseEvent): void {
  aside = event.ctrlKey || event.metaKey ? { event } : null;
  // Navigation happens before the event is fully handled.
  setTimeout(() => {
    if (aside?.event === event) aside = null;
  });
}

function onMiddle(event: MouseEvent): void {
  const link = event.button === 1 && event.target instanceof Element ? event.target.closest(links) : null;
  if (!link) return;
  event.preventDefault();
  link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
}

/** Whether the current event asks for a new tab. */
export const isAside = (): boolean => aside !== null;

/** Like `isAside`, but true only once for each click. */
export function takeAside(): boolean {
  const isOpen = aside !== null;
  aside = null;
  return isOpen;
}

export function followClicks(): () => void {
  addEventListener('click', onClick, true);
  addEventListener('auxclick', onMiddle, true);
  return () => {
    removeEventListener('click', onClick, true);
    removeEventListener('auxclick', onMiddle, true);
  };
}
