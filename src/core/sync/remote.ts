import { issueOf } from '#shared/texts/issues.ts';
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { NetworkReason, SyncReason } from '#shared/contract/reasons.ts';
import { errorBody, serverFaults } from '#shared/contract/server/faults.ts';
import { serverContract } from '#shared/contract/server/index.ts';
import type { ServerContract } from '#shared/contract/server/index.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { HttpClient } from '#http/client.ts';
import { NetworkFailure, networkFailureOf, problemAt } from '#http/failure.ts';
import { operationSchema } from '#shared/sync/operation.ts';

export type Remote = ContractRouterClient<ServerContract>;

export interface RemoteOptions {
  http: HttpClient;
  url: string;
  token?: () => Promise<string | null>;
  requestId: () => string;
  timeout?: number;
}

/** Milliseconds for any call, long enough for a large upload over a slow line. */
const defaultTimeout = 120_000;

/** Calls to a server. A call to an address that is not encrypted throws SYNC, reason not_encrypted. */
export function connectRemote({
  http,
  url,
  token,
  requestId,
  timeout = defaultTimeout,
}: RemoteOptions): Remote {
  const link = new OpenAPILink(serverContract, {
    url: `${url.replace(/\/+$/, '')}/api/v1`,
    headers: async () => {
      const access = (await token?.()) ?? null;
      return {
        'x-request-id': requestId(),
        ...(access === null ? {} : { authorization: `Bearer ${access}` }),
      };
    },
    fetch: async (request) => {
      const address = new URL(url);
      if (!isSafeUrl(address)) throw new Fault('SYNC', { reason: 'not_encrypted' });
      const response = await http.fetch(request, { timeoutMs: timeout });
      assertFromServer(response, address);
      return response;
    },
    customErrorResponseBodyDecoder: (body, response) => {
      const parsedBody = errorBody.safeParse(body);
      if (!parsedBody.success) return null;
      const { code: sentCode, message, details } = parsedBody.data.error;
      const code = knownCode(sentCode, response.status);
      const data = code === sentCode ? details : {};
      return new ORPCError(code, { status: response.status, message, data, defined: true });
    },
  });
  // Checking the inferred type against all operations costs the compiler many seconds.
  return createORPCClient(link) as unknown as Remote;
}

export type Hello = Awaited<ReturnType<Remote['sync']['hello']>>;

/** The handshake: tells the server this program's schema, and asks who the server and the user are. Older servers and clients refuse each other here. */
export const shakeHands = (remote: Remote, share: string, signal?: AbortSignal): Promise<Hello> =>
  remote.sync.hello({ share, schema: operationSchema }, signal && { signal });

/** A newer server can have codes that this program does not know. Their status says what they mean. */
function knownCode(code: string, status: number): string {
  if (code in serverFaults) return code;
  const sameStatus = {
    401: 'UNAUTHORIZED',
    403: 'FORBIDDEN',
    426: 'CLIENT_OUTDATED',
    503: 'UNAVAILABLE',
  } as const;
  return sameStatus[status as keyof typeof sameStatus] ?? 'INTERNAL';
}

const reasonByCode: Readonly<Record<string, SyncReason>> = {
  INVALID_CREDENTIALS: 'credentials',
  UNAUTHORIZED: 'signed_out',
  SESSION_REVOKED: 'signed_out',
  ACCOUNT_LOCKED: 'locked',
  RATE_LIMITED: 'limited',
  FORBIDDEN: 'forbidden',
  NO_OIDC: 'forbidden',
  OTHER_HISTORY: 'other_history',
  UPGRADE_REQUIRED: 'older_server',
  CLIENT_OUTDATED: 'older_client',
  UNAVAILABLE: 'unreachable',
  LAST_ADMIN: 'last_admin',
  USER_NOT_FOUND: 'no_user',
};

/** Answers of a proxy whose server is down. */
const gatewayErrors: readonly number[] = [502, 503, 504];

/** Throws NetworkFailure for the answer of something else: a redirect, a page instead of JSON, a proxy whose server is down. */
export function assertFromServer(response: Response, url: URL): void {
  const { status, headers } = response;
  const type = headers.get('content-type') ?? '';
  const fail = (reason: NetworkReason, what: string | null = null): never => {
    void response.body?.cancel().catch(() => undefined);
    throw new NetworkFailure(problemAt(url, reason, { what }));
  };
  // Without a user name and password.
  const location = headers.get('location')?.replace(/^([a-z]+:)?\/\/[^/?#]*@/i, '$1//');
  if (status >= 300 && status < 400) fail('redirected', location ?? String(status));
  // The server itself answers 503 in JSON.
  if (gatewayErrors.includes(status) && !type.includes('json')) fail('gateway', String(status));
  if (type.startsWith('text/html')) fail('web_page');
}

/** Reasons that another attempt at the same address does not change. */
const elsewhereReasons: readonly NetworkReason[] = ['web_page', 'invalid_address', 'extra_address_part'];

/** Whether the server was not reached, broke off or is down, so that a later attempt can succeed. */
export const isUnreachable = (error: unknown): boolean => {
  if (error instanceof ORPCError && gatewayErrors.includes(error.status)) return true;
  const failure = networkFailureOf(error);
  return failure !== null && !elsewhereReasons.includes(failure.problem.reason);
};

/** Turns an error of the server or the network into SYNC; other errors stay. */
export function syncFault(error: unknown): unknown {
  if (error instanceof Fault) return error;
  const serverError = error instanceof ORPCError ? (error as ORPCError<string, unknown>) : null;
  const reason = serverError && reasonByCode[serverError.code];
  if (reason) {
    const { minutes } = (serverError.data ?? {}) as { minutes?: unknown };
    return new Fault('SYNC', {
      reason,
      ...(typeof minutes === 'number' && { minutes }),
    });
  }
  const network = networkFailureOf(error)?.problem;
  if (network)
    return new Fault('SYNC', {
      reason: elsewhereReasons.includes(network.reason) ? 'no_server' : 'unreachable',
      network,
    });
  if (isUnreachable(error)) return new Fault('SYNC', { reason: 'unreachable' });
  if (!serverError) return error;
  const { status, defined, message: detail } = serverError;
  // A FRAMES server that does not know the route is older; any other server is none.
  if (serverError.code === 'NOT_FOUND' && defined) return new Fault('SYNC', { reason: 'older_server' });
  if (status === 404 || status === 405 || !defined) return new Fault('SYNC', { reason: 'no_server' });
  return new Fault('SYNC', { reason: 'server_error', detail });
}

export const isServerFault = (error: unknown, code: string): boolean =>
  error instanceof ORPCError && (error as ORPCError<string, unknown>).code === code;

/** Refused input of a form, as issues by field; null for other errors. */
export function issuesOf(error: unknown): Issue[] | null {
  if (isServerFault(error, 'EMAIL_TAKEN')) return [issueOf('email', 'taken')];
  if (!isServerFault(error, 'VALIDATION_ERROR')) return null;
  const { data } = error as ORPCError<string, unknown>;
  const issues = serverFaults.VALIDATION_ERROR.data.safeParse(data).data?.issues ?? [];
  return issues.map((issue) => ({ ...issue, path: issue.path.replace(/^(body|params|query)\.?/, '') }));
}
