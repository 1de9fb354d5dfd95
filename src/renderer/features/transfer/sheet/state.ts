import { create } from 'zustand';
import type { Progress } from '#shared/contract/progress.ts';
import type {
  SheetChoices,
  SheetLayout,
  SheetPreview,
  SheetSource,
  SheetView,
  ValueRule,
} from '#shared/contract/sheets.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import type { Landing } from '../import/state.ts';

/** A chosen file or a pasted text. */
export interface SheetFile {
  source: SheetSource;
  name: string;
  bytes: number;
}

/** What is decided about a table at one moment; it is never changed, but followed by another. */
export interface Moment {
  layout: SheetLayout;
  view: SheetView;
  choices: SheetChoices;
  /** The columns came from the last time this table was imported. */
  remembered: boolean;
  /** So did these choices about values. */
  recalled: readonly ValueRule[];
  /** Which figure was the day in columns of one's own then. It is asked again. */
  lastDates: SheetChoices['dates'];
  /** So many choices came back that were made before, in an import that was not finished. */
  returned: number;
}

/** A sheet of the same file that is imported too. */
export interface OtherSheet {
  layout: SheetLayout;
  choices: SheetChoices;
}

/** A table that is looked at, with all that the person has decided about it. */
export interface Table extends Moment {
  file: SheetFile;
  /** Id of the workspace that it would be brought into. */
  workspace: string;
  /** What was proposed before anything was decided. */
  first: Moment;
  /** Further sheets that are imported with it. */
  others: readonly OtherSheet[];
  backup: boolean;
  /** What the choices would do; null until that is known. */
  preview: SheetPreview | null;
  /** The preview is of earlier choices; the next one is being made. */
  checking: boolean;
}

export type SheetResult = ImportResult & { skipped: number; started_at: string };

export type SheetState =
  | { stage: 'nothing' }
  | { stage: 'reading'; file: SheetFile; progress: Progress | null }
  | { stage: 'table'; table: Table }
  | { stage: 'importing'; table: Table; progress: Progress | null; cancelling: boolean }
  | { stage: 'done'; table: Table; result: SheetResult }
  | {
      stage: 'failed';
      file: SheetFile;
      /** Set when it was the import that failed, or what was chosen; not the look at the file. */
      table: Table | null;
      error: unknown;
      landing: Landing | null;
    };

/** The one table that a window is busy with. It stays while other views are looked at. */
export const useSheet = create<SheetState>()(() => ({ stage: 'nothing' }));

/** Moves on to another state, dropping everything of the one before. */
export function enter(state: SheetState): void {
  useSheet.setState(state, true);
}

/** The table that is looked at, or null. */
export function tableNow(): Table | null {
  const state = useSheet.getState();
  return state.stage === 'table' ? state.table : null;
}

/** Changes the table that is looked at. */
export function changeTable(part: Partial<Table>): void {
  const state = useSheet.getState();
  if (state.stage === 'table') enter({ ...state, table: { ...state.table, ...part } });
}
