import { create } from 'zustand';
import type { Progress } from '#shared/contract/progress.ts';
import type { ImportOptions, ImportPlan, ImportResult } from '#shared/contract/transfer.ts';
import type { FileHandle } from '#shared/shell/files.ts';

export const guessedOptions: ImportOptions = {
  duration_unit: 'guess',
  loss_unit: 'guess',
  universities: 'same',
};

/** What was chosen and what it would do. */
export interface Looked {
  file: FileHandle;
  options: ImportOptions;
  plan: ImportPlan;
  /** The person agreed that records with the same id are changed. */
  force: boolean;
  backup: boolean;
}

/** What became of an import whose data process ended: it is in the log, it is not, or that is being looked up. */
export type Landing = { state: 'looking' | 'not' } | { state: 'landed'; op_id: string };

export type ImportState =
  | { stage: 'nothing' }
  | { stage: 'reading'; file: FileHandle; options: ImportOptions; progress: Progress | null }
  /** `rereading` while the same file is looked at again with another unit. */
  | { stage: 'preview'; looked: Looked; rereading: boolean }
  | { stage: 'importing'; looked: Looked; progress: Progress | null; cancelling: boolean }
  | { stage: 'done'; looked: Looked; result: ImportResult }
  | {
      stage: 'failed';
      file: FileHandle;
      options: ImportOptions;
      /** Set when the import itself failed, not the look at the file. */
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
