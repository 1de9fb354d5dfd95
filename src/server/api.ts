import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isContractProcedure } from '@orpc/contract';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { ORPCError, Router } from '@orpc/server';
import { serverContract } from '#shared/contract/server/index.ts';
import type { ServerContract } from '#shared/contract/server/index.ts';
import { mostBytes } from '#shared/contract/server/sync.ts';
import { mostRecordBytes } from '#shared/domain/limits.ts';
import { adminHandlers } from './admin/handlers.ts';
import { aiHandlers } from './ai/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { authHandlers } from './auth/handlers.ts';
import { answerCallback, answerConfirmation } from './auth/oidc/callback.ts';
import type { Page as BrowserPage } from './auth/oidc/callback.ts';
import { actorOf, noteForged, readBearer, unauthorized } from './auth/sessions.ts';
import type { RequestContext, Services } from './context.ts';
import { noRoute, onTheWire } from './errors.ts';
import type { Limits } from './limits.ts';
import { fileHandlers } from './files/handlers.ts';
import { statusHandlers } from './operations/health.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { open } from './procedures.ts';
import { peopleHandlers } from './people/handlers.ts';
import { recordHandlers } from './records/handlers.ts';
import { stateHandlers } from './state/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
import { userHandlers } from './users/handlers.ts';
import { deprecationHeaders } from './versions.ts';
import type { ApiVersion, DeprecatedRoute } from './versions.ts';

/** Every operation of the contract with its handler and the rules of who may call it. */
export const apiRouter: Router<ServerContract, RequestContext> = open.router({
  auth: authHandlers,
  users: userHandlers,
  sync: syncHandlers,
  files: fileHandlers,
  ...recordHandlers,
  state: stateHandlers,
  people: peopleHandlers,
  audit: auditHandlers,
  status: statusHandlers,
  ai: aiHandlers,
  jobs: jobHandlers,
  admin: adminHandlers,
});

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a call of the API: known before its body is read. */
    call: RequestContext | null;
  }
  interface FastifyContextConfig {
    /** Name of the operation in the contract, such as `teams.list`. */
    operation?: string;
  }
}

/** Anybody may send a sign-in, so its body is kept small. */
const signInBytes = 64 * 1024;

/** One route of the API, as the contract declares it. */
interface ApiRoute {
  operation: string;
  method: string;
  /** Below the prefix, such as `/teams/{id}`. */
  path: string;
}

/** Every route of the contract: Fastify matches them, so budget and body limit are known before a body is read. */
function apiRoutes(): ApiRoute[] {
  return Object.entries(serverContract).flatMap(([group, operations]) =>
    Object.entries(operations).map(([name, contract]): ApiRoute => {
      if (!isContractProcedure(contract)) throw new Error(`${group}.${name} is not an operation`);
      const { method = 'POST', path = '/' } = contract['~orpc'].route;
      return { operation: `${group}.${name}`, method, path };
    }),
  );
}

/** Largest body of a route, in bytes. Only a push, a whole state and a part of a file are larger than one record. */
function bodyLimitOf({ operation, path }: ApiRoute): number {
  if (['sync.push', 'state.replace', 'files.store'].includes(operation)) return mostBytes;
  return path.startsWith('/auth/') ? signInBytes : mostRecordBytes;
}

export interface ApiOptions {
  services: Omit<Services, 'log'>;
  limits: Limits;
  deprecated: readonly DeprecatedRoute[];
}

/** Offers the operations under a prefix: whoever asks pays from their budget, and every answer has the shape of the contract. */
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
          throw onTheWire(await chargeUnpaid(options.context, error), options.context);
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
    actor: await actorOf(request.headers, services),
    limits: limits.of(reply),
    setHeader: (name, value) => void reply.header(name, value),
    signal: request.signal,
  });
  // Reading a body is work, so whoever sends one pays first and is authenticated first, except to sign in.
  const admit =
    (route: ApiRoute | null) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const context = await contextOf(request, reply);
      const path = route?.path ?? '';
      const going = route && deprecationHeaders(deprecated, { prefix, ...route });
      if (going) reply.headers(going);
      await chargeRequest(context, path);
      const isKnown = context.bearer !== null || context.actor !== null;
      if (!isKnown) await noteForged(context, request.headers.authorization);
      if (!isKnown && !path.startsWith('/auth/')) throw unauthorized();
      if (!route || isAmbiguous(request.url)) throw noRoute();
      request.call = context;
    };
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { call: context } = request;
    if (!context) throw unauthorized();
    const { matched } = await handler.handle(request, reply, { prefix, context });
    if (!matched) throw noRoute();
    return reply;
  };
  for (const route of apiRoutes())
    app.route({
      method: route.method,
      url: prefix + route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      exposeHeadRoute: false,
      bodyLimit: bodyLimitOf(route),
      config: { operation: route.operation },
      onRequest: admit(route),
      handler: handle,
    });
  app.all(`${prefix}/*`, { onRequest: admit(null) }, handle);
  // A browser comes here, and is answered with a page.
  const toBrowser =
    (answer: (context: RequestContext, query: string) => Promise<BrowserPage>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const context = await contextOf(request, reply);
      await context.limits.charge('address', context.address);
      const { status, html } = await answer(context, request.url.split('?').slice(1).join('?'));
      return reply
        .code(status)
        .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
        .type('text/html; charset=utf-8')
        .send(html);
    };
  void app.register(async (browser) => {
    // What a form sends stands in its address; its body is empty.
    browser.addContentTypeParser('application/x-www-form-urlencoded', { bodyLimit: 1024 }, async () => null);
    browser.get(`${prefix}/auth/oidc/callback`, toBrowser(answerCallback));
    browser.post(`${prefix}/auth/oidc/confirm`, toBrowser(answerConfirmation));
  });
}

/**
 * Routes with the token in the body. Reading the body is charged to `tokens` of the address. The handler then charges the session that the token names:
 * many people share an address, and each renews a sign-in every few minutes. A refused request is charged to the address by `chargeUnpaid`.
 */
const withTokenInBody = ['/auth/refresh', '/auth/logout', '/auth/oidc/token'];

/** Charges a request by its route before its body is read. Throws RATE_LIMITED. */
async function chargeRequest(
  { limits, bearer, actor, address }: RequestContext,
  path: string,
): Promise<void> {
  const user = bearer?.user ?? actor?.id;
  if (withTokenInBody.includes(path)) await limits.charge('tokens', address);
  else if (user === undefined) await limits.charge('address', address);
  else await limits.charge(path.startsWith('/sync/') ? 'operations' : 'user', user);
}

/** Charges a failed request to its address if nobody has paid for it. Returns the error to answer with: RATE_LIMITED if the budget is spent. */
export async function chargeUnpaid({ limits, address }: RequestContext, error: unknown): Promise<unknown> {
  if (limits.isCharged) return error;
  return limits.charge('address', address).then(
    () => error,
    (spent: unknown) => spent,
  );
}

/** Whether a path means another one once it is normalised (`..`, `.`, `\\`): the route matched here would not be the one that is called. */
function isAmbiguous(url: string): boolean {
  const [path = ''] = url.split('?');
  return path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment)) || path.includes('\\');
}

/** An address; of IPv6 the network of 64 bits, which is what one household or one server has. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 4).join(':')}::/64`;
}
