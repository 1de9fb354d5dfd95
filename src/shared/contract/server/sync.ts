import { z } from 'zod';
import { longest } from '../../domain/limits.ts';
import { syncedTypes } from '../../sync/operation.ts';
import { jsonObject } from '../json.ts';
import { operation, storableObject } from './base.ts';
import { user } from './users.ts';

/** Text that an operation names; what the server cannot keep is refused with that operation, and not with the whole request. */
const given = z.string().max(10_000);
const syncedType = z.enum(syncedTypes);

/** At most this many operations, and this many rows, travel in one request or answer; an operation with more rows travels in parts. */
export const mostOperations = 200;
export const mostRows = 2000;
/** Bytes of a request's body. */
export const mostBytes = 16 * 1024 * 1024;

const row = z.object({
  action: z.enum(['create', 'update', 'delete', 'restore']),
  type: syncedType,
  id: given,
  before: storableObject.nullable(),
  after: storableObject.nullable(),
});

/** One transaction of a workspace's log, as far as it is about what is shared. */
const pushed = z.object({
  op_id: z.uuid(),
  /** The form that it is written in. */
  schema: z.number().int().min(1),
  replica: given,
  /** By its author's clock: a hybrid logical reading, and ISO 8601. */
  hlc: given,
  created_at: z.iso.datetime(),
  label: given,
  params: storableObject,
  undoes: z.uuid().nullable(),
  redoes: z.uuid().nullable(),
  /** The operation of somebody else, or of another file, that is offered again because the server lost it: `op_id` is made from it then. */
  recovers: z.uuid().nullable(),
  /** With `recovers`: who made the operation, as far as the caller knows. */
  author: given.nullable().default(null),
  /** The newest number of the server's history that its author had, and the hash there: others find a server that shows each another one. */
  seen: z.object({ seq: z.number().int().min(0), hash: z.string().max(64) }).nullable(),
  /** Of a larger operation: which part this is, counted from 0, and how many there are. */
  part: z.object({ index: z.number().int().min(0), count: z.number().int().min(2).max(10_000) }).nullable(),
  rows: z.array(row).min(1).max(mostRows),
});
export type PushedOperation = z.infer<typeof pushed>;

/** What is shared: `all`, or one university by its id. */
export const share = z.string().max(longest.id).default('all');

const refused = z.object({
  op_id: z.string(),
  code: z.string(),
  message: z.string(),
  /** The record that is in the way; null for the operation as a whole. */
  record: z.object({ type: z.string(), id: z.string() }).nullable(),
});
export type RefusedOperation = z.infer<typeof refused>;

/**
 * Takes over operations, in order, each whole or not at all. What is known already is not done again. An answer that does not come says nothing:
 * what arrived is seen in `pull`.
 */
export const push = operation
  .route({ method: 'POST', path: '/sync/push', summary: 'Take over operations', tags: ['Sync'] })
  .input(
    z.object({
      generation: z.string().max(100),
      /** Milliseconds by which the caller's clock is behind the server's, as measured at the handshake. */
      clock_offset: z.number().min(-1e14).max(1e14),
      operations: z.array(pushed).min(1).max(mostOperations),
    }),
  )
  .output(
    z.object({
      /** Taken over, now or before. */
      accepted: z.array(z.string()),
      /** Those of them that were there already, with their numbers: who has come beyond that number does not pull them again. */
      known: z.array(z.object({ op_id: z.string(), seq: z.number() })),
      /** Parts that are kept until the rest comes. */
      partial: z.array(z.string()),
      refused: z.array(refused),
      seq: z.number(),
    }),
  );

const value = z.object({ value: z.unknown() }).nullable();
const conflict = z.object({
  type: syncedType,
  id: z.string(),
  field: z.string(),
  kind: z.enum(['older', 'newer', 'deleted', 'deletes']),
  lost: value,
  won: value,
  /** Who wrote the value that the operation met. */
  other: z.object({ op_id: z.string(), actor: z.string() }).nullable(),
});
export type PulledConflict = z.infer<typeof conflict>;

/** A person whom an admin erased at the server. Every workspace empties its own history of the record. */
const erasure = z.object({
  type: z.enum(['student', 'faculty']),
  id: z.string(),
  /** Whether the name was replaced in other records. */
  mentions: z.boolean(),
});
export type Erasure = z.infer<typeof erasure>;

