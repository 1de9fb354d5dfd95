import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isContractProcedure } from '@orpc/contract';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { ORPCError, Router } from '@orpc/server';
import { serverContract } from '#shared/contract/server/index.ts';
import type { ServerContract } from '#shared/contract/server/index.ts';
import { maxBytes } from '#shared/contract/server/sync.ts';
import { maxRecordBytes } from '#shared/domain/limits.ts';
import { adminHandlers } from './admin/handlers.ts';
import { aiHandlers } from './ai/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { authHandlers } from './auth/handlers.ts';
import { answerCallback, answerConfirmation } from './auth/oidc/callback.ts';
import type { Page as BrowserPage } from './auth/oidc/callback.ts';
import { readActor, recordForgedToken, readBearer, unauthorizedError } from './auth/sessions.ts';
import type { RequestContext, Services } from './context.ts';
import { explainByRestore, noRouteError, toWireError } from './errors.ts';
import { eventHandlers } from './events/handlers.ts';
import type { Limits } from './limits.ts';
import { fileHandlers } from './files/handlers.ts';
import { statusHandlers } from './operations/health.ts';
import { hookHandlers } from './hooks/handlers.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { mapHandlers } from './maps/handlers.ts';
import { anonymousProcedure } from './procedures.ts';
import { peopleHandlers } from './people/handlers.ts';
import { recordHandlers } from './records/handlers.ts';
import { stateHandlers } from './state/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
import { userHandlers } from './users/handlers.ts';
import { deprecationHeaders } from './versions.ts';
import type { ApiVersion, DeprecatedRoute } from './versions.ts';

export const apiRouter: Router<ServerContract, RequestContext> = anonymousProcedure.router({
  auth: authHandlers,
  users: userHandlers,
  sync: syncHandlers,
  events: eventHandlers,
  files: fileHandlers,
  ...recordHandlers,
  maps: mapHandlers,
  state: stateHandlers,
  people: peopleHandlers,
  audit: auditHandlers,
  status: statusHandlers,
  ai: aiHandlers,
  hooks: hookHandlers,
  jobs: jobHandlers,
  admin: adminHandlers,
});

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for requests outside the API. Set before the body is read. */
    call: RequestContext | null;
  }
  interface FastifyContextConfig {
    /** Name of the operation in the contract, such as `teams.list`. */
    operation?: string;
  }
}

/** Maximum body of a sign-in request in bytes: small, because anybody can send one. */
const maxSignInBytes = 64 * 1024;

interface ApiRoute {
  operation: string;
  method: string;
  /** Below the prefix, such as `/teams/{id}`. */
  path: string;
}

/** All routes of the contract. Fastify matches them, so budget and body limit are known before a body is read. */
function apiRoutes(): ApiRoute[] {
  return Object.entries(serverContract).flatMap(([group, operations]) =>
    Object.entries(operations).map(([name, contract]): ApiRoute => {
      if (!isContractProcedure(contract)) throw new Error(`${group}.${name} is not an operation`);
      const { method = 'POST', path = '/' } = contract['~orpc'].route;
      return { operation: `${group}.${name}`, method, path };
    }),
  );
}

/** Largest body of a route, in bytes. Only a push, a whole state and a file part exceed one record. */
function bodyLimitOf({ operation, path }: ApiRoute): number {
  if (['sync.push', 'state.replace', 'files.store'].includes(operation)) return maxBytes;
  return path.startsWith('/auth/') ? maxSignInBytes : maxRecordBytes;
}

export interface ApiOptions {
  services: Omit<Services, 'log'>;
  limits: Limits;
  deprecated: readonly DeprecatedRoute[];
}

