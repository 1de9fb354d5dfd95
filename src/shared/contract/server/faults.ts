import { z } from 'zod';
import { issue } from '../faults.ts';

const none = z.object({});
const missing = { status: 404, data: z.object({ id: z.string() }) } as const;

/** Every error that the server declares, with the details it carries. Anything else is INTERNAL, logged in full under its request id. */
export const serverFaults = {
  VALIDATION_ERROR: { status: 422, data: z.object({ issues: z.array(issue) }) },
  UNAUTHORIZED: { status: 401, data: none },
  /** Wrong email or password, or a token that is used up: said alike, so that nobody finds out which. */
  INVALID_CREDENTIALS: { status: 401, data: none },
  /** The refresh token was used before its successor: the session is ended, in case somebody else has it. */
  SESSION_REVOKED: { status: 401, data: none },
  ACCOUNT_LOCKED: { status: 423, data: z.object({ until: z.string(), minutes: z.number() }) },
  FORBIDDEN: { status: 403, data: z.object({ rule: z.string() }) },
  RATE_LIMITED: { status: 429, data: z.object({ retry_after: z.number() }) },
  USER_NOT_FOUND: missing,
  SESSION_NOT_FOUND: missing,
  // Of each type of record: its name in capitals.
  UNIVERSITY_NOT_FOUND: missing,
  PROJECT_NOT_FOUND: missing,
  TEAM_NOT_FOUND: missing,
  FACULTY_NOT_FOUND: missing,
  STUDENT_NOT_FOUND: missing,
  INTERFACE_NOT_FOUND: missing,
  OUTCOME_NOT_FOUND: missing,
  RISK_FACTOR_NOT_FOUND: missing,
  FACTOR_MODEL_NOT_FOUND: missing,
  SHARED_SANDBOX_NOT_FOUND: missing,
  /** No student and no member of faculty, not even a deleted one, has this id. */
  PERSON_NOT_FOUND: missing,
  NOT_FOUND: { status: 404, data: none },
  /** Nobody signs in here by their university. */
  NO_OIDC: { status: 404, data: none },
  EMAIL_TAKEN: { status: 409, data: z.object({ email: z.string() }) },
  DUPLICATE_ID: { status: 409, data: z.object({ id: z.string() }) },
  /** A university that still has records: how many of each type. */
  IN_USE: { status: 409, data: z.object({ counts: z.record(z.string(), z.number()) }) },
  LAST_ADMIN: { status: 409, data: none },
  /** The state has changed since the caller read it. */
  MOVED_ON: { status: 409, data: z.object({ seq: z.number() }) },
  /** The server's history is another one than the caller's cursor is of. */
  OTHER_HISTORY: { status: 409, data: z.object({ generation: z.string() }) },
  TOO_LARGE: { status: 413, data: z.object({ limit: z.number() }) },
  UPGRADE_REQUIRED: { status: 426, data: z.object({ schema: z.number() }) },
  UNAVAILABLE: { status: 503, data: none },
  INTERNAL: { status: 500, data: none },
} as const;

export type ServerFaultCode = keyof typeof serverFaults;
export type ServerFaultData<C extends ServerFaultCode> = z.infer<(typeof serverFaults)[C]['data']>;

/** The body of every error. */
export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.unknown(),
    timestamp: z.string(),
    request_id: z.string(),
  }),
});

/** A declared error of the server, thrown by its rules and carried typed to whoever asked. */
export class ServerFault<C extends ServerFaultCode = ServerFaultCode> extends Error {
  readonly code: C;
  readonly data: ServerFaultData<C>;

  constructor(code: C, message: string, data: ServerFaultData<C>) {
    super(message);
    this.name = 'ServerFault';
    this.code = code;
    this.data = data;
  }
}
