import { readFileSync, renameSync } from 'node:fs';
import { usualSeat, zoomLimits } from '#shared/shell/seat-limits.ts';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import type { WindowPlace } from './bounds.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { recentId } from './recent.ts';
import { sandboxesIn } from './workspace-folder.ts';
import writeFileAtomic from 'write-file-atomic';

export interface SeatContent extends Seat {
  workspace: string | null;
  /** Folders of recent workspaces, the latest first. Never sent to a page. */
  recent: string[];
  /** `tabsOf` owns the current tabs and drafts, `listsOf` the current list layouts. Null if unknown. */
  tabsOf: string | null;
  listsOf: string | null;
  window: WindowPlace | null;
}

export const MOST_RECENT = 10;

/** Reads and validates the file. A corrupt file is renamed to `.damaged`, and the defaults are returned. */
export function readSeat(file: string): SeatContent {
  const empty: SeatContent = {
    ...usualSeat,
    workspace: null,
    recent: [],
    tabsOf: null,
    listsOf: null,
    window: null,
  };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return empty;
  }
  try {
    const found = JSON.parse(text) as Record<string, unknown>;
    return {
      theme: found['theme'] === 'light' || found['theme'] === 'dark' ? found['theme'] : usualSeat.theme,
      language: typeof found['language'] === 'string' ? found['language'] : usualSeat.language,
      zoom: asZoom(found['zoom']),
      workspace: typeof found['workspace'] === 'string' ? found['workspace'] : null,
      recent: asFolders(found['recent']),
      tabsOf: typeof found['tabsOf'] === 'string' ? found['tabsOf'] : null,
      listsOf: typeof found['listsOf'] === 'string' ? found['listsOf'] : null,
      window: asPlace(found['window']),
      items: isObject(found['items']) ? (found['items'] as Seat['items']) : {},
    };
  } catch {
    renameCorrupt(file);
    return empty;
  }
}

function renameCorrupt(file: string): void {
  try {
    renameSync(file, `${file}.damaged`);
  } catch {
    // The next change overwrites the file.
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asZoom(value: unknown): number {
  const isOne = typeof value === 'number' && value >= zoomLimits.least && value <= zoomLimits.most;
  return isOne ? value : usualSeat.zoom;
}

function asFolders(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const folders = value.filter((folder): folder is string => typeof folder === 'string' && folder !== '');
  return [...new Set(folders)].slice(0, MOST_RECENT);
}

function asPlace(value: unknown): WindowPlace | null {
  if (!isObject(value)) return null;
  const { x, y, width, height, maximized } = value;
  const numbers = [x, y, width, height].every((part) => Number.isInteger(part));
  return numbers ? ({ x, y, width, height, maximized: maximized === true } as WindowPlace) : null;
}

type Items = Seat['items'];

/** Unsaved typing for records. Scoped by tabs owner, because record ids differ between workspaces. */
const isDraft = (key: string): boolean => key === 'typing' || /^draft:[^@]+$/.test(key);

/** List layouts. Scoped by workspace, because custom fields differ between workspaces. */
const isList = (key: string): boolean => /^columns:[a-z-]+$/.test(key);

/** Wizard state of live; keys of sandboxes contain the sandbox id. */
const isWizard = (key: string): boolean => key === 'wizard';

export interface SeatOwner {
  tabs: string;
  /** Id of the workspace. Its sandboxes and past states share the list layouts. */
  lists: string;
}

/** The owner of the item with this key; null for items that apply everywhere. */
function ownerOf(key: string, { tabs, lists }: SeatOwner): string | null {
  if (isList(key) || isWizard(key)) return lists;
  return key === 'tabs' || isDraft(key) ? tabs : null;
}
const isTyped = (key: string): boolean => isDraft(key) || isWizard(key);
const isScoped = (key: string): boolean => isList(key) || key === 'tabs' || isTyped(key);
const scopedKey = (key: string, owner: string): string => `${key}@${owner}`;

/** Stores the items of owner `from` under scoped keys and restores those of `to`. Null `from`: no change. */
export function turnItems(items: Items, from: SeatOwner | null, to: SeatOwner): Items {
  if (from === null) return items;
  const turned = Object.entries(items).map(([key, value]): [string, Items[string]] => {
    const [here, there] = [ownerOf(key, from), ownerOf(key, to)];
    if (here !== null) return [here === there ? key : scopedKey(key, here), value];
    const own = key.slice(0, key.lastIndexOf('@'));
    const owner = ownerOf(own, to);
    const comesBack = owner !== null && owner !== ownerOf(own, from) && scopedKey(own, owner) === key;
    return [comesBack ? own : key, value];
  });
  return Object.fromEntries(turned);
}

/** Maps changes of a page owned by `of` while the seat belongs to `now`, so that they do not overwrite current items. */
export function itemsOf<T>(
  items: Readonly<Record<string, T>>,
  of: SeatOwner,
  now: SeatOwner,
): Record<string, T> {
  const entries = Object.entries(items);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const owner = ownerOf(key, of);
      return [owner === null || owner === ownerOf(key, now) ? key : scopedKey(key, owner), value];
    }),
  );
}

function ofSandbox(key: string): string | undefined {
  const last = key.slice(key.lastIndexOf(':') + 1);
  return isSandboxId(last) ? last : undefined;
}

/**
 * Drops stored items of workspaces whose ids are not in `known`. Keeps typed text, because such a workspace
 * may be opened again. `sandboxes = false` keeps items of all sandboxes, because `known` may then be
 * incomplete.
 */
