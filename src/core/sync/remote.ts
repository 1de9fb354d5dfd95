import { issueOf } from '#shared/texts/issues.ts';
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { SyncReason } from '#shared/contract/reasons.ts';
import { errorBody, serverFaults } from '#shared/contract/server/faults.ts';
import { serverContract } from '#shared/contract/server/index.ts';
import type { ServerContract } from '#shared/contract/server/index.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import { operationSchema } from '#shared/sync/operation.ts';

export type Remote = ContractRouterClient<ServerContract>;

export interface RemoteOptions {
  url: string;
  token?: () => Promise<string | null>;
  requestId: () => string;
  timeout?: number;
}

/** Milliseconds for any call, long enough for a large upload over a slow line. */
const defaultTimeout = 120_000;

/** Calls to a server. A call to an address that is not encrypted throws SYNC, reason not_encrypted. */
export function connectRemote({ url, token, requestId, timeout = defaultTimeout }: RemoteOptions): Remote {
  const link = new OpenAPILink(serverContract, {
    url: `${url.replace(/\/+$/, '')}/api/v1`,
    headers: async () => {
      const access = (await token?.()) ?? null;
      return {
        'x-request-id': requestId(),
        ...(access === null ? {} : { authorization: `Bearer ${access}` }),
      };
    },
    fetch: async (request, init) => {
      if (!isSafeUrl(new URL(url))) throw notEncryptedFault();
      const signals = [request.signal, AbortSignal.timeout(timeout)];
      const options = { ...init, signal: AbortSignal.any(signals), redirect: 'error' } as const;
      const response = await globalThis.fetch(request, options);
      // A page instead of JSON means that the address is of another site.
      const isPage = response.ok && response.headers.get('content-type')?.startsWith('text/html');
      if (isPage) throw noServerFault();
      return response;
    },
    customErrorResponseBodyDecoder: (body, response) => {
      const parsedBody = errorBody.safeParse(body);
      if (!parsedBody.success) return null;
      const { code, message, details } = parsedBody.data.error;
      return new ORPCError(code, {
        status: response.status,
        message,
        data: details,
        defined: code in serverFaults,
      });
    },
  });
  // Checking the inferred type against all operations costs the compiler many seconds.
  return createORPCClient(link) as unknown as Remote;
}

export type Hello = Awaited<ReturnType<Remote['sync']['hello']>>;

/** The handshake: tells the server this program's schema, and asks who the server and the user are. Older servers and clients refuse each other here. */
export const shakeHands = (remote: Remote, share: string, signal?: AbortSignal): Promise<Hello> =>
  remote.sync.hello({ share, schema: operationSchema }, signal && { signal });

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

const noServerFault = (): Fault<'SYNC'> => new Fault('SYNC', { reason: 'no_server' });

const notEncryptedFault = (): Fault<'SYNC'> =>
  new Fault('SYNC', {
    reason: 'not_encrypted',
  });

/** Answers of a proxy whose server is down. */
const gatewayErrors: readonly number[] = [502, 503, 504];

/** `fetch` throws TypeErrors with the network as the cause; a programming error has none. */
const isNetworkError = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TimeoutError' || (error instanceof TypeError && error.cause !== undefined));

/** Whether the server was not reached, broke off or is down, so that a later attempt can succeed. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof ORPCError
    ? gatewayErrors.includes(error.status)
    : isNetworkError(error) || (error instanceof Error && isNetworkError(error.cause));

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
  if (isUnreachable(error))
    return new Fault('SYNC', {
      reason: 'unreachable',
    });
  if (!serverError) return error;
  const { code, status, message: detail } = serverError;
  if (status === 404 || status === 405 || !(code in serverFaults)) return noServerFault();
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
