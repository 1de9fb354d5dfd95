import { z } from 'zod';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import type { Address } from '#shared/address/view.ts';
import type { Json } from '#shared/domain/json.ts';
import { openTarget, openWorkspace } from '../target.ts';
import { shareLimits } from './layout.ts';
import type { Layout, Pane, Tab } from './layout.ts';
import { keepScroll, scrollOf } from './scroll.ts';
import { currentOf, homePlace } from './trail.ts';
import { beginAt, currentAddress, showOnce } from '../address.ts';
import { openedAt } from '../another-window.ts';
import { setSeatItem, useSeat } from '../seat.ts';
import { useTabs } from './store.ts';

/** Trail entries that are stored before and after the current one. */
const reach = 10;

const keptTab = z.object({
  id: z.string().regex(/^t\d+$/),
  pinned: z.boolean(),
  at: z.number().int().min(0),
  places: z.array(z.string()),
  scroll: z.number().min(0),
});

const keptLayout = z.object({
  focused: z.string(),
  share: z.number().min(shareLimits.least).max(shareLimits.most),
  panes: z
    .array(
      z.object({
        id: z.string().regex(/^p\d+$/),
        active: z.string(),
        tabs: z.array(keptTab).min(1).max(500),
      }),
    )
    .min(1)
    .max(2),
});

function tabToKeep(tab: Tab): z.input<typeof keptTab> {
  const from = Math.max(0, tab.at - reach);
  return {
    id: tab.id,
    pinned: tab.pinned,
    at: tab.at - from,
    places: tab.places.slice(from, tab.at + 1 + reach).map(printAddress),
    scroll: Math.round(scrollOf(currentOf(tab))),
  };
}

/** The layout as stored in the seat, without closed tabs. */
export function layoutToKeep({ panes, focused, share }: Layout): Json {
  const kept = panes.map(({ id, active, tabs }) => ({ id, active, tabs: tabs.map(tabToKeep) }));
  return { focused, share, panes: kept } satisfies z.input<typeof keptLayout>;
}

/** The address, unless it cannot be restored: an import ends with its window. */
function placeOf(text: string): Address[] {
  const place = parseAddress(text);
  return place && place.target === openTarget() && place.view.kind !== 'import' ? [place] : [];
}

function tabFrom({ id, pinned, at, places, scroll }: z.output<typeof keptTab>): Tab[] {
  const before = places.slice(0, at + 1).flatMap(placeOf);
  const all = [...before, ...places.slice(at + 1).flatMap(placeOf)];
  if (all.length === 0) return [];
  const tab: Tab = { id, pinned, places: all, at: Math.max(0, before.length - 1) };
  keepScroll(currentOf(tab), scroll);
  return [tab];
}

/** The stored layout as far as it can be restored; null if nothing can. */
export function layoutFrom(item: unknown): Layout | null {
  const kept = z.safeParse(keptLayout, item);
  if (!kept.success) return null;
  const seen = new Set<string>();
  const isNew = ({ id }: { id: string }): boolean => !seen.has(id) && seen.add(id) !== undefined;
  const panes = kept.data.panes.filter(isNew).flatMap(({ id, active, tabs }): Pane[] => {
    const open = tabs.filter(isNew).flatMap(tabFrom);
    const ordered = open.toSorted((a, b) => Number(b.pinned) - Number(a.pinned));
    const [first] = ordered;
    if (!first) return [];
    return [{ id, tabs: ordered, active: ordered.find((tab) => tab.id === active)?.id ?? first.id }];
  });
  const [first] = panes;
  if (!first) return null;
  const numbers = [...seen].map((id) => Number(id.slice(1)));
  return {
    panes,
    focused: panes.find(({ id }) => id === kept.data.focused)?.id ?? first.id,
    share: kept.data.share,
    closed: [],
    next: Math.max(...numbers) + 1,
  };
}

/** The item of the layout; `place` is its former name, before there were tabs. */
const key = 'tabs';
const formerKey = 'place';
/** Milliseconds between checks of scroll positions, which change without other events. */
const pace = 400;

type Items = Readonly<Record<string, Json>>;

/** The session item of a window other than the first. */
const ownTabs = (): string => `${key}@${openWorkspace()}/${openTarget()}`;

function readOwn(): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(ownTabs()) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * Restores panes, tabs, filters and scroll positions from the seat; `atHome` opens Home in front. Other windows start at their given
 * address, or with their own tabs after a reload.
 */
export function resumeTabs(items: Items, atHome = false): void {
  const at = openedAt();
  const kept = layoutFrom(at === null ? items[key] : readOwn());
  if (kept) useTabs.setState(kept, true);
  else beginAt(at ?? items[formerKey]);
  if (at === null && atHome && currentAddress().view.kind !== 'home') showOnce(homePlace.view);
}

/** Stores the layout now and on each change. Returns a function that stops it. */
export function keepTabs(): () => void {
  const isFirst = openedAt() === null;
  let last = isFirst ? JSON.stringify(useSeat.getState().items[key]) : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const kept = layoutToKeep(useTabs.getState());
    const text = JSON.stringify(kept);
    if (text !== last && isFirst) setSeatItem(key, kept);
    else if (text !== last) sessionStorage.setItem(ownTabs(), text);
    last = text;
  };
  const later = (): void => void (timer ??= setTimeout(look, pace));
  // A tab may have been opened since the seat was read.
  look();
  const stop = useTabs.subscribe(look);
  // Scroll events do not bubble, but they can be captured.
  addEventListener('scroll', later, { capture: true, passive: true });
  return () => {
    stop();
    removeEventListener('scroll', later, { capture: true });
    look();
  };
}
