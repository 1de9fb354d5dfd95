import { z } from 'zod';
import { sentence, sentenceValues } from '../texts/sentence.ts';
import { jobStates } from '../domain/jobs.ts';
import { withDisplay } from './display-rules.ts';
import {
  backupReasons,
  goldenReasons,
  modelReasons,
  networkReasons,
  sqlReasons,
  syncReasons,
  workspaceReasons,
} from './reasons.ts';
import { scanProblems } from './code-maps.ts';

/** A university that still has records: counts by table, and the first of them by name. */
const inUse = z.object({
  id: z.string(),
  title: z.string(),
  counts: z.record(z.string(), z.number()),
  records: z.array(z.object({ type: z.string(), id: z.string(), title: z.string() })),
});

const issue = z.object({
  path: z.string(),
  code: z.string(),
  /** The sentence of the catalogue; absent for other texts, such as those of an older server. */
  problem: sentence.optional(),
  /** The problem in English. */
  message: z.string(),
  gone: z.object({ type: z.string(), id: z.string(), title: z.string() }).optional(),
  /** For a university that cannot be deleted: its remaining records. */
  held: inUse.optional(),
  /** For a denied change: the rule, as in FORBIDDEN. */
  rule: z.string().optional(),
});
export type Issue = z.infer<typeof issue>;

const undoConflict = z.object({
  type: z.string(),
  id: z.string(),
  title: z.string(),
  /** The field that another user has changed since; null for the whole record. */
  field: z.string().nullable(),
  reason: z.enum(['changed_since', 'deleted_since', 'erased', 'in_use', 'last_admin']),
});
export type UndoConflict = z.infer<typeof undoConflict>;
export { issue, undoConflict };

const differing = withDisplay(
  z.object({
    type: z.string(),
    id: z.string(),
    title: z.string(),
    university: z.string().nullish(),
    field: z.string().nullable(),
  }),
  { columns: ['type', 'id', 'title', 'university', 'field'] },
);
export type DifferingRef = z.infer<typeof differing>;
export { differing };

/** Why a server was not reached. `what`: a name of the certificate, an address, a file or a code. */
export const networkProblem = z.object({
  reason: z.enum(networkReasons),
  /** With the port, unless that is the protocol's own. */
  host: z.string(),
  /** Host and port of the proxy, if one was used. */
  proxy: z.string().nullable(),
  what: z.string().nullable(),
});
export type NetworkProblem = z.infer<typeof networkProblem>;

/** All declared errors with their data. Any other error reaches the caller as INTERNAL with a trace id, logged at its origin. */
export const faults = {
  NOT_FOUND: {
    status: 404,
    data: z.object({
      type: z.string(),
      id: z.string(),
      state: z.enum(['deleted', 'hidden', 'in_trash']).optional(),
      /** For a point in time before the history: the time of the first change. */
      begins: z.string().optional(),
    }),
  },
  INVALID: { status: 422, data: z.object({ issues: z.array(issue) }) },
  FORBIDDEN: {
    status: 403,
    data: z.object({ rule: z.string(), type: z.string(), id: z.string().nullable() }),
  },
  DUPLICATE_ID: { status: 409, data: z.object({ id: z.string(), type: z.string() }) },
  IN_USE: { status: 409, data: inUse },
  /** A record that is deleted or restored already, or a job whose state does not allow the change. */
  ALREADY: {
    status: 409,
    data: z.object({ id: z.string(), state: z.enum(['deleted', 'live', ...jobStates]) }),
  },
  BUSY: {
    status: 423,
    data: z.object({
      holder: z.string().nullable(),
      waited_ms: z.number(),
      /** The resource in use, by default the workspace. `records` kept changing. */
      what: z.enum(['sandbox', 'versions', 'records']).optional(),
    }),
  },
  NOTHING_TO_UNDO: { status: 409, data: z.object({ direction: z.enum(['undo', 'redo']) }) },
  UNDO_CHANGED: { status: 409, data: z.object({ next: z.string().nullable() }) },
  UNDO_CONFLICT: { status: 409, data: z.object({ conflicts: z.array(undoConflict), op_id: z.string() }) },
  /** The selected records have changed since the user saw them. */
  MOVED_ON: { status: 409, data: z.object({ records: z.array(differing) }) },
  UNDECIDED: { status: 409, data: z.object({ conflicts: z.array(differing) }) },
  BAD_FILE: {
    status: 422,
    data: z.object({
      reason: z.string(),
      line: z.number().nullable(),
      path: z.string().nullable(),
      values: sentenceValues.optional(),
    }),
  },
  NOT_EMPTY: { status: 409, data: z.object({ counts: z.record(z.string(), z.number()) }) },
  UNKNOWN_ACTOR: {
    status: 401,
    data: z.object({
      actor: z.string(),
      candidates: z.array(z.string()).optional(),
      /** The only user who can act in a workspace shared with a server. */
      signed_in: z.string().optional(),
      /** The only profile of a workspace that does not exist yet. */
      owner: z.string().optional(),
    }),
  },
  GRANT_EXPIRED: { status: 410, data: z.object({}) },
  BACKUP: {
    status: 409,
    data: z.object({ reason: z.enum(backupReasons), id: z.string(), values: sentenceValues.optional() }),
  },
  /** An unusable golden version: missing, changed, damaged, newer, foreign. Version 0 is the one shipped with the program. */
  GOLDEN: {
    status: 409,
    data: z.object({ reason: z.enum(goldenReasons), version: z.number(), values: sentenceValues.optional() }),
  },
  /** `until`, for `behind` and `another_line`: the time of the newest missing change. */
  WORKSPACE: {
    status: 409,
    data: z.object({
      reason: z.enum(workspaceReasons),
      until: z.string().nullish(),
      values: sentenceValues.optional(),
    }),
  },
  /** Sync with a server stopped. `reason` is a code of the text catalogue. `minutes`, for `locked`: how long the lock lasts. */
  SYNC: {
    status: 409,
    data: z.object({
      reason: z.enum(syncReasons),
      minutes: z.number().optional(),
      detail: z.string().optional(),
      /** Why the server was not reached; its text then replaces that of `reason`. */
      network: networkProblem.optional(),
    }),
  },
  /** A statement that was refused or stopped. `what` is the refused part or SQLite's message; `limit` is in milliseconds or bytes. */
  SQL: {
    status: 422,
    data: z.object({ reason: z.enum(sqlReasons), what: z.string().nullable(), limit: z.number().nullable() }),
  },
  /** A repository that gives no map. `what` is its name, its branch or address, or git's message. */
  REPOSITORY: {
    status: 422,
    data: z.object({
      reason: z.enum([...scanProblems, 'map_missing', 'no_source', 'folder_taken', 'no_author']),
      what: z.string().nullable(),
    }),
  },
  /** A model that gave no answer. `detail`: the message of its server. `seconds` (`open`): time until the model can be asked again. */
  MODEL: {
    status: 409,
    data: z.object({
      reason: z.enum(modelReasons),
      /** The user's name for the model. */
      name: z.string().nullable(),
      status: z.number().nullable(),
      detail: z.string().nullable(),
      seconds: z.number().nullable(),
      network: networkProblem.optional(),
    }),
  },
  CANCELLED: { status: 499, data: z.object({}) },
  INTERNAL: { status: 500, data: z.object({ trace_id: z.string() }) },
} as const;

export type FaultCode = keyof typeof faults;
export type FaultData<C extends FaultCode> = z.infer<(typeof faults)[C]['data']>;
