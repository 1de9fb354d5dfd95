import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { syncedTypes } from '../../sync/operation.ts';
import { jsonObject } from '../json.ts';
import { operation, storableObject } from './base.ts';
import { user } from './users.ts';

/** Text of an operation. If the server cannot store it, only that operation is rejected, not the whole request. */
const operationText = z.string().max(10_000);
const syncedType = z.enum(syncedTypes);

/** Maximum operations, and rows, per request or response. Operations with more rows are sent in parts. */
export const maxOperations = 200;
export const maxRows = 2000;
export const maxBytes = 16 * 1024 * 1024;

const row = z.object({
  action: z.enum(['create', 'update', 'delete', 'restore']),
  type: syncedType,
  id: operationText,
  before: storableObject.nullable(),
  after: storableObject.nullable(),
});

/** One transaction of a workspace's log, limited to shared records. */
const pushedOperation = z.object({
  op_id: z.uuid(),
  schema: z.number().int().min(1),
  replica: operationText,
  /** Time by the author's clock: `hlc` as a hybrid logical timestamp, `created_at` in ISO 8601. */
  hlc: operationText,
  created_at: z.iso.datetime(),
  label: operationText,
  params: storableObject,
  undoes: z.uuid().nullable(),
  redoes: z.uuid().nullable(),
  /** For a resent operation that the server lost: its original id, from which `op_id` is derived. */
  recovers: z.uuid().nullable(),
  /** With `recovers`: the original author, if known. */
  author: operationText.nullable().default(null),
  /** The sequence number and hash of the author's last known head. Other clients can detect a server that shows different histories. */
  seen: z.object({ seq: z.number().int().min(0), hash: z.string().max(64) }).nullable(),
  /** For a larger operation: index of this part, from 0, and number of parts. */
  part: z.object({ index: z.number().int().min(0), count: z.number().int().min(2).max(10_000) }).nullable(),
  rows: z.array(row).min(1).max(maxRows),
});
export type PushedOperation = z.infer<typeof pushedOperation>;

/** The scope of sharing: `all`, or the id of one university. */
export const share = z.string().max(maxLengths.id).default('all');

const refusedOperation = z.object({
  op_id: z.string(),
  code: z.string(),
  message: z.string(),
  /** The record that caused the rejection; null for the whole operation. */
  record: z.object({ type: z.string(), id: z.string() }).nullable(),
});
export type RefusedOperation = z.infer<typeof refusedOperation>;

/** Applies operations in order, each completely or not at all; skips known ones. After a lost response, `pull` shows which are applied. */
export const push = operation
  .route({ method: 'POST', path: '/sync/push', summary: 'Take over operations', tags: ['Sync'] })
  .input(
    z.object({
      generation: z.string().max(100),
      /** Milliseconds that the caller's clock is behind the server's, as measured in the handshake. */
      clock_offset: z.number().min(-1e14).max(1e14),
      operations: z.array(pushedOperation).min(1).max(maxOperations),
    }),
  )
  .output(
    z.object({
      /** Applied now or before. */
      accepted: z.array(z.string()),
      /** Operations that were applied before, with their sequence numbers. A client beyond that number will not pull them again. */
      known: z.array(z.object({ op_id: z.string(), seq: z.number() })),
      /** Operations whose remaining parts are missing. */
      partial: z.array(z.string()),
      refused: z.array(refusedOperation),
      seq: z.number(),
    }),
  );

const fieldValue = z.object({ value: z.unknown() }).nullable();
const conflict = z.object({
  type: syncedType,
  id: z.string(),
  field: z.string(),
  kind: z.enum(['older', 'newer', 'deleted', 'deletes']),
  lost: fieldValue,
  won: fieldValue,
  other: z.object({ op_id: z.string(), actor: z.string() }).nullable(),
});
export type PulledConflict = z.infer<typeof conflict>;

/** A person erased at the server by an admin. Every workspace empties its history of the record. */
const erasure = z.object({
  type: z.enum(['student', 'faculty']),
  id: z.string(),
  mentions: z.boolean(),
});
export type Erasure = z.infer<typeof erasure>;

/** What an erasure emptied, for workspaces that do not know the person: they may have texts with the name. */
const emptying = z.object({
  /** SHA-256 as hex of the `op_id`, a blank and the person's id: who does not have the id already does not learn it. */
  person: z.string(),
  mentions: z.boolean(),
  /** Other records of which texts were emptied, as far as the caller sees them. */
  records: z.array(
    z.object({
      type: syncedType,
      id: z.string(),
      /** Every value that the server's history still has of a field with an emptied text. */
      values: z.record(z.string(), z.array(z.unknown())),
    }),
  ),
});
export type Emptying = z.infer<typeof emptying>;
export type EmptiedRecord = Emptying['records'][number];

