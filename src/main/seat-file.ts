import { z } from 'zod';
import { replaceFile } from '#files/replace-file.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { defaultSeat } from '#shared/shell/seat-defaults.ts';
import { seat } from '#shared/shell/seat.ts';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import { windowBounds } from './window-bounds.ts';
import type { WindowBounds } from './window-bounds.ts';
import { recentId } from './recent.ts';
import { readStored } from './stored-file.ts';
import { sandboxesIn } from './workspace-folder.ts';

const MAX_RECENT = 10;

const owner = z.string().nullable().catch(null);

/** The file's content. An invalid or missing part gets its default. */
const seatContent = z.object({
  theme: seat.shape.theme.catch(defaultSeat.theme),
  language: seat.shape.language.catch(defaultSeat.language),
  zoom: seat.shape.zoom.catch(defaultSeat.zoom),
  items: z.custom<Seat['items']>(isJsonObject).catch({}),
  /** Folder of the last chosen workspace; null for the sample. */
  workspace: z.string().nullable().catch(null),
  /** Folders of recent workspaces, the latest first. Never sent to a page. */
  recent: z
    .array(z.string().catch(''))
    .catch([])
    .transform((folders) => [...new Set(folders.filter((folder) => folder !== ''))].slice(0, MAX_RECENT)),
  /** `tabsOf` owns the current tabs and drafts, `listsOf` the current list layouts. Null if unknown. */
  tabsOf: owner,
  listsOf: owner,
  window: windowBounds.nullable().catch(null),
});
type SeatContent = z.infer<typeof seatContent>;

type Items = Seat['items'];

/** Unsaved typing for records. Scoped by tabs owner, because record ids differ between workspaces. */
const isDraftKey = (key: string): boolean => key === 'typing' || /^draft:[^@]+$/.test(key);

/** List layouts. Scoped by workspace, because custom fields differ between workspaces. */
const isListKey = (key: string): boolean => /^columns:[a-z-]+$/.test(key);

/** Wizard state of live; keys of sandboxes contain the sandbox id. */
const isWizardKey = (key: string): boolean => key === 'wizard';

interface SeatOwner {
  tabs: string;
  /** Id of the workspace. Its sandboxes and past states share the list layouts. */
  lists: string;
}

/** The owner of the item with this key; null for items that apply everywhere. */
function ownerOf(key: string, { tabs, lists }: SeatOwner): string | null {
  if (isListKey(key) || isWizardKey(key)) return lists;
  return key === 'tabs' || isDraftKey(key) ? tabs : null;
}
const isUnsavedInput = (key: string): boolean => isDraftKey(key) || isWizardKey(key);
const isScoped = (key: string): boolean => isListKey(key) || key === 'tabs' || isUnsavedInput(key);
const scopedKey = (key: string, owner: string): string => `${key}@${owner}`;

/** Stores the items of owner `from` under scoped keys and restores those of `to`. Null `from`: no change. */
function switchItems(items: Items, from: SeatOwner | null, to: SeatOwner): Items {
  if (from === null) return items;
  const entries = Object.entries(items).map(([key, value]): [string, Items[string]] => {
    const [oldOwner, newOwner] = [ownerOf(key, from), ownerOf(key, to)];
    if (oldOwner !== null) return [oldOwner === newOwner ? key : scopedKey(key, oldOwner), value];
    const bareKey = key.slice(0, key.lastIndexOf('@'));
    const owner = ownerOf(bareKey, to);
    const isRestored =
      owner !== null && owner !== ownerOf(bareKey, from) && scopedKey(bareKey, owner) === key;
    return [isRestored ? bareKey : key, value];
  });
  return Object.fromEntries(entries);
}

/** Maps changes of a page of `pageOwner` while the seat belongs to `seatOwner`, so that they do not overwrite current items. */
function scopeChanges<T>(
  items: Readonly<Record<string, T>>,
  pageOwner: SeatOwner,
  seatOwner: SeatOwner,
): Record<string, T> {
  const entries = Object.entries(items);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const owner = ownerOf(key, pageOwner);
      return [owner === null || owner === ownerOf(key, seatOwner) ? key : scopedKey(key, owner), value];
    }),
  );
}

function sandboxIdOf(key: string): string | undefined {
  const lastSegment = key.slice(key.lastIndexOf(':') + 1);
  return isSandboxId(lastSegment) ? lastSegment : undefined;
}

/**
 * Drops stored items of workspaces whose ids are not in `known`, except typed text, because the workspace can be opened again. Without
 * `hasAllSandboxes`, `known` can be incomplete: items of all sandboxes are then kept.
 */
function pruneItems(items: Items, known: ReadonlySet<string>, hasAllSandboxes = true): Items {
  const isKept = (id: string): boolean => known.has(id) || (!hasAllSandboxes && id.startsWith('sbx_'));
  return Object.fromEntries(
    Object.entries(items).filter(([key]) => {
      const sandbox = sandboxIdOf(key);
      if (sandbox !== undefined && !isKept(sandbox)) return false;
      const [bareKey = '', owner] = key.split('@');
      const isRemovable = isScoped(bareKey) && !isUnsavedInput(bareKey);
      return owner === undefined || !isRemovable || scopedKey(bareKey, owner) !== key || isKept(owner);
    }),
  );
}

