import { z } from 'zod';
import { jobStates } from '../../domain/jobs.ts';
import { serverText } from '../../texts/server-text.ts';
import type { ServerCause } from '../../texts/server-text.ts';
import { issue } from '../fault-data.ts';

const noData = z.object({});
const notFound = {
  status: 404,
  message: 'No such record, or one that the caller may not see.',
  data: z.object({ id: z.string() }),
} as const;

/** All declared errors of the server with their details. Any other error is INTERNAL, logged under its request id. */
export const serverFaults = {
  VALIDATION_ERROR: {
    status: 422,
    message: 'The request does not have the declared form.',
    data: z.object({ issues: z.array(issue) }),
  },
  UNAUTHORIZED: { status: 401, message: 'The access token is missing, expired or invalid.', data: noData },
  // One sentence for both, so that it does not reveal whether the email or the password was wrong.
  INVALID_CREDENTIALS: {
    status: 401,
    message: 'Wrong email or password, or a token that is used up.',
    data: noData,
  },
  // The refresh token can have been stolen.
  SESSION_REVOKED: {
    status: 401,
    message: 'An old refresh token was used, so the session has ended.',
    data: noData,
  },
  ACCOUNT_LOCKED: {
    status: 423,
    message: 'Too many wrong passwords.',
    data: z.object({ until: z.string(), minutes: z.number() }),
  },
  FORBIDDEN: {
    status: 403,
    message: 'The caller’s role or university does not allow it.',
    data: z.object({ rule: z.string() }),
  },
  RATE_LIMITED: {
    status: 429,
    message: 'The budget of the caller is spent.',
    data: z.object({ retry_after: z.number() }),
  },
  USER_NOT_FOUND: notFound,
  SESSION_NOT_FOUND: notFound,
  JOB_NOT_FOUND: notFound,
  HOOK_NOT_FOUND: notFound,
  // For each record type: its name in capitals.
  UNIVERSITY_NOT_FOUND: notFound,
  PROJECT_NOT_FOUND: notFound,
  ORGANISATION_NOT_FOUND: notFound,
  TEAM_NOT_FOUND: notFound,
  FACULTY_NOT_FOUND: notFound,
  STUDENT_NOT_FOUND: notFound,
  INTERFACE_NOT_FOUND: notFound,
  OUTCOME_NOT_FOUND: notFound,
  RISK_FACTOR_NOT_FOUND: notFound,
  FACTOR_MODEL_NOT_FOUND: notFound,
  COMMENT_NOT_FOUND: notFound,
  CONTACT_NOT_FOUND: notFound,
  DOCUMENT_NOT_FOUND: notFound,
  REPAIR_NOT_FOUND: notFound,
  TASK_NOT_FOUND: notFound,
  REPOSITORY_NOT_FOUND: notFound,
  SHARED_SANDBOX_NOT_FOUND: notFound,
  PERSON_NOT_FOUND: notFound,
  NOT_FOUND: { status: 404, message: 'No such route or backup.', data: noData },
  NO_OIDC: { status: 404, message: 'The server has no sign-in by a university.', data: noData },
  EMAIL_TAKEN: {
    status: 409,
    message: 'Another user has this email.',
    data: z.object({ email: z.string() }),
  },
  DUPLICATE_ID: {
    status: 409,
    message: 'A record with this id already exists.',
    data: z.object({ id: z.string() }),
  },
  IN_USE: {
    status: 409,
    message: 'The university still has records: how many of each type.',
    data: z.object({ counts: z.record(z.string(), z.number()) }),
  },
  JOB_STATE: {
    status: 409,
    message: 'The state of the job does not allow it.',
    data: z.object({ id: z.string(), state: z.enum(jobStates) }),
  },
  LAST_ADMIN: { status: 409, message: 'The server would have no admin left.', data: noData },
  MOVED_ON: {
    status: 409,
    message: 'The state has changed since the caller read it.',
    data: z.object({ seq: z.number() }),
  },
  OTHER_HISTORY: {
    status: 409,
    message: 'The cursor belongs to another history than the server’s.',
    data: z.object({ generation: z.string() }),
  },
  TOO_LARGE: { status: 413, message: 'The body is too large.', data: z.object({ limit: z.number() }) },
  UPGRADE_REQUIRED: {
    status: 426,
    message: 'The client is newer than the server, which must be upgraded.',
    data: z.object({ schema: z.number() }),
  },
  CLIENT_OUTDATED: {
    status: 426,
    message: 'The client is older than the server, and must be updated.',
    data: z.object({ schema: z.number() }),
  },
  UNAVAILABLE: {
    status: 503,
    message: 'The server, its backups or the sign-in of the university cannot be used now.',
    data: noData,
  },
  INTERNAL: { status: 500, message: 'An unexpected error, logged under the request id.', data: noData },
} as const;

/** The code of CLIENT_OUTDATED for clients that do not know that code. They show the message of this one. */
export const outdatedCodeForOlderClients = 'VALIDATION_ERROR';

export type ServerFaultCode = keyof typeof serverFaults;
export type ServerFaultData<C extends ServerFaultCode> = z.infer<(typeof serverFaults)[C]['data']>;

export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.unknown(),
    timestamp: z.string(),
    request_id: z.string(),
  }),
});

export class ServerFault<C extends ServerFaultCode = ServerFaultCode> extends Error {
  readonly code: C;
  readonly data: ServerFaultData<C>;
  /** For a caller that does not know `code`: sends VALIDATION_ERROR with the same status and sentence. */
  isUnknownToCaller = false;

  constructor(code: C, data: ServerFaultData<C>, cause?: ServerCause<C>) {
    super(serverText(code, data, cause));
    this.name = 'ServerFault';
    this.code = code;
    this.data = data;
  }
}