/** An operation as applied, in commit order. */
const pulledOperation = z.object({
  seq: z.number(),
  op_id: z.string(),
  replica: z.string(),
  actor: z.string(),
  label: z.string(),
  params: jsonObject,
  created_at: z.string(),
  /** Server time of the operation, as a hybrid logical timestamp. */
  stamp: z.string(),
  undoes: z.string().nullable(),
  redoes: z.string().nullable(),
  recovers: z.string().nullable(),
  seen: z.object({ seq: z.number(), hash: z.string() }).nullable(),
  previous_hash: z.string(),
  /** SHA-256 over the digests of all rows of the operation. An input of `hash`: see `shared/sync/chain.ts`. */
  body: z.string(),
  hash: z.string(),
  /** Applied rows that the caller is allowed to see; the first has index `offset` among all rows. */
  rows: z.array(row),
  offset: z.number(),
  /** Whether the next response has more rows of the operation. */
  partial: z.boolean(),
  conflicts: z.array(conflict),
  /** Set only by the server, and sent to all who could have a row of the person. Absent from older servers. */
  erases: erasure.nullable().optional(),
  /** Of every erasure, sent to all. Absent from older servers. */
  empties: emptying.nullable().optional(),
});
export type PulledOperation = z.infer<typeof pulledOperation>;

const head = z.object({ seq: z.number(), hash: z.string() });
const scope = z.object({ version: z.string(), universities: z.array(z.string()).nullable() });
export type SyncScope = z.infer<typeof scope>;

/** The caller's identity, the server's history, and the server's time. */
export const hello = operation
  .route({ method: 'GET', path: '/sync/hello', summary: 'Who the server and the caller are', tags: ['Sync'] })
  .input(
    z.object({
      share,
      /** The newest schema version that the client can read. Clients without it use version 1. */
      schema: z.coerce.number().int().min(1).default(1),
    }),
  )
  .output(
    z.object({
      server_id: z.string(),
      generation: z.string(),
      /** Earlier generations, oldest first. `seq` and `hash` are the last operation of each that the server still has. */
      lineage: z.array(z.object({ generation: z.string(), seq: z.number(), hash: z.string() })),
      head,
      scope,
      user,
      schema: z.number(),
      /** Milliseconds since 1970. */
      now: z.number(),
      /** When the server last found a file damaged: a change asks workspaces to offer their files again. Absent from older servers. */
      files_damaged: z.string().nullable().optional(),
      /** Whether people may approve their own repairs. Absent from older servers. */
      own_approval: z.boolean().optional(),
    }),
  );

/** Operations after a sequence number, in commit order. */
export const pull = operation
  .route({
    method: 'GET',
    path: '/sync/pull',
    summary: 'What comes after a number of the history',
    tags: ['Sync'],
  })
  .input(
    z.object({
      generation: z.string().max(100),
      after: z.coerce.number().int().min(0),
      /** Number of rows of the next operation that the caller has already. */
      offset: z.coerce.number().int().min(0).default(0),
      share,
      limit: z.coerce.number().int().min(1).max(maxOperations).default(maxOperations),
    }),
  )
  .output(
    z.object({
      operations: z.array(pulledOperation),
      /** The `after` of the next call. It skips operations that the caller is not allowed to see. */
      next: head,
      head,
      scope,
    }),
  );

const recordState = z.object({
  type: syncedType,
  id: z.string(),
  payload: jsonObject,
  deleted: z.boolean(),
});
export type RecordState = z.infer<typeof recordState>;

/** Current server records by id, without unknown ones and those that the caller is not allowed to see. */
export const records = operation
  .route({ method: 'POST', path: '/sync/records', summary: 'Records by id', tags: ['Sync'] })
  .input(z.object({ share, ids: z.array(operationText).min(1).max(maxRows) }))
  .output(z.object({ records: z.array(recordState), head }));

/** All records by type and id, in pages; the caller continues from its last record. */
export const snapshot = operation
  .route({ method: 'GET', path: '/sync/snapshot', summary: 'All records, page by page', tags: ['Sync'] })
  .input(
    z.object({
      share,
      after: z.string().max(400).default(''),
      limit: z.coerce.number().int().min(1).max(5000).default(5000),
    }),
  )
  .output(z.object({ records: z.array(recordState), next: z.string().nullable(), total: z.number(), head }));

const range = z.object({
  /** First id of the range, inclusive. */
  from: z.string(),
  /** End of the range, exclusive; null for no end. */
  to: z.string().nullable(),
  count: z.number(),
  /** The first existing id; null if there is none. */
  first: z.string().nullable(),
  /** 32 hex digits: XOR of all fingerprints in the range, each the first 16 bytes of a SHA-256. */
  fingerprint: z.string(),
});
export type DigestRange = z.infer<typeof range>;

/** Fingerprints of ranges of ids, each split into `parts`, over the records that the caller is allowed to see. */
export const digest = operation
  .route({
    method: 'POST',
    path: '/sync/digest',
    summary: 'Fingerprints of ranges of records',
    tags: ['Sync'],
  })
  .input(
    z.object({
      share,
      ranges: z
        .array(
          z.object({ from: z.string().max(maxLengths.id), to: z.string().max(maxLengths.id).nullable() }),
        )
        .min(1)
        .max(64),
      parts: z.number().int().min(1).max(32),
    }),
  )
  .output(z.object({ ranges: z.array(range), head }));

/** All erasures of this history, for a workspace that rejoins or that pulled an erasure with an older FRAMES. */
export const erasures = operation
  .route({ method: 'GET', path: '/sync/erasures', summary: 'People who were erased', tags: ['Sync'] })
  .output(
    z.object({
      erasures: z.array(erasure),
      /** Absent from older servers. */
      emptyings: z.array(emptying.extend({ op_id: z.string() })).optional(),
    }),
  );
