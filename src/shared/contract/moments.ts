import { z } from 'zod';
import { longest } from '../domain/limits.ts';
import { copyKinds } from '../domain/moments.ts';
import { operation } from './base.ts';
import { difference, plannedRecord, planShape, sideAction } from './compare.ts';
import { issue } from './faults.ts';
import { transaction } from './history.ts';
import { streamOf } from './progress.ts';
import { auditedType, moment as time } from './record.ts';

/**
 * A moment: the id of a transaction (or of one of its changes), after which it is; a UTC time, ISO 8601, which means the last transaction
 * in the order of the log that is not later (a day, a minute or a second to its end); the id or name of a checkpoint; `first` or `now`.
 */
export const at = z.union([z.number().int().min(1), z.string().trim().min(1).max(longest.checkpoint)]);
export type At = z.infer<typeof at>;

/** A name for a moment. */
export const checkpoint = z.object({
  id: z.string(),
  name: z.string(),
  /** The transaction that it is after, and when that was. */
  at: z.number(),
  hash: z.string(),
  created_at: time,
  /** When and by whom (a profile's id and name) it was named. */
  made: time,
  by: z.object({ id: z.string(), name: z.string() }),
  /** The log does not have that transaction any more: a backup took the place of the records since. */
  lost: z.boolean(),
});
export type Checkpoint = z.infer<typeof checkpoint>;

/** What the records were after a transaction, and what that did. */
export const moment = transaction.extend({
  /** Names of it. */
  checkpoints: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Moment = z.infer<typeof moment>;

/** The moment that somebody means. NOT_FOUND: there is none of that name, or nothing was there yet at that time. */
export const resolve = operation.input(z.object({ at })).output(moment);

/** The moment that is open, and the newest that there is. `moment` is null where no moment is open. */
export const opened = operation.input(z.object({})).output(
  z.object({
    moment: moment.nullable(),
    /** The sandbox that it is of; null where that is live. */
    sandbox: z.string().nullable(),
    newest: moment,
  }),
);

const bucket = z.object({
  /** Its last transaction, and the times of its first and last; a clock that was set back is taken as it was. */
  at: z.number(),
  from: time,
  until: time,
  transactions: z.number(),
  changes: z.number(),
});

/** All that a slider goes over: first and last moment, and the log cut into so many parts (or fewer) of as many transactions, in its order. */
export const range = operation
  .input(z.object({ buckets: z.number().int().min(1).max(1000).default(100) }))
  .output(z.object({ first: moment, last: moment, transactions: z.number(), buckets: z.array(bucket) }));

/** The moments that there are, newest first; of all of the log, also where a moment is open. */
export const list = operation
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

/** Moves the moment that is open to another one; whoever watches hears of a change of everything, labelled `moment.go`. INVALID where none is open. */
export const go = operation.input(z.object({ at })).output(moment);

const head = z.object({ id: z.number(), hash: z.string() });

/** A version or a sandbox, as one side of a comparison. */
const copy = z.object({
  copy: z.enum(copyKinds),
  id: z.string(),
  /** What a sandbox is called, what was said of a golden version, why a backup was made. */
  name: z.string(),
  /** When it was made or taken (ISO 8601). */
  created_at: z.string(),
});
export type Copy = z.infer<typeof copy>;

/**
 * What two moments have different, record by record; either may also be a copy of the records: `golden:3`, `backup:ID`, `sandbox:ID`. The rows are
 * those of comparing with a sandbox: `base` and `live` are what was at `from`, `play` what was at `to`, and `class` is always `play`; a title is
 * what the record was called at `to`. Upkeep of the workspace is no part of it; nor, where one is a copy, who may act and what the workspace is called.
 */
export const differences = operation
  .input(
    z.object({
      from: at,
      to: at.default('now'),
      types: z.array(auditedType).max(20).default([]),
      actions: z.array(sideAction).max(4).default([]),
      /** Part of a title or of an id, whatever its case. */
      text: z.string().max(200).default(''),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(1000).default(100),
    }),
  )
  .output(
    streamOf(
      z.object({
        from: z.union([moment, copy]),
        to: z.union([moment, copy]),
        /** Differing records by what came of them between the two, whatever the filters. */
        counts: z.record(sideAction, z.number()),
        matched: z.number(),
        rows: z.array(difference),
      }),
    ),
  );

const restored = z.object({
  ...planShape,
  at: moment,
  records: z.array(
    plannedRecord.extend({
      /** Nobody asked for it: what asked for it would be hidden without it, or it is a link that the record had then. */
      added: z.boolean(),
    }),
  ),
  /** How many of them are `added`. */
  added: z.number(),
  /** Ids that nobody has: neither then nor now. */
  unknown: z.array(z.string()),
  /** Why it cannot be done: references that lead nowhere. `path` is type, id and field with slashes. */
  problems: z.array(issue),
  /** The newest transaction that it was made from. */
  head,
  /** The backup that was made before it, or null. */
  backup: z.string().nullable(),
});
export type Restored = z.infer<typeof restored>;

/**
 * Makes records what they were at a moment, as one audited change of the workspace (or sandbox) that undo takes back; where a moment is open,
 * in what it is of. A named record that was not there then is removed. For all of them (`ids` null) an admin is asked for, and
 * a backup of live is made before; who may act, the name of the workspace and its upkeep stay as they are. Throws INVALID with what is in the way,
 * MOVED_ON, FORBIDDEN, IN_USE.
 */
export const restore = operation
  .input(
    z.object({
      at,
      ids: z.array(z.string().min(1).max(200)).min(1).max(10_000).nullable(),
      /** What restored records would be hidden without, and the links that they had then, are restored too. */
      along: z.boolean().default(true),
      /** The newest transaction that was looked at: where one of the records was changed since, it is refused as MOVED_ON. */
      seen: head.optional(),
      /** Only says what would be done; what is in the way is listed then, and not thrown. */
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(restored));
