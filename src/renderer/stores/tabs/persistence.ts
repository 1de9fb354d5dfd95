import { z } from 'zod';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import type { Address } from '#shared/address/view.ts';
import type { Json } from '#shared/domain/json.ts';
import { pageTarget, pageWorkspaceId } from '../target.ts';
import { shareLimits } from './layout.ts';
import type { Layout, Pane, Tab } from './layout.ts';
import { setScroll, scrollOf } from './scroll.ts';
import { currentOf, homeEntry } from './trail.ts';
import { startAt, currentAddress, showOnce } from '../address.ts';
import { startAddress } from '../start-address.ts';
import { setSeatItem, useSeat } from '../seat.ts';
import { useTabs } from './store.ts';

/** Maximum number of trail entries that are stored before the current one, and after it. */
const maxSteps = 10;

const tabSchema = z.object({
  id: z.string().regex(/^t\d+$/),
  pinned: z.boolean(),
  at: z.number().int().min(0),
  places: z.array(z.string()),
  scroll: z.number().min(0),
});

const layoutSchema = z.object({
  focused: z.string(),
  share: z.number().min(shareLimits.min).max(shareLimits.max),
  panes: z
    .array(
      z.object({
        id: z.string().regex(/^p\d+$/),
        active: z.string(),
        tabs: z.array(tabSchema).min(1).max(500),
      }),
    )
    .min(1)
    .max(2),
});

function tabToJson(tab: Tab): z.input<typeof tabSchema> {
  const firstIndex = Math.max(0, tab.index - maxSteps);
  return {
    id: tab.id,
    pinned: tab.pinned,
    at: tab.index - firstIndex,
    places: tab.entries.slice(firstIndex, tab.index + 1 + maxSteps).map(printAddress),
    scroll: Math.round(scrollOf(currentOf(tab))),
  };
}

/** The layout as stored in the seat, without closed tabs. */
export function layoutToJson({ panes, focused, share }: Layout): Json {
  const storedPanes = panes.map(({ id, active, tabs }) => ({ id, active, tabs: tabs.map(tabToJson) }));
  return { focused, share, panes: storedPanes } satisfies z.input<typeof layoutSchema>;
}

/** The address, unless it cannot be restored: an import ends with its window. */
function parseEntry(text: string): Address[] {
  const address = parseAddress(text);
  return address && address.target === pageTarget() && address.view.kind !== 'import' ? [address] : [];
}

function parseTab({ id, pinned, at, places, scroll }: z.output<typeof tabSchema>): Tab[] {
  const earlierEntries = places.slice(0, at + 1).flatMap(parseEntry);
  const entries = [...earlierEntries, ...places.slice(at + 1).flatMap(parseEntry)];
  if (entries.length === 0) return [];
  const tab: Tab = { id, pinned, entries, index: Math.max(0, earlierEntries.length - 1) };
  setScroll(currentOf(tab), scroll);
  return [tab];
}

/** The stored layout as far as it can be restored; null if nothing can. */
export function parseLayout(item: unknown): Layout | null {
  const parsed = z.safeParse(layoutSchema, item);
  if (!parsed.success) return null;
  const usedIds = new Set<string>();
  const isFirstUse = ({ id }: { id: string }): boolean => !usedIds.has(id) && usedIds.add(id) !== undefined;
  const panes = parsed.data.panes.filter(isFirstUse).flatMap(({ id, active, tabs }): Pane[] => {
    const openTabs = tabs.filter(isFirstUse).flatMap(parseTab);
    const orderedTabs = openTabs.toSorted((a, b) => Number(b.pinned) - Number(a.pinned));
    const [firstTab] = orderedTabs;
    if (!firstTab) return [];
    return [
      { id, tabs: orderedTabs, active: orderedTabs.find((tab) => tab.id === active)?.id ?? firstTab.id },
    ];
  });
  const [firstPane] = panes;
  if (!firstPane) return null;
  const numbers = [...usedIds].map((id) => Number(id.slice(1)));
  return {
    panes,
    focused: panes.find(({ id }) => id === parsed.data.focused)?.id ?? firstPane.id,
    share: parsed.data.share,
    closed: [],
    next: Math.max(...numbers) + 1,
  };
}

/** The seat item of the layout, and its former name, before there were tabs. */
const itemKey = 'tabs';
const formerKey = 'place';
/** Milliseconds between checks of scroll positions, which change without other events. */
const checkMs = 400;

type Items = Readonly<Record<string, Json>>;

/** The session item of a window other than the first. */
const sessionKey = (): string => `${itemKey}@${pageWorkspaceId()}/${pageTarget()}`;

function readSession(): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(sessionKey()) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * Restores panes, tabs, filters and scroll positions from the seat; `atHome` opens Home in front. Other windows start at their given
 * address, or with their own tabs after a reload.
 */
export function resumeTabs(items: Items, atHome = false): void {
  const address = startAddress();
  const layout = parseLayout(address === null ? items[itemKey] : readSession());
  if (layout) useTabs.setState(layout, true);
  else startAt(address ?? items[formerKey]);
  if (address === null && atHome && currentAddress().view.kind !== 'home') showOnce(homeEntry.view);
}

/** Stores the layout now and on each change. Returns a function that stores it a last time and stops. */
export function persistTabs(): () => void {
  const isFirstWindow = startAddress() === null;
  let lastText = isFirstWindow ? JSON.stringify(useSeat.getState().items[itemKey]) : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const storeChanges = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const layout = layoutToJson(useTabs.getState());
    const text = JSON.stringify(layout);
    if (text !== lastText && isFirstWindow) setSeatItem(itemKey, layout);
    else if (text !== lastText) sessionStorage.setItem(sessionKey(), text);
    lastText = text;
  };
  const scheduleStore = (): void => void (timer ??= setTimeout(storeChanges, checkMs));
  // A tab can have been opened since the seat was read.
  storeChanges();
  const unsubscribe = useTabs.subscribe(storeChanges);
  // Scroll events do not bubble, but they can be captured.
  addEventListener('scroll', scheduleStore, { capture: true, passive: true });
  return () => {
    unsubscribe();
    removeEventListener('scroll', scheduleStore, { capture: true });
    storeChanges();
  };
}
