import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './faults.ts';
import { streamOf } from './progress.ts';

const id = z.string().min(1).max(200);

const rate = z.object({
  /** Teams that have links, and those of them of which one was confirmed this term. */
  asked: z.number(),
  answered: z.number(),
  /** Links of these teams, each once, and those that were confirmed this term. */
  links: z.number(),
  confirmed: z.number(),
});

const confirmStatus = z.object({
  /** The first day of the term. */
  since: z.string(),
  total: rate,
  /** By name; with null for teams of none. */
  universities: z.array(rate.extend({ id: z.string().nullable(), title: z.string() })),
  /** Those that have not answered first. */
  teams: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      university: z.string().nullable(),
      university_title: z.string(),
      links: z.number(),
      confirmed: z.number(),
    }),
  ),
});
export type ConfirmStatus = z.infer<typeof confirmStatus>;

/** Who has confirmed their links since the term began. */
export const status = operation
  .input(
    z.object({
      university: id.nullable().default(null),
      limit: z.number().int().min(0).max(5000).default(1000),
    }),
  )
  .output(confirmStatus);

const handedOut = z.object({
  /** The file's own name. */
  file: z.string(),
  bytes: z.number(),
  teams: z.number(),
  links: z.number(),
});
export type HandedOut = z.infer<typeof handedOut>;

/** Writes a workbook with a sheet for each team, to confirm its links in. Throws BAD_FILE, CANCELLED, NOT_FOUND where no team has links. */
export const writeSheets = operation
  .input(
    z.object({
      grant: z.string().min(1).max(200),
      university: id.nullable().default(null),
      /** Only these teams. */
      teams: z.array(id).max(1000).optional(),
      language: z.enum(['en', 'de']).default('en'),
    }),
  )
  .output(streamOf(handedOut));

/** Why a row is left out. */
const answerProblem = z.object({
  code: z.enum([
    'unknown_answer',
    'unknown_bond',
    'bad_loss',
    'bad_documented',
    'unknown_bearer',
    'no_correction',
    'no_but_corrected',
    'link_gone',
    'differs',
    'contradicts',
    'end_missing',
    'end_unknown',
    'end_ambiguous',
    'same_end',
    'linked_already',
    'no_team',
  ]),
  sheet: z.string(),
  line: z.number(),
  /** What stands there, or what the row is about. */
  value: z.string(),
});
export type AnswerProblem = z.infer<typeof answerProblem>;

const answersRead = z.object({
  ...planShape,
  file: z.string(),
  sha256: z.string(),
  /** Links that are confirmed, of which those changed; taken out; added; and without an answer. */
  confirmed: z.number(),
  changed: z.number(),
  deleted: z.number(),
  added: z.number(),
  unanswered: z.number(),
  /** Rows that are left out, by sheet and line. */
  left_out: z.array(answerProblem),
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type AnswersRead = z.infer<typeof answersRead>;

/**
 * Reads a workbook that teams have answered, as one audited change: confirms, corrects, deletes and adds links. A row that is not clear is left out whole.
 * Throws BAD_FILE, MOVED_ON, FORBIDDEN, INVALID, CANCELLED.
 */
export const readAnswers = operation
  .input(
    z.object({
      grant: z.string().min(1).max(200),
      /** What was looked at: the file, and the newest transaction. */
      sha256: z.string().optional(),
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(answersRead));
