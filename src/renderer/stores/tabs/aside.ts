/**
 * Whether what happens now is a click with Ctrl (⌘) or the middle button on something that leads elsewhere: then it leads there in a
 * new tab. Everything that goes somewhere goes through address.ts, so a link needs to know nothing of it.
 */
let aside: { event: MouseEvent } | null = null;

/** What the middle button opens in a new tab: what is a link, whatever it is drawn as. */
const links = 'a, [data-link], .link-button, .rail-entry';

function onClick(event: MouseEvent): void {
  aside = event.ctrlKey || event.metaKey ? { event } : null;
  // Whoever goes somewhere does so before the event has run its course.
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

/** Whether what happens now asks for a new tab. */
export const isAside = (): boolean => aside !== null;

/** True once for a click that asks for a new tab. */
export function takeAside(): boolean {
  const wanted = aside !== null;
  aside = null;
  return wanted;
}

/** Follows clicks. Gives a function that ends it. */
export function followClicks(): () => void {
  addEventListener('click', onClick, true);
  addEventListener('auxclick', onMiddle, true);
  return () => {
    removeEventListener('click', onClick, true);
    removeEventListener('auxclick', onMiddle, true);
  };
}
