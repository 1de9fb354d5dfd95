import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { Fault } from '#shared/contract/faults.ts';
import type { SyncReason } from '#shared/contract/reasons.ts';
import { errorBody, serverFaults } from '#shared/contract/server/faults.ts';
import { serverContract } from '#shared/contract/server/index.ts';
import type { ServerContract } from '#shared/contract/server/index.ts';

/** Calls of the server, typed by its contract. */
export type Remote = ContractRouterClient<ServerContract>;

export interface RemoteOptions {
  url: string;
  /** The access token; null for calls that need none. */
  token?: () => Promise<string | null>;
  requestId: () => string;
  /** Of one call, in milliseconds. */
  timeout?: number;
}

/** Milliseconds that a call may take: a large upload over a slow line takes long. */
const usualTimeout = 120_000;

export function connectRemote({ url, token, requestId, timeout = usualTimeout }: RemoteOptions): Remote {
  const link = new OpenAPILink(serverContract, {
    url: `${url.replace(/\/+$/, '')}/api/v1`,
    headers: async () => {
      const access = (await token?.()) ?? null;
      return {
        'x-request-id': requestId(),
        ...(access === null ? {} : { authorization: `Bearer ${access}` }),
      };
    },
    fetch: (request, init) => {
      const signals = [request.signal, AbortSignal.timeout(timeout)];
      return globalThis.fetch(request, { ...init, signal: AbortSignal.any(signals), redirect: 'error' });
    },
    customErrorResponseBodyDecoder: (body, response) => {
      const found = errorBody.safeParse(body);
      if (!found.success) return null;
      const { code, message, details } = found.data.error;
      return new ORPCError(code, {
        status: response.status,
        message,
        data: details,
        defined: code in serverFaults,
      });
    },
  });
  return createORPCClient(link);
}

const reasons: Readonly<Record<string, SyncReason>> = {
  INVALID_CREDENTIALS: 'credentials',
  UNAUTHORIZED: 'signed_out',
  SESSION_REVOKED: 'signed_out',
  ACCOUNT_LOCKED: 'locked',
  RATE_LIMITED: 'limited',
  FORBIDDEN: 'forbidden',
  NO_OIDC: 'forbidden',
  OTHER_HISTORY: 'other_history',
  UPGRADE_REQUIRED: 'older_server',
  UNAVAILABLE: 'unreachable',
  LAST_ADMIN: 'last_admin',
  USER_NOT_FOUND: 'no_user',
};

/** Whether nobody answered, or not as a server of FRAMES would: trying again later is the thing to do. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');

/** What the server or the way to it said, as SYNC; CANCELLED and other declared errors stay. */
export function syncFault(error: unknown): unknown {
  if (error instanceof Fault) return error;
  if (isUnreachable(error))
    return new Fault('SYNC', 'The server cannot be reached. Your changes are kept here and sent later.', {
      reason: 'unreachable',
    });
  if (!(error instanceof ORPCError)) return error;
  const { code, status, message } = error as ORPCError<string, unknown>;
  const known = reasons[code];
  if (known) return new Fault('SYNC', message, { reason: known });
  if (status === 404 || status === 405 || !(code in serverFaults))
    return new Fault('SYNC', 'There is no FRAMES server at that address.', { reason: 'no_server' });
  return new Fault('SYNC', message, { reason: 'server_error' });
}

export const isServerFault = (error: unknown, code: string): boolean =>
  error instanceof ORPCError && (error as ORPCError<string, unknown>).code === code;
