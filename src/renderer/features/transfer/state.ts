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
  isChecking: boolean;
}

export interface FramesFile extends PreviewState {
  kind: 'frames';
  grant: string;
  options: ImportOptions;
  plan: ImportPlan;
  /** The person agreed to change records with the same ids. */
  hasConsent: boolean;
}

export interface ChosenSheet {
  view: SheetView;
  layout: SheetLayout;
  choices: SheetChoices;
  proposedChoices: SheetChoices;
}

export interface Table extends PreviewState, ChosenSheet {
  kind: 'table';
  workspace: string;
  isRemembered: boolean;
  isResumed: boolean;
  /** Other sheets, and rows of other types if a column gives them. */
  others: readonly ChosenSheet[];
  /** The result of the choices; null until computed. */
  preview: SheetPreview | null;
}

export type PreviewedFile = FramesFile | Table;

/** Whether the history has an import whose answer was lost: `looking` while that is being looked up. */
export type HistoryLookup = { state: 'looking' | 'not' } | { state: 'landed'; op_id: string };

export type ImportState =
  | { stage: 'nothing' }
  | { stage: 'reading'; file: SourceFile; progress: Progress | null }
  | { stage: 'previewed'; previewedFile: PreviewedFile }
  | { stage: 'importing'; previewedFile: PreviewedFile; progress: Progress | null; isCancelling: boolean }
  | { stage: 'done'; previewedFile: PreviewedFile; result: ImportResult }
  | {
      stage: 'failed';
      file: SourceFile;
      /** Null if the first preview failed. */
      previewedFile: PreviewedFile | null;
      error: unknown;
      historyLookup: HistoryLookup | null;
    };

/** The import of this window. It continues while other views are open. */
export const useImport = windowStore<ImportState>(() => ({ stage: 'nothing' }));

export function setImportState(state: ImportState): void {
  useImport.setState(state, true);
}

export function currentFile(): PreviewedFile | null {
  const state = useImport.getState();
  return state.stage === 'previewed' ? state.previewedFile : null;
}

export function currentTable(): Table | null {
  const previewedFile = currentFile();
  return previewedFile?.kind === 'table' ? previewedFile : null;
}

export const partsOfSheet = ({ view, others }: Table): ChosenSheet[] =>
  others.filter((part) => part.view.sheet === view.sheet);
