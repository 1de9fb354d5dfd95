import { readFileSync, renameSync } from 'node:fs';
import { usualSeat, zoomLimits } from '#shared/shell/seat-limits.ts';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import type { WindowPlace } from './bounds.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { recentId } from './recent.ts';
import { sandboxesIn } from './workspace-folder.ts';
import writeFileAtomic from 'write-file-atomic';

/** What the file of a seat holds. */
export interface SeatContent extends Seat {
  /** Folder of the workspace that the person chose last. No page is told of it. */
  workspace: string | null;
  /** Folders of the workspaces that were open, the latest first. No page is told of them either. */
  recent: string[];
  /** Id of what the tabs among the items are of, and of the workspace whose lists are laid out there; null while nobody has said. */
  tabsOf: string | null;
  listsOf: string | null;
  window: WindowPlace | null;
}

/** Workspaces that are remembered. */
export const MOST_RECENT = 10;

/** What the file says, as far as it is of the form that it should have. A damaged one is set aside, and the seat begins anew. */
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

/** What was typed for records and is not saved: ids mean other records in another workspace, or none. */
const isDraft = (key: string): boolean => key === 'typing' || /^draft:[^@]+$/.test(key);

/** How lists are laid out: own fields that are columns in one workspace are not there in another. */
const isList = (key: string): boolean => /^columns:[a-z-]+$/.test(key);

/** What was begun in the wizard of live; a sandbox says its own in the key. */
const isWizard = (key: string): boolean => key === 'wizard';

/** Of what a seat keeps the tabs and drafts, and of what the layout of lists, each by its id. */
export interface SeatOwner {
  tabs: string;
  /** The workspace: its lists look the same in its sandboxes and its past. */
  lists: string;
}

/** The id that an item of this key belongs to; null where it is the same wherever one is. */
function ownerOf(key: string, { tabs, lists }: SeatOwner): string | null {
  if (isList(key) || isWizard(key)) return lists;
  return key === 'tabs' || isDraft(key) ? tabs : null;
}
const isTyped = (key: string): boolean => isDraft(key) || isWizard(key);
const isOwn = (key: string): boolean => isList(key) || key === 'tabs' || isTyped(key);
const laidBy = (key: string, owner: string): string => `${key}@${owner}`;

/**
 * The items of a seat when it turns from one place to another: what was open in the one is laid by, and what was open in the other is
 * there again. `from` is null where nobody knows of what they were: then they stay.
 */
export function turnItems(items: Items, from: SeatOwner | null, to: SeatOwner): Items {
  if (from === null) return items;
  const turned = Object.entries(items).map(([key, value]): [string, Items[string]] => {
    const [here, there] = [ownerOf(key, from), ownerOf(key, to)];
    if (here !== null) return [here === there ? key : laidBy(key, here), value];
    const own = key.slice(0, key.lastIndexOf('@'));
    const owner = ownerOf(own, to);
    const comesBack = owner !== null && owner !== ownerOf(own, from) && laidBy(own, owner) === key;
    return [comesBack ? own : key, value];
  });
  return Object.fromEntries(turned);
}

/**
 * Items as a page changes them that is of `of` while the seat has turned to `now`: what it says of its own goes to what is laid by, and
 * never to what is open.
 */
export function itemsOf<T>(
  items: Readonly<Record<string, T>>,
  of: SeatOwner,
  now: SeatOwner,
): Record<string, T> {
  const entries = Object.entries(items);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const owner = ownerOf(key, of);
      return [owner === null || owner === ownerOf(key, now) ? key : laidBy(key, owner), value];
    }),
  );
}

/** The sandbox that an item belongs to by its own name, as `wizard:sbx_…`. */
function ofSandbox(key: string): string | undefined {
  const last = key.slice(key.lastIndexOf(':') + 1);
  return isSandboxId(last) ? last : undefined;
}

/**
 * The items without what is laid by for workspaces that are not among `known`, by id: nobody comes back to it. What somebody typed stays:
 * a workspace may be opened again from its folder. Without `sandboxes` what belongs to sandboxes stays too: `known` may lack some.
 */
