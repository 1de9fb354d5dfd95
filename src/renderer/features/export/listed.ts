import type { ListView } from '#shared/address/view.ts';
import type { CellSign, ListFormat } from '#shared/contract/export-list.ts';
import type { Shown } from './columns.ts';

/** A list as it is on the screen. */
export interface Listed {
  view: ListView;
  /** What it is called: the saved view, or the type. */
  name: string;
  /** The columns that are drawn, and all that there are. */
  shown: readonly Shown[];
  all: readonly Shown[];
  /** How many records match. */
  matched: number;
  /** What is selected: these, or all but these; null when nothing is. */
  picked: { count: number; ids: readonly string[] } | { count: number; except: readonly string[] } | null;
}

/** What the person chose of it. */
export interface Wanted {
  format: ListFormat;
  /** What parts the cells of a CSV file. */
  sign: CellSign;
  rows: 'all' | 'picked';
  columns: 'shown' | 'all';
  ids: boolean;
}
