import type { Progress } from '#shared/contract/progress.ts';
import type {
  SheetChoices,
  SheetLayout,
  SheetPreview,
  SheetSource,
  SheetView,
} from '#shared/contract/sheets.ts';
import type { ImportOptions, ImportPlan, ImportResult } from '#shared/contract/transfer.ts';
import { windowStore } from '../../api/window-store.ts';

export interface SourceFile {
  source: SheetSource;
  name: string;
  bytes: number;
}

interface PreviewState {
  file: SourceFile;
  backup: boolean;
  /** The preview is outdated and being computed again. */
  checking: boolean;
}

export interface FramesFile extends PreviewState {
  kind: 'frames';
  grant: string;
  options: ImportOptions;
  plan: ImportPlan;
  /** The person agreed to change records with the same ids. */
  force: boolean;
}

export interface ChosenSheet {
  view: SheetView;
  layout: SheetLayout;
  choices: SheetChoices;
  first: SheetChoices;
}

export interface Table extends PreviewState, ChosenSheet {
  kind: 'table';
  workspace: string;
  isRemembered: boolean;
  returned: boolean;
  /** Other sheets, and rows of other types if a column gives them. */
  others: readonly ChosenSheet[];
  /** The result of the choices; null until computed. */
  preview: SheetPreview | null;
}

export type PreviewedFile = FramesFile | Table;

/** An import whose answer was lost: in the log, not in the log, or being looked up. */
export type Landing = { state: 'looking' | 'not' } | { state: 'landed'; op_id: string };

export type ImportState =
  | { stage: 'nothing' }
  | { stage: 'reading'; file: SourceFile; progress: Progress | null }
  | { stage: 'looked'; looked: PreviewedFile }
  | { stage: 'importing'; looked: PreviewedFile; progress: Progress | null; cancelling: boolean }
  | { stage: 'done'; looked: PreviewedFile; result: ImportResult }
  | {
      stage: 'failed';
      file: SourceFile;
      /** Set if the import or a choice failed rather than the first preview. */
      looked: PreviewedFile | null;
      error: unknown;
      landing: Landing | null;
    };

/** The import of this window. It continues while other views are open. */
export const useImport = windowStore<ImportState>(() => ({ stage: 'nothing' }));

export function setImportState(state: ImportState): void {
  useImport.setState(state, true);
}

export function currentFile(): PreviewedFile | null {
  const state = useImport.getState();
  return state.stage === 'looked' ? state.looked : null;
}

export function currentTable(): Table | null {
  const looked = currentFile();
  return looked?.kind === 'table' ? looked : null;
}

export const partsOfSheet = ({ view, others }: Table): ChosenSheet[] =>
  others.filter((one) => one.view.sheet === view.sheet);