/** An operation as it took effect, in commit order. */
const pulled = z.object({
  seq: z.number(),
  op_id: z.string(),
  replica: z.string(),
  actor: z.string(),
  label: z.string(),
  params: jsonObject,
  created_at: z.string(),
  /** When it happened by the server's clock, as a hybrid logical reading. */
  stamp: z.string(),
  undoes: z.string().nullable(),
  redoes: z.string().nullable(),
  recovers: z.string().nullable(),
  seen: z.object({ seq: z.number(), hash: z.string() }).nullable(),
  previous_hash: z.string(),
  /** SHA-256 over the digests of all its rows; with the rest it makes `hash`: see `shared/sync/chain.ts`. */
  body: z.string(),
  hash: z.string(),
  /** Those that took effect and that the caller may see; the first of them is at `offset` of all. */
  rows: z.array(row),
  offset: z.number(),
  /** More rows of it come with the next answer. */
  partial: z.boolean(),
  conflicts: z.array(conflict),
  /** Set only by the server itself, and told to everybody whatever their scope. A server older than this has no such field. */
  erases: erasure.nullable().optional(),
});
export type PulledOperation = z.infer<typeof pulled>;

const head = z.object({ seq: z.number(), hash: z.string() });
/** The set of what the caller may see: its version changes with it. */
const scope = z.object({ version: z.string(), universities: z.array(z.string()).nullable() });
export type SyncScope = z.infer<typeof scope>;

/** Who the caller is, what the server's history is, and what time it has. */
export const hello = operation
  .route({ method: 'GET', path: '/sync/hello', summary: 'Who the server and the caller are', tags: ['Sync'] })
  .input(
    z.object({
      share,
      /** The newest form of operations that the client reads. One without it is of form 1. */
      schema: z.coerce.number().int().min(1).default(1),
    }),
  )
  .output(
    z.object({
      server_id: z.string(),
      generation: z.string(),
      /**
       * The histories that this one goes on from, the oldest first: the server was restored. `seq` is the last number of each that is here, and `hash`
       * the hash there.
       */
      lineage: z.array(z.object({ generation: z.string(), seq: z.number(), hash: z.string() })),
      head,
      scope,
      user,
      schema: z.number(),
      /** Milliseconds since 1970. */
      now: z.number(),
    }),
  );

/** What comes after a number of the server's history, in commit order. */
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
      /** Rows of the operation after `after` that the caller has already. */
      offset: z.coerce.number().int().min(0).default(0),
      share,
      limit: z.coerce.number().int().min(1).max(mostOperations).default(mostOperations),
    }),
  )
  .output(
    z.object({
      operations: z.array(pulled),
      /** What the next call gives as `after`: what the caller may not see is passed over. */
      next: head,
      head,
      scope,
    }),
  );

const state = z.object({
  type: syncedType,
  id: z.string(),
  payload: jsonObject,
  deleted: z.boolean(),
});
export type RecordState = z.infer<typeof state>;

/** Records as they are at the server, by id; those that it never had, or that the caller may not see, are not among them. */
export const records = operation
  .route({ method: 'POST', path: '/sync/records', summary: 'Records by id', tags: ['Sync'] })
  .input(z.object({ share, ids: z.array(given).min(1).max(mostRows) }))
  .output(z.object({ records: z.array(state), head }));

/** All records in order of type and id, a page at a time; the caller goes on from the last one it has. */
export const snapshot = operation
  .route({ method: 'GET', path: '/sync/snapshot', summary: 'All records, page by page', tags: ['Sync'] })
  .input(
    z.object({
      share,
      after: z.string().max(400).default(''),
      limit: z.coerce.number().int().min(1).max(5000).default(5000),
    }),
  )
  .output(z.object({ records: z.array(state), next: z.string().nullable(), total: z.number(), head }));

const range = z.object({
  /** Ids from here on, … */
  from: z.string(),
  /** … and below; null for no end. */
  to: z.string().nullable(),
  count: z.number(),
  /** The first id that is there; null where there is none. */
  first: z.string().nullable(),
  /** 32 hex digits: all fingerprints of the range, each the first 16 bytes of a SHA-256, by exclusive or. */
  fingerprint: z.string(),
});
export type DigestRange = z.infer<typeof range>;

/** Fingerprints of ranges of ids, each divided into `parts`, as far as the caller may see. */
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
        .array(z.object({ from: z.string().max(longest.id), to: z.string().max(longest.id).nullable() }))
        .min(1)
        .max(64),
      parts: z.number().int().min(1).max(32),
    }),
  )
  .output(z.object({ ranges: z.array(range), head }));

/** Everybody who was erased in this history: for a workspace that joins again, or that pulled an erasure with an older FRAMES. */
export const erasures = operation
  .route({ method: 'GET', path: '/sync/erasures', summary: 'People who were erased', tags: ['Sync'] })
  .output(z.object({ erasures: z.array(erasure) }));
