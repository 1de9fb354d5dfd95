import { readFileSync, renameSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import type { WindowPlace } from './bounds.ts';

interface Content extends Seat {
  /** Folder of the workspace that the person chose last. No page is told of it. */
  workspace: string | null;
  window: WindowPlace | null;
}

/** What belongs to one seat, kept in a JSON file of its own beside no workspace. */
export interface SeatFile {
  readonly seat: Seat;
  readonly window: WindowPlace | null;
  /** Folder of the workspace that the person chose last; null for the sample. */
  readonly workspace: string | null;
  choose(workspace: string | null): void;
  change(patch: SeatPatch): Seat;
  place(window: WindowPlace): void;
  /** Resolves when everything is on disk; to be awaited before the program ends. */
  flush(): Promise<void>;
}

/** Longest that a change waits for others before it is written, in milliseconds. */
const DELAY = 250;

/**
 * Reads the file, and writes it whole and atomically after changes. A damaged file is set aside and the seat begins anew: what
 * is in it is comfort, never data.
 */
export function openSeatFile(file: string, onError: (error: unknown) => void): SeatFile {
  const content = read(file);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const text = `${JSON.stringify({ version: 1, ...content }, null, 1)}\n`;
    writing = writing.then(() => writeFileAtomic(file, text, { mode: 0o600 })).catch(onError);
    return writing;
  }
  const soon = (): void => {
    timer ??= setTimeout(() => void write(), DELAY);
  };

  return {
    get seat() {
      return { theme: content.theme, items: content.items };
    },
    get window() {
      return content.window;
    },
    get workspace() {
      return content.workspace;
    },
    choose(workspace) {
      content.workspace = workspace;
      soon();
    },
    change({ theme, items = {} }) {
      if (theme) content.theme = theme;
      const changed = Object.entries({ ...content.items, ...items }).filter(([, value]) => value !== null);
      content.items = Object.fromEntries(changed);
      soon();
      return this.seat;
    },
    place(window) {
      content.window = window;
      soon();
    },
    flush: () => (timer ? write() : writing),
  };
}

function read(file: string): Content {
  const empty: Content = { theme: 'system', workspace: null, window: null, items: {} };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return empty;
  }
  try {
    const found = JSON.parse(text) as Record<string, unknown>;
    return {
      theme: found['theme'] === 'light' || found['theme'] === 'dark' ? found['theme'] : 'system',
      workspace: typeof found['workspace'] === 'string' ? found['workspace'] : null,
      window: asPlace(found['window']),
      items: isObject(found['items']) ? (found['items'] as Seat['items']) : {},
    };
  } catch {
    setAside(file);
    return empty;
  }
}

function setAside(file: string): void {
  try {
    renameSync(file, `${file}.damaged`);
  } catch {
    // It is overwritten by the next change then.
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asPlace(value: unknown): WindowPlace | null {
  if (!isObject(value)) return null;
  const { x, y, width, height, maximized } = value;
  const numbers = [x, y, width, height].every((part) => Number.isInteger(part));
  return numbers ? ({ x, y, width, height, maximized: maximized === true } as WindowPlace) : null;
}