export function letGo(items: Items, known: ReadonlySet<string>, sandboxes = true): Items {
  const stays = (id: string): boolean => known.has(id) || (!sandboxes && id.startsWith('sbx_'));
  return Object.fromEntries(
    Object.entries(items).filter(([key]) => {
      const sandbox = ofSandbox(key);
      if (sandbox !== undefined && !stays(sandbox)) return false;
      const [own = '', of] = key.split('@');
      const mayGo = isOwn(own) && !isTyped(own);
      return of === undefined || !mayGo || laidBy(own, of) !== key || stays(of);
    }),
  );
}

/** What the seat keeps things for besides the recent workspaces: the sample, which is never among them but there to come back to, and all sandboxes. */
export function seatFilesOf(recent: readonly string[], sample: string): SeatFiles {
  // Of the sample that was never made, or was removed, there are none.
  const found = recent.map(sandboxesIn);
  const known = [recentId(sample), ...[sandboxesIn(sample), ...found].flatMap((ids) => ids ?? [])];
  return { known, sandboxes: !found.includes(null) };
}

/** What is kept besides what belongs to recent workspaces. */
export interface SeatFiles {
  /** Ids of other workspaces, and of the sandboxes that there are. */
  known: readonly string[];
  /** Whether these are all sandboxes. Nothing of a sandbox goes while nobody can tell, as where a folder cannot be read. */
  sandboxes: boolean;
}

/** What belongs to one seat, kept in a JSON file of its own beside no workspace. */
export interface SeatFile {
  readonly seat: Seat;
  readonly window: WindowPlace | null;
  /** Folder of the workspace that the person chose last; null for the sample. */
  readonly workspace: string | null;
  choose(workspace: string | null): void;
  /** Folders of the workspaces that were open, the latest first; ten at most. */
  readonly recent: readonly string[];
  opened(workspace: string): void;
  /** Takes a workspace off the recent ones, with what was open in it; the workspace itself stays. */
  forget(workspace: string): void;
  /**
   * What has that id is open from now on: what was open in it last time is in the seat again. It lies in the workspace of the id
   * `lists`, or is that.
   */
  turnTo(id: string, lists?: string): void;
  /** `of` is the id of what the page that asks is of: it may be another than the one that is open by now. */
  change(patch: SeatPatch, of?: string): Seat;
  place(window: WindowPlace): void;
  /** Resolves when everything is on disk; to be awaited before the program ends. */
  flush(): Promise<void>;
}

/** Longest that a change waits for others before it is written, in milliseconds. */
const DELAY = 250;

/**
 * Reads the file, and writes it whole and atomically after changes. A damaged file is set aside and the seat begins anew: what
 * is in it is comfort, never data. What belongs to a workspace is kept as long as that is among the recent ones, or `besides` names it.
 */
export function openSeatFile(
  file: string,
  onError: (error: unknown) => void,
  besides: (recent: readonly string[]) => SeatFiles = () => ({ known: [], sandboxes: true }),
): SeatFile {
  const content = readSeat(file);
  const forgetOthers = (): void => {
    const { known, sandboxes } = besides(content.recent);
    content.items = letGo(content.items, new Set([...content.recent.map(recentId), ...known]), sandboxes);
  };
  const whose = (): SeatOwner | null =>
    content.tabsOf === null ? null : { tabs: content.tabsOf, lists: content.listsOf ?? content.tabsOf };
  // In which workspace each thing lies that was open since the program started: a page of it may still say something.
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
  const soon = (): void => {
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
      soon();
    },
    forget(workspace) {
      content.recent = content.recent.filter((folder) => folder !== workspace);
      forgetOthers();
      soon();
    },
    turnTo(id, lists = id) {
      listsBy.set(id, lists);
      const from = whose();
      if (from?.tabs === id && from.lists === lists) return;
      content.items = turnItems(content.items, from, { tabs: id, lists });
      [content.tabsOf, content.listsOf] = [id, lists];
      forgetOthers();
      soon();
    },
    choose(workspace) {
      content.workspace = workspace;
      soon();
    },
    change({ theme, language, zoom, items = {} }, of) {
      if (theme) content.theme = theme;
      if (language) content.language = language;
      if (zoom) content.zoom = zoom;
      const now = whose();
      const by = of === undefined ? null : { tabs: of, lists: listsBy.get(of) ?? of };
      const named = by === null || now === null ? items : itemsOf(items, by, now);
      const changed = Object.entries({ ...content.items, ...named }).filter(([, value]) => value !== null);
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
