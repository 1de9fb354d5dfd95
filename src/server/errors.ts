import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { ORPCError } from '@orpc/server';
import pg from 'pg';
import type { ConnectionError as RequestError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { outdatedCodeForOlderClients, ServerFault, serverFaults } from '#shared/contract/server/faults.ts';
import type { errorBody } from '#shared/contract/server/faults.ts';
import { maxBytes } from '#shared/contract/server/sync.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import { issueOfZod } from '#shared/texts/issues.ts';
import type { RequestContext, Services } from './context.ts';
import { ConnectionError } from './db/database.ts';
import { isServable, readSchemaState } from './db/migrate.ts';
import { isoTime } from './db/time.ts';

const createErrorBody = (
  code: string,
  message: string,
  details: unknown,
  request_id: string,
): z.infer<typeof errorBody> => ({
  error: { code, message, details, timestamp: new Date().toISOString(), request_id },
});

const internalError = (): ServerFault => new ServerFault('INTERNAL', {});

/** Converts an error for a client. Declared errors pass; others become INTERNAL and are logged in full with the request id. */
export function toWireError(
  error: unknown,
  { services, requestId, setHeader }: RequestContext,
): ORPCError<string, unknown> {
  const fault = faultOf(error);
  if (!fault) services.log.error({ err: error }, 'internal error');
  else if (fault.code === 'UNAVAILABLE') services.log.warn({ err: fault.cause ?? error }, 'unavailable');
  const { code, message, data } = fault ?? internalError();
  const retrySeconds = retrySecondsOf(data, services.now());
  if (retrySeconds !== null) setHeader('retry-after', retrySeconds);
  const { status } = serverFaults[code];
  if (!fault?.isUnknownToCaller)
    return new ORPCError(code, { message, status, data: createErrorBody(code, message, data, requestId) });
  const knownCode = outdatedCodeForOlderClients;
  const body = createErrorBody(knownCode, message, { ...data, issues: [] }, requestId);
  return new ORPCError(knownCode, { message, status, data: body });
}

/** Answers errors outside of the operations: unknown routes, unreadable bodies, overload. */
export function answerError(
  error: FastifyError | ServerFault,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const fault = faultOf(error) ?? faultOfRequest(error, request.routeOptions.bodyLimit);
  if (!fault) request.log.error({ err: error }, 'internal error');
  else if (fault.code === 'UNAVAILABLE' && fault !== error) request.log.warn({ err: error }, 'unavailable');
  const { code, message, data } = fault ?? internalError();
  const retrySeconds = retrySecondsOf(data, Date.now()) ?? (code === 'UNAVAILABLE' ? '5' : null);
  if (retrySeconds !== null) void reply.header('retry-after', retrySeconds);
  return reply.code(serverFaults[code].status).send(createErrorBody(code, message, data, request.id));
}

/** Answers malformed HTTP and oversized heads directly on the socket. */
export function answerBrokenRequest(error: RequestError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, fault] = faultOfConnection(error.code);
  const text = JSON.stringify(createErrorBody(fault.code, fault.message, fault.data, randomUUID()));
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close`;
  // Destroys the socket, because a client that keeps sending would hold it open.
  socket.end(`${head}\r\n\r\n${text}`, () => socket.destroy());
}

function faultOfConnection(code: string): [status: string, fault: ServerFault] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return [
      '431 Request Header Fields Too Large',
      new ServerFault('TOO_LARGE', { limit: maxHeadBytes }, 'head'),
    ];
  const [status, cause] =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? (['408 Request Timeout', 'late'] as const)
      : (['400 Bad Request', 'not_http'] as const);
  return [status, new ServerFault('VALIDATION_ERROR', { issues: [] }, cause)];
}

/** Node's limit of a request head. */
const maxHeadBytes = 16 * 1024;

export const noRouteError = (): ServerFault => new ServerFault('NOT_FOUND', {});

function faultOfRequest(
  { code, statusCode = 500 }: FastifyError | (ServerFault & { statusCode?: number }),
  limit: number | undefined,
) {
  if (statusCode === 413) return new ServerFault('TOO_LARGE', { limit: limit ?? maxBytes });
  if (code === 'FST_UNDER_PRESSURE' || statusCode === 503) return unavailableError();
  return statusCode >= 400 && statusCode < 500 ? new ServerFault('VALIDATION_ERROR', { issues: [] }) : null;
}

/** Returns seconds until a retry makes sense; null if the error does not say. */
function retrySecondsOf(data: object, now: number): string | null {
  if ('retry_after' in data) return String(data.retry_after);
  if (!('until' in data)) return null;
  return String(Math.max(1, Math.ceil((Date.parse(String(data.until)) - now) / 1000)));
}

interface SchemaIssues {
  issues?: readonly z.core.$ZodIssue[];
}

function faultOf(error: unknown): ServerFault | null {
  if (error instanceof ServerFault) return error;
  if (!(error instanceof ORPCError)) return faultOfPostgres(error);
  const { code, status, data } = error as ORPCError<string, SchemaIssues | undefined>;
  if (status >= 500) return null;
  if (code === 'NOT_FOUND') return noRouteError();
  const issues = (data?.issues ?? []).map((issue): Issue => {
    const [requestPart, ...rest] = issue.path.map(String);
    // Drops `body`, `query` or `params`, because the route implies it.
    const path = (/^(body|query|params)$/.test(requestPart ?? '') ? rest : issue.path.map(String)).join('.');
    return issueOfZod(issue, { path });
  });
  return new ServerFault('VALIDATION_ERROR', { issues });
}

/** SQLSTATEs of text and numbers that Postgres cannot store. */
const unstorableStates = ['22021', '22P05', '22P02', '22003'];

/**
 * SQLSTATEs, or classes of them, that say nothing about the request, so that a later attempt can succeed. A connection is lost or refused (08, 28), the
 * database is missing (3D, 3F), read-only (25006) or closed a transaction (25P03, 25P04), others got in the way (40, 55), resources are short (53),
 * an operator or a crash intervened (57), the system fails (58). Missing tables, columns, functions and rights are not among them: outside of a
 * restore they stay, so a client would repeat its request for ever (`explainByRestore`).
 */
const unavailableStates = /^(08|28|3D|3F|25006|25P0[34]|40|55|53|57|58)/;

const systemErrors = [
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
];

/** The code of an error of Postgres or of the connection to it; empty for other errors. */
const databaseCode = (error: unknown): string =>
  error instanceof pg.DatabaseError || error instanceof ConnectionError || isSystemError(error)
    ? String(error.code)
    : '';

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && systemErrors.includes(String(error.code));

function faultOfPostgres(error: unknown): ServerFault | null {
  const code = databaseCode(error);
  if (unstorableStates.includes(code))
    return new ServerFault('VALIDATION_ERROR', { issues: [] }, 'unstorable');
  return unavailableStates.test(code) || systemErrors.includes(code) ? unavailableError() : null;
}

/** Milliseconds after a restore in which requests that began before it can still end. */
const restoreAftermathMs = 60_000;

/**
 * Returns UNAVAILABLE for any error of the database while it cannot be served: during or shortly after a restore, which removes rows and tables that a
 * request has just read, and while it lacks the schema, as between the steps of a restore by Postgres' own tools. Returns other errors unchanged.
 */
export async function explainByRestore(
  failure: unknown,
  { database, now }: Pick<Services, 'database' | 'now'>,
): Promise<unknown> {
  if (faultOf(failure) || databaseCode(failure) === '') return failure;
  const restoreQuery = `SELECT 1 FROM jobs WHERE kind = 'restore' AND (state = 'running' OR ended_at > $1)`;
  const isServed = async (): Promise<boolean> =>
    isServable(await readSchemaState(database)) &&
    !(await database.get(restoreQuery, [isoTime(now() - restoreAftermathMs)]));
  // Without an answer, the database cannot be used either.
  return (await isServed().catch(() => false)) ? failure : unavailableError(failure);
}

export function unavailableError(cause?: unknown): ServerFault {
  const fault = new ServerFault('UNAVAILABLE', {});
  fault.cause = cause;
  return fault;
}
