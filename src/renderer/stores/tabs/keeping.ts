import type { Json } from '#shared/domain/json.ts';
import { beginAt, here, showOnce } from '../address.ts';
import { keep, useSeat } from '../seat.ts';
import { layoutFrom, layoutToKeep } from './kept.ts';
import { useTabs } from './store.ts';
import { home } from './trail.ts';

/** Under which the seat keeps what the window shows; `place` is where it was before there were tabs. */
const key = 'tabs';
const formerKey = 'place';
/** How often the figures of scrolling are looked at, in milliseconds: they change without anything else doing so. */
const pace = 400;

type Items = Readonly<Record<string, Json>>;

/** Shows what was kept for this seat: panes, tabs, filters, how far each was scrolled; with `atHome` Home in front of it. */
export function resumeTabs(items: Items, atHome = false): void {
  const kept = layoutFrom(items[key]);
  if (kept) useTabs.setState(kept, true);
  else beginAt(items[formerKey]);
  if (atHome && here().view.kind !== 'home') showOnce(home.view);
}

/** Keeps what the window shows, now and whenever it changes. Gives a function that ends it. */
export function keepTabs(): () => void {
  let last = JSON.stringify(useSeat.getState().items[key]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const kept = layoutToKeep(useTabs.getState());
    const text = JSON.stringify(kept);
    if (text !== last) keep(key, kept);
    last = text;
  };
  const later = (): void => void (timer ??= setTimeout(look, pace));
  // A tab may have been opened since the seat was read: by who turned here, or as Home in front.
  look();
  const stop = useTabs.subscribe(look);
  // Scrolling does not bubble, but is heard on its way down.
  addEventListener('scroll', later, { capture: true, passive: true });
  return () => {
    stop();
    removeEventListener('scroll', later, { capture: true });
    look();
  };
}
