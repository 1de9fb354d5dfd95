import { readFileSync, renameSync } from 'node:fs';
import { usualSeat, zoomLimits } from '#shared/shell/seat-limits.ts';
import type { Seat } from '#shared/shell/seat.ts';
import type { WindowPlace } from './bounds.ts';

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