export function letGo(items: Items, known: ReadonlySet<string>, sandboxes = true): Items {
  const isKept = (id: string): boolean => known.has(id) || (!sandboxes && id.startsWith('sbx_'));
  return Object.fromEntries(
    Object.entries(items).filter(([key]) => {
      const sandbox = ofSandbox(key);
      if (sandbox !== undefined && !isKept(sandbox)) return false;
      const [own = '', of] = key.split('@');
      const mayGo = isScoped(own) && !isTyped(own);
      return of === undefined || !mayGo || scopedKey(own, of) !== key || isKept(of);
    }),
  );
}

/** Adds the sample, which is never recent, and all sandboxes to the owners whose items are kept. */
export function seatFilesOf(recent: readonly string[], sample: string): SeatFiles {
  // A sample folder that does not exist yields null, which here means no sandboxes.
  const found = recent.map(sandboxesIn);
  const known = [recentId(sample), ...[sandboxesIn(sample), ...found].flatMap((ids) => ids ?? [])];
  return { known, sandboxes: !found.includes(null) };
}

/** Owners whose items are kept in addition to those of recent workspaces. */
export interface SeatFiles {
  known: readonly string[];
  /** Whether `known` lists all sandboxes. False if a folder is unreadable: sandbox items are then kept. */
  sandboxes: boolean;
}

/** Per-user settings and window state, in a JSON file outside of every workspace. */
export interface SeatFile {
  readonly seat: Seat;
  readonly window: WindowPlace | null;
  /** Folder of the last chosen workspace; null for the sample. */
  readonly workspace: string | null;
  choose(workspace: string | null): void;
  readonly recent: readonly string[];
  opened(workspace: string): void;
  /** Removes a workspace and its items from the recent ones. Does not touch its folder. */
  forget(workspace: string): void;
  /** Makes `id` the current owner and restores its items. `lists` is the id of its workspace. */
  turnTo(id: string, lists?: string): void;
  /** `of` is the owner of the requesting page, which may no longer be the current owner. */
  change(patch: SeatPatch, of?: string): Seat;
  place(window: WindowPlace): void;
  /** Resolves when all changes are on disk. Await it before the program ends. */
  flush(): Promise<void>;
}

/** Longest delay in milliseconds before a change is written, to batch changes. */
const DELAY = 250;

/**
 * Reads the file, and rewrites it atomically after changes. A corrupt file is renamed and replaced by
 * defaults, because the seat contains settings, never records. Items of a workspace are kept while it is
 * recent or `otherOwners` lists it.
 */
export function openSeatFile(
  file: string,
  onError: (error: unknown) => void,
  otherOwners: (recent: readonly string[]) => SeatFiles = () => ({ known: [], sandboxes: true }),
): SeatFile {
  const content = readSeat(file);
  const forgetOthers = (): void => {
    const { known, sandboxes } = otherOwners(content.recent);
    content.items = letGo(content.items, new Set([...content.recent.map(recentId), ...known]), sandboxes);
  };
  const currentOwner = (): SeatOwner | null =>
    content.tabsOf === null ? null : { tabs: content.tabsOf, lists: content.listsOf ?? content.tabsOf };
  // Workspace id by owner id, for all owners since the start: their pages may still send changes.
  const listsBy = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const text = `${JSON.stringify({ version: 1, ...content }, null, 1)}\n`;
    writing = writing.then(() => writeFileAtomic(file, text, { mode: 0o600 })).catch(onError);
    return writing;
  }
  const scheduleWrite = (): void => {
    timer ??= setTimeout(() => void write(), DELAY);
  };

  return {
    get seat() {
      const { theme, language, zoom, items } = content;
      return { theme, language, zoom, items };
    },
    get window() {
      return content.window;
    },
    get workspace() {
      return content.workspace;
    },
    get recent() {
      return content.recent;
    },
    opened(workspace) {
      if (content.recent[0] === workspace) return;
      const others = content.recent.filter((folder) => folder !== workspace);
      content.recent = [workspace, ...others].slice(0, MOST_RECENT);
      forgetOthers();
      scheduleWrite();
    },
    forget(workspace) {
      content.recent = content.recent.filter((folder) => folder !== workspace);
      forgetOthers();
      scheduleWrite();
    },
    turnTo(id, lists = id) {
      listsBy.set(id, lists);
      const from = currentOwner();
      if (from?.tabs === id && from.lists === lists) return;
      content.items = turnItems(content.items, from, { tabs: id, lists });
      [content.tabsOf, content.listsOf] = [id, lists];
      forgetOthers();
      scheduleWrite();
    },
    choose(workspace) {
      content.workspace = workspace;
      scheduleWrite();
    },
    change({ theme, language, zoom, items = {} }, of) {
      if (theme) content.theme = theme;
      if (language) content.language = language;
      if (zoom) content.zoom = zoom;
      const now = currentOwner();
      const by = of === undefined ? null : { tabs: of, lists: listsBy.get(of) ?? of };
      const named = by === null || now === null ? items : itemsOf(items, by, now);
      const changed = Object.entries({ ...content.items, ...named }).filter(([, value]) => value !== null);
      content.items = Object.fromEntries(changed);
      scheduleWrite();
      return this.seat;
    },
    place(window) {
      content.window = window;
      scheduleWrite();
    },
    flush: () => (timer ? write() : writing),
  };
}