/** Adds the sample, which is never recent, and all sandboxes to the owners whose items are kept. */
export function findOtherOwners(recent: readonly string[], sample: string): OtherOwners {
  // `sandboxesIn` returns null for a sample folder that does not exist: the sample then has no sandboxes.
  const sandboxIds = recent.map(sandboxesIn);
  const known = [recentId(sample), ...[sandboxesIn(sample), ...sandboxIds].flatMap((ids) => ids ?? [])];
  return { known, hasAllSandboxes: !sandboxIds.includes(null) };
}

/** Owners whose items are kept in addition to those of recent workspaces. */
interface OtherOwners {
  known: readonly string[];
  /** Whether `known` lists all sandboxes. False if a folder is unreadable: sandbox items are then kept. */
  hasAllSandboxes: boolean;
}

/** Per-user settings and window state, in a JSON file outside of every workspace. */
export interface SeatFile {
  readonly seat: Seat;
  readonly window: WindowBounds | null;
  /** Folder of the last chosen workspace; null for the sample. */
  readonly workspace: string | null;
  setWorkspace(workspace: string | null): void;
  readonly recent: readonly string[];
  addRecent(workspace: string): void;
  /** Removes a workspace and its items from the recent ones. Does not touch its folder. */
  removeRecent(workspace: string): void;
  /** Makes `id` the current owner and restores its items. `lists` is the id of its workspace. */
  switchOwner(id: string, lists?: string): void;
  /** `pageOwnerId` is the owner of the requesting page, which can differ from the current owner. */
  change(patch: SeatPatch, pageOwnerId?: string): Seat;
  saveBounds(window: WindowBounds): void;
  /** Resolves when all changes are on disk. Await it before the program ends. */
  flush(): Promise<void>;
}

/** Maximum delay in milliseconds before a change is written, to batch changes. */
const WRITE_DELAY = 250;

/**
 * Reads the file, and rewrites it atomically after changes. A corrupt file is renamed and replaced by defaults, because the seat contains settings,
 * never records. Items of a workspace are kept while it is recent or `otherOwners` lists it.
 */
export function openSeatFile(
  file: string,
  onError: (error: unknown) => void,
  otherOwners: (recent: readonly string[]) => OtherOwners = () => ({ known: [], hasAllSandboxes: true }),
): SeatFile {
  const content: SeatContent = readStored(file, seatContent);
  const pruneOthers = (): void => {
    const { known, hasAllSandboxes } = otherOwners(content.recent);
    content.items = pruneItems(
      content.items,
      new Set([...content.recent.map(recentId), ...known]),
      hasAllSandboxes,
    );
  };
  const currentOwner = (): SeatOwner | null =>
    content.tabsOf === null ? null : { tabs: content.tabsOf, lists: content.listsOf ?? content.tabsOf };
  // Workspace id by owner id, for all owners since the start: their pages can still send changes.
  const listsIdByOwner = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let lastWrite: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const text = `${JSON.stringify({ version: 1, ...content }, null, 1)}\n`;
    lastWrite = lastWrite.then(() => replaceFile(file, text, { mode: 0o600 })).catch(onError);
    return lastWrite;
  }
  const scheduleWrite = (): void => {
    timer ??= setTimeout(() => void write(), WRITE_DELAY);
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
    addRecent(workspace) {
      if (content.recent[0] === workspace) return;
      const others = content.recent.filter((folder) => folder !== workspace);
      content.recent = [workspace, ...others].slice(0, MAX_RECENT);
      pruneOthers();
      scheduleWrite();
    },
    removeRecent(workspace) {
      content.recent = content.recent.filter((folder) => folder !== workspace);
      pruneOthers();
      scheduleWrite();
    },
    switchOwner(id, lists = id) {
      listsIdByOwner.set(id, lists);
      const from = currentOwner();
      if (from?.tabs === id && from.lists === lists) return;
      content.items = switchItems(content.items, from, { tabs: id, lists });
      [content.tabsOf, content.listsOf] = [id, lists];
      pruneOthers();
      scheduleWrite();
    },
    setWorkspace(workspace) {
      content.workspace = workspace;
      scheduleWrite();
    },
    change({ theme, language, zoom, items = {} }, pageOwnerId) {
      if (theme) content.theme = theme;
      if (language) content.language = language;
      if (zoom) content.zoom = zoom;
      const seatOwner = currentOwner();
      const pageOwner =
        pageOwnerId === undefined
          ? null
          : { tabs: pageOwnerId, lists: listsIdByOwner.get(pageOwnerId) ?? pageOwnerId };
      const scopedItems =
        pageOwner === null || seatOwner === null ? items : scopeChanges(items, pageOwner, seatOwner);
      const entries = Object.entries({ ...content.items, ...scopedItems }).filter(
        ([, value]) => value !== null,
      );
      content.items = Object.fromEntries(entries);
      scheduleWrite();
      return this.seat;
    },
    saveBounds(window) {
      content.window = window;
      scheduleWrite();
    },
    flush: () => (timer ? write() : lastWrite),
  };
}
