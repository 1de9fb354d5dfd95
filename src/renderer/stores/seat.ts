import { onShellEvent, shell } from '../api/shell.ts';
import type { Json } from '#shared/domain/json.ts';
import { defaultSeat } from '#shared/shell/seat-defaults.ts';
import type { Seat, ThemeChoice } from '#shared/shell/seat.ts';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';

/** The effective theme: the seat's choice, or the system's. The shell decides, so that its own parts agree. */
export const useTheme = windowStore<{ theme: 'light' | 'dark' }>(() => ({
  theme: document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light',
}));

export function followTheme(): () => void {
  return onShellEvent((event) => {
    if (event.kind === 'theme') useTheme.setState({ theme: event.theme });
  });
}

interface SeatState {
  theme: ThemeChoice;
  /** A language of the catalogue, or `system`. */
  language: string;
  zoom: number;
  items: Readonly<Record<string, Json>>;
}

export const useSeat = windowStore<SeatState>(() => defaultSeat);

const writeDelayMs = 250;
/** Sends changes of the seat to the other windows, which share drafts, columns and preferences. */
let otherWindows: BroadcastChannel | null;
type SeatMessage = Partial<Pick<SeatState, 'theme' | 'language' | 'zoom'>> & {
  item?: { key: string; value: Json };
};

/** Keys of items that each window has for itself. */
const windowKeys: ReadonlySet<string> = new Set(['tabs', 'typing']);

function listenToWindows(): void {
  otherWindows = new BroadcastChannel('seat');
  otherWindows.addEventListener('message', ({ data: { item, ...settings } }: MessageEvent<SeatMessage>) => {
    useSeat.setState(settings);
    if (item) setItem(item.key, item.value);
  });
}

function setItem(key: string, value: Json): void {
  useSeat.setState(({ items }) => {
    const { [key]: _, ...rest } = items;
    return { items: value === null ? rest : { ...rest, [key]: value } };
  });
}

let unsentItems: Record<string, Json>;
let timer: ReturnType<typeof setTimeout> | undefined;
atStart(() => {
  otherWindows = null;
  unsentItems = {};
  clearTimeout(timer);
  timer = undefined;
});

/** Sends changes to the shell, which writes them to a file. Failed changes are sent again with the next one. */
export async function flushSeat(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const items = unsentItems;
  if (Object.keys(items).length === 0) return;
  unsentItems = {};
  try {
    await shell.seat.set({ items });
  } catch {
    unsentItems = { ...items, ...unsentItems };
  }
}

/** The seat that the shell put into the page; null if a development server served the page. */
function readServedSeat(): Seat | null {
  try {
    return JSON.parse(document.getElementById('seat')?.textContent ?? '') as Seat;
  } catch {
    return null;
  }
}

/** Reads the seat before the first render. An unreadable seat counts as empty. */
export async function loadSeat(): Promise<void> {
  addEventListener('pagehide', () => void flushSeat());
  listenToWindows();
  try {
    const seat = readServedSeat() ?? (await shell.seat.get({}));
    useSeat.setState(seat);
  } catch {
    useSeat.setState(defaultSeat);
  }
}

/** Stores a value in this seat; null removes it. Written to disk shortly after. */
export function setSeatItem(key: string, value: Json): void {
  setItem(key, value);
  if (!windowKeys.has(key)) otherWindows?.postMessage({ item: { key, value } } satisfies SeatMessage);
  unsentItems[key] = value;
  timer ??= setTimeout(() => void flushSeat(), writeDelayMs);
}

export function useSeatItem(key: string): Json | undefined {
  return useSeat((seat) => seat.items[key]);
}

export async function chooseTheme(theme: ThemeChoice): Promise<void> {
  useSeat.setState({ theme });
  otherWindows?.postMessage({ theme } satisfies SeatMessage);
  await shell.seat.set({ theme });
}

export async function chooseZoom(zoom: number): Promise<void> {
  useSeat.setState({ zoom });
  otherWindows?.postMessage({ zoom } satisfies SeatMessage);
  await shell.seat.set({ zoom });
}

export async function chooseLanguage(language: string): Promise<void> {
  useSeat.setState({ language });
  otherWindows?.postMessage({ language } satisfies SeatMessage);
  await shell.seat.set({ language });
}