/** Mounts the operations under a prefix. Each request is charged to a budget, and each answer has the shape of the contract. */
export function mountApi(
  app: FastifyInstance,
  { prefix }: ApiVersion,
  { services, limits, deprecated }: ApiOptions,
): void {
  const handler = new OpenAPIHandler<RequestContext>(apiRouter, {
    interceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          const explained = await explainByRestore(error, options.context.services);
          throw toWireError(await chargeFailure(options.context, explained), options.context);
        }
      },
    ],
    customErrorResponseBodyEncoder: ({ data }: ORPCError<string, unknown>) => data,
  });
  const contextOf = async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> => ({
    services: { ...services, log: request.log },
    requestId: request.id,
    address: networkOf(request.ip),
    bearer: await readBearer(request.headers.authorization, services),
    actor: await readActor(request.headers, services),
    limits: limits.forReply(reply),
    setHeader: (name, value) => void reply.header(name, value),
    signal: request.signal,
  });
  // Reading a body costs work, so requests are charged first, and authenticated unless they are sign-ins.
  const admitRequest =
    (route: ApiRoute | null) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const context = await contextOf(request, reply);
      const path = route?.path ?? '';
      const deprecation = route && deprecationHeaders(deprecated, { prefix, ...route });
      if (deprecation) reply.headers(deprecation);
      await chargeRequest(context, path, bodyBytes(request, route));
      const isAuthenticated = context.bearer !== null || context.actor !== null;
      if (!isAuthenticated) await recordForgedToken(context, request.headers.authorization);
      if (!isAuthenticated && !path.startsWith('/auth/')) throw unauthorizedError();
      if (!route || isAmbiguous(request.url)) throw noRouteError();
      request.call = context;
    };
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { call: context } = request;
    if (!context) throw unauthorizedError();
    const { matched } = await handler.handle(request, reply, { prefix, context });
    if (!matched) throw noRouteError();
    return reply;
  };
  for (const route of apiRoutes())
    app.route({
      method: route.method,
      url: prefix + route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      exposeHeadRoute: false,
      bodyLimit: bodyLimitOf(route),
      config: { operation: route.operation },
      onRequest: admitRequest(route),
      handler: handle,
    });
  app.all(`${prefix}/*`, { onRequest: admitRequest(null) }, handle);
  const pageHandler =
    (respond: (context: RequestContext, query: string) => Promise<BrowserPage>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const context = await contextOf(request, reply);
      await context.limits.charge('address', context.address);
      const { status, html } = await respond(context, request.url.split('?').slice(1).join('?'));
      return reply
        .code(status)
        .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
        .type('text/html; charset=utf-8')
        .send(html);
    };
  void app.register(async (browserApp) => {
    // The form sends its values in the query; its body is empty.
    browserApp.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { bodyLimit: 1024 },
      async () => null,
    );
    browserApp.get(`${prefix}/auth/oidc/callback`, pageHandler(answerCallback));
    browserApp.post(`${prefix}/auth/oidc/confirm`, pageHandler(answerConfirmation));
  });
}

/** Routes with the token in the body. Reading the body is charged to the address, the work of the handler to the token's session. */
const pathsWithTokenInBody = ['/auth/refresh', '/auth/logout', '/auth/oidc/token'];

/** Charges a request by its route before its body is read. Throws RATE_LIMITED. */
async function chargeRequest(
  { limits, bearer, actor, address }: RequestContext,
  path: string,
  bytes: number,
): Promise<void> {
  const user = bearer?.user ?? actor?.id;
  if (pathsWithTokenInBody.includes(path)) await limits.charge('tokens', address);
  else if (user === undefined) await limits.charge('address', address);
  else {
    await limits.chargeBytes(user, bytes);
    await limits.charge(path.startsWith('/sync/') ? 'operations' : 'user', user);
  }
}

/** Bytes that a request's body can have: its declared length, or all that the route allows. */
function bodyBytes({ headers }: FastifyRequest, route: ApiRoute | null): number {
  if (headers['transfer-encoding'] !== undefined) return route ? bodyLimitOf(route) : 0;
  return Math.min(Number(headers['content-length'] ?? 0) || 0, maxBytes);
}

/** Charges a failed request to its address unless it was charged before. Returns the error to answer with: RATE_LIMITED if the budget is spent. */
export async function chargeFailure({ limits, address }: RequestContext, error: unknown): Promise<unknown> {
  if (limits.isCharged) return error;
  return limits.charge('address', address).then(
    () => error,
    (rateLimitError: unknown) => rateLimitError,
  );
}

/** Whether normalising changes the path (`..`, `.`, `\\`). The route matched here would then differ from the route called. */
function isAmbiguous(url: string): boolean {
  const [path = ''] = url.split('?');
  return path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment)) || path.includes('\\');
}

/** Returns the address; for IPv6 its /64 network, which one household or server has. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 4).join(':')}::/64`;
}
