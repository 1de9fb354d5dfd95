import { z } from 'zod';
import { operation } from './base.ts';
import { head } from './compare.ts';
import { issue } from './faults.ts';
import { streamOf } from './progress.ts';
import { auditedType, jsonValue } from './record.ts';

/**
 * One field on both sides; `live` is what is open, also where that is a sandbox. A side that is missing here does not have the field, which is
 * not the same as null.
 */
const fieldBetween = z.object({
  field: z.string(),
  backup: jsonValue.optional(),
  live: jsonValue.optional(),
});
export type FieldBetween = z.infer<typeof fieldBetween>;

const differing = z.object({
  type: auditedType,
  id: z.string(),
  /** What a person calls it: as the backup has it. */
  title: z.string(),
  /** What the university is called that it belongs to, by which records of one name are told apart; null where it belongs to none. */
  university: z.string().nullable(),
  /** What live has of it: nothing any more (`gone`), or something else (`changed`). */
  change: z.enum(['gone', 'changed']),
  fields: z.array(fieldBetween),
});
export type BackupDifference = z.infer<typeof differing>;

const differences = z.object({
  id: z.string(),
  /** The backup is of another workspace. */
  another: z.boolean(),
  /** Records and saved views of the backup that are other or gone in live, whatever the filters. */
  counts: z.object({ gone: z.number(), changed: z.number() }),
  /** How many match the filters. */
  matched: z.number(),
  rows: z.array(differing),
});
export type BackupDifferences = z.infer<typeof differences>;

/** Records and saved views that a backup holds and that what is open, live or a sandbox, has no more or has otherwise. Changes nothing. */
export const diff = operation
  .input(
    z.object({
      id: z.string(),
      types: z.array(auditedType).max(20).default([]),
      /** Part of a title or of an id, whatever its case. */
      text: z.string().max(200).default(''),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(1000).default(100),
    }),
  )
  .output(streamOf(differences));

const byTable = z.record(z.string(), z.number());

const restoredRecords = z.object({
  /** Id of the backup, and when it was made (ISO 8601). */
  backup: z.string(),
  made: z.string(),
  /** The backup is of another workspace. */
  another: z.boolean(),
  /** Null where nothing was to be done, and in a dry run. */
  op_id: z.string().nullable(),
  dry: z.boolean(),
  created: byTable,
  restored: byTable,
  updated: byTable,
  /** In the order in which they were asked for; then what they need. */
  records: z.array(
    z.object({
      type: auditedType,
      id: z.string(),
      title: z.string(),
      /** What the university is called that it belongs to, as the backup has it; null where it belongs to none. */
      university: z.string().nullable(),
      /** What becomes of it: live never knew it, it was deleted, it is something else, it is as in the backup. */
      action: z.enum(['created', 'restored', 'updated', 'none']),
      /** Why it comes: it was asked for; one of those would be hidden without it; it is a link of one of those. */
      why: z.enum(['asked', 'needed', 'link']),
      /** Where backup and live are not the same; all fields where live does not have the record. */
      fields: z.array(fieldBetween),
    }),
  ),
  /** Links of these records that the backup has, that live has no more, and that are not restored. */
  links_left: z.number(),
  /** Why it cannot be done, in a dry run: references that lead nowhere, ids in use, permissions. */
  problems: z.array(issue),
  /** The newest transaction of live that it was made from. */
  head,
});
export type RestoredRecords = z.infer<typeof restoredRecords>;

/** The most records that are restored at once. */
export const mostRestored = 1000;

/**
 * Makes records what they are in a backup, as one audited change that undo takes back. What they would be hidden without comes with them; with
 * `links` so do the links that they have there. It is done in live or in the sandbox that is open; whoever may change a record there may restore
 * it. With `dry` it only says what would be done, and what is in the way. Throws MOVED_ON besides.
 */
export const restoreRecords = operation
  .input(
    z.object({
      id: z.string(),
      records: z.array(z.string().min(1).max(200)).min(1).max(mostRestored),
      links: z.boolean().default(false),
      /** The backup may be of another workspace; a dry run says whether it is. */
      another: z.boolean().default(false),
      /** The newest transaction that was looked at: where a record that comes was changed since, it is refused as MOVED_ON. */
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(restoredRecords));
