import { z } from 'zod';
import { jobStates } from '../domain/jobs.ts';
import {
  backupReasons,
  goldenReasons,
  modelReasons,
  sqlReasons,
  syncReasons,
  workspaceReasons,
} from './reasons.ts';

/** A university that still has records: how many by table, and the first of them by name. */
const inUse = z.object({
  id: z.string(),
  title: z.string(),
  counts: z.record(z.string(), z.number()),
  records: z.array(z.object({ type: z.string(), id: z.string(), title: z.string() })),
});

const issue = z.object({
  /** The field, dotted for what lies inside it; '' for the record as a whole. */
  path: z.string(),
  code: z.string(),
  message: z.string(),
  /** The deleted record that the field names. */
  gone: z.object({ type: z.string(), id: z.string(), title: z.string() }).optional(),
  /** Of a university that cannot be deleted: what it still has. */
  held: inUse.optional(),
  /** Of what somebody may not do: the rule, as FORBIDDEN has it. */
  rule: z.string().optional(),
});
export type Issue = z.infer<typeof issue>;

const undoConflict = z.object({
  type: z.string(),
  id: z.string(),
  title: z.string(),
  /** The field that somebody has changed since, or null when the record as a whole is in the way. */
  field: z.string().nullable(),
  reason: z.enum(['changed_since', 'deleted_since', 'erased', 'in_use', 'last_admin']),
});
export type UndoConflict = z.infer<typeof undoConflict>;
export { issue, undoConflict };

/** A record that a comparison is about; `field` is null where it is meant as a whole. */
const differing = z.object({
  type: z.string(),
  id: z.string(),
  title: z.string(),
  /** What the university is called that it belongs to, where that is known. */
  university: z.string().nullish(),
  field: z.string().nullable(),
});
export type DifferingRef = z.infer<typeof differing>;
export { differing };

/**
 * Every error that an operation declares, with the data it carries. Anything else that goes wrong reaches a caller as
 * INTERNAL with a trace id, and is logged in full where it happened.
 */
export const faults = {
  NOT_FOUND: { status: 404, data: z.object({ type: z.string(), id: z.string() }) },
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
  BUSY: { status: 423, data: z.object({ holder: z.string().nullable(), waited_ms: z.number() }) },
  NOTHING_TO_UNDO: { status: 409, data: z.object({ direction: z.enum(['undo', 'redo']) }) },
  UNDO_CHANGED: { status: 409, data: z.object({ next: z.string().nullable() }) },
  UNDO_CONFLICT: { status: 409, data: z.object({ conflicts: z.array(undoConflict), op_id: z.string() }) },
  /** Since it was looked at, somebody has changed what was chosen. */
  MOVED_ON: { status: 409, data: z.object({ records: z.array(differing) }) },
  /** Both sides changed it, and nobody has said which counts. */
  UNDECIDED: { status: 409, data: z.object({ conflicts: z.array(differing) }) },
  BAD_FILE: {
    status: 422,
    data: z.object({ reason: z.string(), line: z.number().nullable(), path: z.string().nullable() }),
  },
  NOT_EMPTY: { status: 409, data: z.object({ counts: z.record(z.string(), z.number()) }) },
  UNKNOWN_ACTOR: { status: 401, data: z.object({ actor: z.string() }) },
  GRANT_EXPIRED: { status: 410, data: z.object({}) },
  /** A backup that cannot be used: missing, damaged, newer, foreign. */
  BACKUP: { status: 409, data: z.object({ reason: z.enum(backupReasons), id: z.string() }) },
  /** A golden version that cannot be used: missing, changed, damaged, newer, foreign. Version 0 is the one that comes with the program. */
  GOLDEN: { status: 409, data: z.object({ reason: z.enum(goldenReasons), version: z.number() }) },
  /** `until` goes with `behind` and `another_line`: when the newest change that is missing was made. */
  WORKSPACE: {
    status: 409,
    data: z.object({ reason: z.enum(workspaceReasons), until: z.string().nullish() }),
  },
  /** Sync with a server cannot go on: why, as a code of the text catalogue. `minutes` goes with `locked`: how long the lock lasts. */
  SYNC: { status: 409, data: z.object({ reason: z.enum(syncReasons), minutes: z.number().optional() }) },
  /** A statement that is not run, or was ended. `what` is the part that is refused, or what SQLite says; `limit` the milliseconds or bytes. */
  SQL: {
    status: 422,
    data: z.object({ reason: z.enum(sqlReasons), what: z.string().nullable(), limit: z.number().nullable() }),
  },
  /** A language model that is not asked, or gave no answer. `detail` is what its server says; `seconds`, with `open`, when it may be asked again. */
  MODEL: {
    status: 409,
    data: z.object({
      reason: z.enum(modelReasons),
      /** The name that the person gave the model. */
      name: z.string().nullable(),
      /** Of HTTP. */
      status: z.number().nullable(),
      detail: z.string().nullable(),
      seconds: z.number().nullable(),
    }),
  },
  CANCELLED: { status: 499, data: z.object({}) },
  INTERNAL: { status: 500, data: z.object({ trace_id: z.string() }) },
} as const;

export type FaultCode = keyof typeof faults;
export type FaultData<C extends FaultCode> = z.infer<(typeof faults)[C]['data']>;

/** A declared error, thrown by core's rules and carried typed to whoever asked. */
export class Fault<C extends FaultCode = FaultCode> extends Error {
  readonly code: C;
  readonly data: FaultData<C>;

  constructor(code: C, message: string, data: FaultData<C>) {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.data = data;
  }
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}

/** What kind of thing is wrong, where a declared error says that (BACKUP, GOLDEN, WORKSPACE, BAD_FILE); else null. */
export function reasonOf({ data }: Fault): string | null {
  return 'reason' in data ? data.reason : null;
}
