import { z } from 'zod';
import { templateNames } from '../domain/repair-templates.ts';
import { question } from './analysis.ts';
import { modelRequest, requestIdentity } from './ask.ts';
import { id, operation, readOperation } from './base.ts';
import { withDisplay } from './display-rules.ts';
import { maxLengths } from '../domain/limits.ts';
import { streamOf } from './progress.ts';
import { record } from './record.ts';

/**
 * deleted, left: the records no longer take part. unknown: the loss of the link is unknown. unread: no map of the code is here. unmeasured: the
 * question has no value.
 */
const measuredGap = z.enum(['deleted', 'left', 'unknown', 'unread', 'unmeasured']);
export type MeasuredGap = z.infer<typeof measuredGap>;

const measuredRepair = z.object({
  /** Value in its Insights answer, in per cent with one decimal; 0 if no longer at risk, null if it cannot be measured. */
  value: z.number().nullable(),
  /** Why there is no value; null if there is one. */
  gap: measuredGap.nullable(),
  /** Id of a university to which Insights can be filtered so that its answer still lists the item; null if none. */
  university: z.string().nullable(),
});
export type MeasuredRepair = z.infer<typeof measuredRepair>;

/** Measures the current value of a repair's item. Read-only. Throws NOT_FOUND, CANCELLED. */
export const measure = operation.input(z.object({ id })).output(streamOf(measuredRepair));

/** Sets the day a repair was done and measures its item, in one transaction. Throws NOT_FOUND, FORBIDDEN, BUSY, CANCELLED. */
export const markDone = operation.input(z.object({ id })).output(
  streamOf(
    z.object({
      record,
      measured: measuredRepair,
      /** Why the value did not improve: tasks are open, or no record concerned changed since. Null if it improved or the cause is unknown. */
      unmoved: z.enum(['tasks_open', 'records_unchanged']).nullable(),
      /** Null if the repair was done and measured already. */
      op_id: z.string().nullable(),
    }),
  ),
);

export const approvalRule = z.object({
  /** A second person must approve a repair: not the person who proposed it. */
  four_eyes: withDisplay(z.boolean(), { label: 'Second person approves' }),
  /** Not set: on while at least two people are able to approve. */
  is_default: z.boolean(),
  /** The server of a shared workspace requires a second person, whatever is set here. */
  by_server: z.boolean(),
  /** Number of researchers and admins. */
  approvers: z.number(),
});
export type ApprovalRule = z.infer<typeof approvalRule>;

/** Whether a second person must approve repairs. */
export const approval = readOperation.input(z.object({})).output(approvalRule);

/** Sets whether a second person must approve repairs; null for the default. For admins, in live. Throws FORBIDDEN. */
export const setApproval = operation
  .input(z.object({ four_eyes: z.boolean().nullable() }))
  .output(approvalRule.extend({ op_id: z.string().nullable() }));

const agreement = operation
  .input(z.object({ id, withdraw: z.boolean().default(false) }))
  /** `op_id` is null if there was nothing to change. */
  .output(z.object({ record, op_id: z.string().nullable() }));

/**
 * Approves a repair as the acting profile, or withdraws its approval, until it is done. For researchers and admins, not for agents.
 * Throws NOT_FOUND, FORBIDDEN, INVALID.
 */
export const approve = agreement;

/** Confirms that a finished repair had its effect, or withdraws that. Throws NOT_FOUND, FORBIDDEN, INVALID if it is not done. */
export const check = agreement;

/**
 * Plans a repair from a template: its notes and two to five tasks, one after the other, in one transaction. Of a new repair give the
 * subjects: ids, for areas of expertise or code also their names. Of an existing one give its id, and
 * the subjects if it has none; its steps choose a template by default.
 * Throws NOT_FOUND, FORBIDDEN, BUSY, CANCELLED, and INVALID if the subjects lack a fact that the template needs or there are tasks already.
 */
export const plan = operation
  .input(
    z.object({
      id: id.optional(),
      question: question.optional(),
      subjects: z.array(z.string().min(1).max(maxLengths.name)).min(1).max(100).optional(),
      template: z.enum(templateNames).optional(),
      /** The person who is responsible. Default: the first owner of the repair. */
      owner: id.optional(),
      /** Tasks are due in equal steps before this day. */
      due_on: z.iso.date().optional(),
      language: z.enum(['en', 'de']).default('en'),
      /** Returns what would be written. */
      dry: z.boolean().default(false),
    }),
  )
  .output(
    streamOf(
      z.object({
        template: z.enum(templateNames),
        repair: record,
        tasks: z.array(record),
        /** Null if the run was dry. */
        op_id: z.string().nullable(),
      }),
    ),
  );

/** A text of a repair or of one of its open tasks, and its new wording. */
const newWording = z.object({
  type: z.enum(['repair', 'task']),
  id,
  field: z.enum(['notes', 'name', 'done_when']),
  before: z.string(),
  after: z.string(),
});
export type NewWording = z.infer<typeof newWording>;

/**
 * Asks the language model in use for a better wording of a repair's notes and open tasks. Without `sent`, or if the request differs from it,
 * sends nothing: `wording` is null, and `request` is to be reviewed. Changes no records; `entities.applyChanges` does. Throws NOT_FOUND,
 * INVALID if there is no text, MODEL, CANCELLED.
 */
export const improveWording = operation
  .input(z.object({ id, sent: requestIdentity.nullable().default(null) }))
  .output(streamOf(z.object({ request: modelRequest, wording: z.array(newWording).nullable() })));

/**
 * Keeps a file or a conversation as a document of a repair, as one change. Without `repair`, a new one: the subject or first line is its name,
 * the text its notes, shortened if it is long. Throws NOT_FOUND, FORBIDDEN, INVALID, CANCELLED, and BAD_FILE as `documents.attach` does.
 */
export const capture = operation
  .input(
    z.object({
      source: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('file'), grant: z.string() }),
        z.object({ kind: z.literal('conversation'), id: z.string() }),
      ]),
      repair: id.optional(),
      language: z.enum(['en', 'de']).default('en'),
    }),
  )
  .output(streamOf(z.object({ repair: record, document: record, op_id: z.string().nullable() })));
