import type { TextKind } from '#shared/domain/document-formats.ts';
import { processTask } from '../../kernel/processes/task.ts';

/** Incremented when extraction changes; cached texts of other versions are then extracted again. */
export const textVersion = 2;

export const maxPages = 2000;
export const maxCharacters = 4_000_000;

/** Why a document has no text, or not all of it. */
export const textProblems = ['no_text', 'encrypted', 'damaged', 'too_slow', 'too_much_memory'] as const;
export type TextProblem = (typeof textProblems)[number];

export interface DocumentText {
  version: number;
  /** By page; one entry for a format without pages. */
  pages: string[];
  /** Null for a format without pages. */
  page_count: number | null;
  /** Whether pages or characters were left out. */
  is_cut: boolean;
  problem: TextProblem | null;
}

/**
 * Reads the text of a stored file. Fails with MACROS, SWELLS or WRONG_FORMAT for a file that must not be stored, and with the code of
 * BadContent.
 */
export const extractText = processTask<
  { documents: string; sha256: string; kind: TextKind },
  Omit<DocumentText, 'version'>
>('extractText');
