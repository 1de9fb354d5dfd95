import { create } from 'zustand';
import type { Progress } from '#shared/contract/progress.ts';
import type {
  SheetChoices,
  SheetLayout,
  SheetPreview,
  SheetSource,
  SheetView,
} from '#shared/contract/sheets.ts';
import type { ImportOptions, ImportPlan, ImportResult } from '#shared/contract/transfer.ts';

/** A chosen file or a pasted text. */
export interface SourceFile {
  source: SheetSource;
  name: string;
  bytes: number;
}

interface LookedAt {
  file: SourceFile;
  backup: boolean;
  /** What would come is of earlier choices; it is being worked out anew. */
  checking: boolean;
}

/** A file of FRAMES, and what is decided about it. */
export interface FramesFile extends LookedAt {
  kind: 'frames';
  grant: string;
  options: ImportOptions;
  plan: ImportPlan;
  /** The person agreed that records with the same id are changed. */
  force: boolean;
}

/** One sheet of a file, and what is decided about it. */
export interface ChosenSheet {
  view: SheetView;
  layout: SheetLayout;
  choices: SheetChoices;
  /** What was proposed before anything was decided. */
  first: SheetChoices;
}

/** A table, with all that the person has decided about it. */
export interface Table extends LookedAt, ChosenSheet {
  kind: 'table';
  workspace: string;
  remembered: boolean;
  /** Choices came back that were made for this very file before. */
  returned: boolean;
  /** Other sheets, and the rows of other types where a column says them. */
  others: readonly ChosenSheet[];
  /** What the choices would do; null until that is known. */
  preview: SheetPreview | null;
}

export type Looked = FramesFile | Table;

/** What became of an import whose answer was lost: it is in the log, it is not, or that is being looked up. */
export type Landing = { state: 'looking' | 'not' } | { state: 'landed'; op_id: string };

export type ImportState =
  | { stage: 'nothing' }
  | { stage: 'reading'; file: SourceFile; progress: Progress | null }
  | { stage: 'looked'; looked: Looked }
  | { stage: 'importing'; looked: Looked; progress: Progress | null; cancelling: boolean }
  | { stage: 'done'; looked: Looked; result: ImportResult }
  | {
      stage: 'failed';
      file: SourceFile;
      /** Set when it was the import that failed, or what was chosen; not the look at the file. */
      looked: Looked | null;
      error: unknown;
      landing: Landing | null;
    };

/** The one import that a window is busy with. It goes on while other views are looked at. */
export const useImport = create<ImportState>()(() => ({ stage: 'nothing' }));

/** Moves on to another state, dropping everything of the one before. */
export function enter(state: ImportState): void {
  useImport.setState(state, true);
}

/** What is looked at, or null. */
export function lookedNow(): Looked | null {
  const state = useImport.getState();
  return state.stage === 'looked' ? state.looked : null;
}

/** The table that is looked at, or null. */
export function tableNow(): Table | null {
  const looked = lookedNow();
  return looked?.kind === 'table' ? looked : null;
}

/** The rows of other types of the same sheet. */
export const partsOf = ({ view, others }: Table): ChosenSheet[] =>
  others.filter((one) => one.view.sheet === view.sheet);
