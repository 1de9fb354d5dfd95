import writeFileAtomic from 'write-file-atomic';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import type { WindowPlace } from './bounds.ts';
import { recentId } from './recent.ts';
import { MOST_RECENT, readSeat } from './seat-content.ts';
import { itemsOf, letGo, turnItems } from './workspace-items.ts';
import type { Whose } from './workspace-items.ts';

/** What is kept besides what belongs to recent workspaces. */
export interface Beside {
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
  /** Puts a workspace at the head of the recent ones. */
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
  besides: (recent: readonly string[]) => Beside = () => ({ known: [], sandboxes: true }),
): SeatFile {
  const content = readSeat(file);
  const forgetOthers = (): void => {
    const { known, sandboxes } = besides(content.recent);
    content.items = letGo(content.items, new Set([...content.recent.map(recentId), ...known]), sandboxes);
  };
  const whose = (): Whose | null =>
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
