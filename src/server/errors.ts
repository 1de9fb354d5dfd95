import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { ORPCError } from '@orpc/server';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ServerFault, serverFaults } from '#shared/contract/server/faults.ts';
import type { errorBody } from '#shared/contract/server/faults.ts';
import { maxBytes } from '#shared/contract/server/sync.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import { issueOfZod } from '#shared/texts/issues.ts';
import type { RequestContext } from './context.ts';

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
  const { code, message, data } = fault ?? internalError();
  const retrySeconds = retrySecondsOf(data, services.now());
  if (retrySeconds !== null) setHeader('retry-after', retrySeconds);
  const { status } = serverFaults[code];
  return new ORPCError(code, { message, status, data: createErrorBody(code, message, data, requestId) });
}

/** Answers errors outside of the operations: unknown routes, unreadable bodies, overload. */
export function answerError(
  error: FastifyError | ServerFault,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const fault = faultOf(error) ?? faultOfRequest(error, request.routeOptions.bodyLimit);
  if (!fault) request.log.error({ err: error }, 'internal error');
  const { code, message, data } = fault ?? internalError();
  const retrySeconds = retrySecondsOf(data, Date.now()) ?? (code === 'UNAVAILABLE' ? '5' : null);
  if (retrySeconds !== null) void reply.header('retry-after', retrySeconds);
  return reply.code(serverFaults[code].status).send(createErrorBody(code, message, data, request.id));
}

/** Answers malformed HTTP and oversized heads directly on the socket. */
export function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
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

/** Recognises unstorable text and numbers (22021, 22P05, 22P02, 22003), and an unreachable or full database. */
function faultOfPostgres(error: unknown): ServerFault | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['22021', '22P05', '22P02', '22003'].includes(code))
    return new ServerFault(
      'VALIDATION_ERROR',
      {
        issues: [],
      },
      'unstorable',
    );
  return /^(08|57P|53[23])|^ECONN(REFUSED|RESET)$/.test(code) ? unavailableError() : null;
}

export const unavailableError = (): ServerFault => new ServerFault('UNAVAILABLE', {});
