import { z } from 'zod';
import { id, operation, readOperation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';

const answerCounts = z.object({
  /** `asked`: teams with links. `answered`: those of them that confirmed a link this term. */
  asked: z.number(),
  answered: z.number(),
  /** `links`: distinct links of these teams. `confirmed`: those confirmed this term. */
  links: z.number(),
  confirmed: z.number(),
});

const confirmStatus = z.object({
  since: z.string(),
  total: answerCounts,
  universities: z.array(answerCounts.extend({ id: z.string().nullable(), title: z.string() })),
  /** Teams without an answer first. */
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

export const status = readOperation
  .input(
    z.object({
      university: id.nullable().default(null),
      limit: z.number().int().min(0).max(5000).default(1000),
    }),
  )
  .output(confirmStatus);

const writtenSheets = z.object({
  file: z.string(),
  bytes: z.number(),
  teams: z.number(),
  links: z.number(),
});
export type WrittenSheets = z.infer<typeof writtenSheets>;

/** Writes a workbook with one sheet per team, for confirming its links. Throws BAD_FILE (`no_rows` if no team has links), CANCELLED. */
export const writeSheets = readOperation
  .input(
    z.object({
      grant: z.string().min(1).max(200),
      university: id.nullable().default(null),
      teams: z.array(id).max(1000).optional(),
      language: z.enum(['en', 'de']).default('en'),
    }),
  )
  .output(streamOf(writtenSheets));

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
  /** The value of the cell, or the subject of the row. */
  value: z.string(),
});
export type AnswerProblem = z.infer<typeof answerProblem>;

const answersResult = z.object({
  ...planShape,
  file: z.string(),
  sha256: z.string(),
  /** Confirmed links (of these, changed), deleted links, added links, and links without an answer. */
  confirmed: z.number(),
  changed: z.number(),
  deleted: z.number(),
  added: z.number(),
  unanswered: z.number(),
  left_out: z.array(answerProblem),
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type AnswersResult = z.infer<typeof answersResult>;

/** Reads a completed workbook as one audited change; skips unclear rows. Throws BAD_FILE, MOVED_ON, FORBIDDEN, INVALID, CANCELLED. */
export const readAnswers = operation
  .input(
    z.object({
      grant: z.string().min(1).max(200),
      /** The reviewed state: hash of the file, and the head. */
      sha256: z.string().optional(),
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(answersResult));
