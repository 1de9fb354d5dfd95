import { z } from 'zod';
import { maxLengths } from '../domain/limits.ts';
import { readOperation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { transaction } from './history.ts';
import { streamOf } from './progress.ts';
import { moment as time } from './record.ts';
import { withDisplay } from './display-rules.ts';

/**
 * A point in time: the id of a transaction or of one of its changes (the state after it); a UTC time in ISO 8601; the id or name of a checkpoint;
 * `first` or `now`. A time means the last transaction in log order that is not later; days, minutes and seconds count to their end.
 */
export const at = z.union([z.number().int().min(1), z.string().trim().min(1).max(maxLengths.checkpoint)]);
export type At = z.infer<typeof at>;

export const checkpoint = withDisplay(
  z.object({
    id: z.string(),
    name: z.string(),
    /** The transaction after which the state is named, with its hash and time. */
    at: z.number(),
    hash: z.string(),
    created_at: time,
    /** When the checkpoint was made, and by whom (profile id and name). */
    made: time,
    by: z.object({ id: z.string(), name: z.string() }),
    /** Whether the log no longer has that transaction, because a backup has replaced the records since. */
    lost: z.boolean(),
  }),
  { columns: ['name', 'at', 'made', 'by', 'lost', 'id'] },
);
export type Checkpoint = z.infer<typeof checkpoint>;

/** The state after a transaction, with that transaction. */
export const moment = transaction.extend({
  checkpoints: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Moment = z.infer<typeof moment>;

/** Resolves a point in time. Throws NOT_FOUND for an unknown name, or a time before the first record. */
export const resolve = readOperation.input(z.object({ at })).output(moment);

/** The open point in time and the newest point in time. `moment` is null if none is open. */
export const current = readOperation.input(z.object({})).output(
  z.object({
    moment: moment.nullable(),
    sandbox: z.string().nullable(),
    newest: moment,
  }),
);

const bucket = z.object({
  /** The bucket's last transaction, and the times of its first and last one; not corrected if the clock was set back. */
  at: z.number(),
  from: time,
  until: time,
  transactions: z.number(),
  changes: z.number(),
});

/** Data of a time slider: first and last point in time, and the log split in order into at most this many parts of equal size. */
export const range = readOperation
  .input(z.object({ buckets: z.number().int().min(1).max(1000).default(100) }))
  .output(z.object({ first: moment, last: moment, transactions: z.number(), buckets: z.array(bucket) }));

/** All points in time of the whole log, newest first, even if a past one is open. */
export const list = readOperation
  .route({ method: 'GET', path: '/moments', summary: 'Moments of the past' })
  .input(
    z.object({
      from: time.optional(),
      until: time.optional(),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1000).default(50),
    }),
  )
  .output(z.object({ rows: z.array(moment), total: z.number() }));

/** Opens another point in time; watchers get one change of everything, labelled `moment.go`. Throws INVALID if none is open. */
export const open = readOperation.input(z.object({ at })).output(moment);

const restoreResult = z.object({
  ...planShape,
  at: moment,
  records: z.array(
    plannedRecord.extend({
      /** Whether the record was not requested: a link of a requested record at that time, or a record without which one would be hidden. */
      added: z.boolean(),
    }),
  ),
  added: z.number(),
  /** Ids that exist neither at the point in time nor now. */
  unknown: z.array(z.string()),
  /** Reasons against the restore: dangling references. `path` is type, id and field joined by slashes. */
  problems: z.array(issue),
  head,
  backup: z.string().nullable(),
});
export type RestoreResult = z.infer<typeof restoreResult>;

/**
 * Restores records to a point in time as one undoable change of live or the sandbox. If a past point in time is open, the change is made in
 * the target that this point in time belongs to. A selected record that did not exist then is removed. Restoring all (`ids` null) needs an
 * admin and makes a backup of live first. Profiles, the workspace name and maintenance settings are kept. Throws INVALID with the problems,
 * MOVED_ON, FORBIDDEN, IN_USE.
 */
export const restore = readOperation
  .input(
    z.object({
      at,
      ids: z.array(z.string().min(1).max(200)).min(1).max(10_000).nullable(),
      /** Also restores records without which restored ones would be hidden, and the links that the records had then. */
      along: z.boolean().default(true),
      /** The head that the user saw. Throws MOVED_ON if an affected record has changed since. */
      seen: head.optional(),
      /** Returns the plan only, with a list of problems instead of an error. */
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(restoreResult));
