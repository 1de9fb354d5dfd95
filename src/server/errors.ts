import { ORPCError } from '@orpc/server';
import type { z } from 'zod';
import { ServerFault, serverFaults } from '#shared/contract/server/faults.ts';
import type { errorBody } from '#shared/contract/server/faults.ts';
import type { Issue } from '#shared/contract/faults.ts';
import { issueWords } from '#shared/domain/issue-words.ts';
import type { RequestContext } from './context.ts';

/** The body of an error. */
export const bodyOf = (
  code: string,
  message: string,
  details: unknown,
  request_id: string,
): z.infer<typeof errorBody> => ({
  error: { code, message, details, timestamp: new Date().toISOString(), request_id },
});

/** An error as it may reach a client: declared ones as they are, anything else as INTERNAL, logged in full under the request's id. */
export function onTheWire(
  error: unknown,
  { services, requestId }: RequestContext,
): ORPCError<string, unknown> {
  const fault = faultOf(error);
  if (!fault) {
    services.log.error({ err: error, request_id: requestId }, 'internal error');
    return encoded(
      new ServerFault('INTERNAL', 'Something went wrong at the server. Nothing was changed.', {}),
      requestId,
    );
  }
  return encoded(fault, requestId);
}

function encoded({ code, message, data }: ServerFault, requestId: string): ORPCError<string, unknown> {
  const { status } = serverFaults[code];
  return new ORPCError(code, { message, status, data: bodyOf(code, message, data, requestId) });
}

interface SchemaIssues {
  issues?: readonly z.core.$ZodIssue[];
}

function faultOf(error: unknown): ServerFault | null {
  if (error instanceof ServerFault) return error;
  if (!(error instanceof ORPCError)) return null;
  const { code, status, data } = error as ORPCError<string, SchemaIssues | undefined>;
  if (status >= 500) return null;
  if (code === 'NOT_FOUND') return new ServerFault('NOT_FOUND', 'There is no such route.', {});
  const issues = (data?.issues ?? []).map((issue): Issue => {
    const path = issue.path.map(String).join('.');
    return { path, code: issue.code, message: issueWords(issue) };
  });
  const [first] = issues;
  const message = first
    ? `${first.path || 'The request'}: ${first.message}`
    : 'The request is not well formed.';
  return new ServerFault('VALIDATION_ERROR', message, { issues });
}
