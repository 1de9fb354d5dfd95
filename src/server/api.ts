import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { ORPCError } from '@orpc/server';
import { mostBytes } from '#shared/contract/server/sync.ts';
import { adminHandlers } from './admin/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { authHandlers } from './auth/handlers.ts';
import { answerCallback, answerConfirmation } from './auth/oidc/callback.ts';
import type { Page as BrowserPage } from './auth/oidc/callback.ts';
import { readBearer, unauthorized } from './auth/sessions.ts';
import type { RequestContext, Services } from './context.ts';
import { noRoute, onTheWire } from './errors.ts';
import type { Limits } from './limits.ts';
import { statusHandlers } from './operations/health.ts';
import { open } from './procedures.ts';
import { recordHandlers } from './records/handlers.ts';
import { stateHandlers } from './state/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
import { userHandlers } from './users/handlers.ts';
import { deprecationHeaders } from './versions.ts';
import type { ApiVersion, DeprecatedRoute } from './versions.ts';

const router = open.router({
  auth: authHandlers,
  users: userHandlers,
  sync: syncHandlers,
  ...recordHandlers,
  state: stateHandlers,
  audit: auditHandlers,
  status: statusHandlers,
  admin: adminHandlers,
});

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the contract, as `teams.list`; null for what is none. */
    operation: string | null;
    /** Of a call of the API: known before its body is read. */
    call: RequestContext | null;
  }
}

/** What is sent to sign in is small, and anybody may send it. */
const signInBytes = 64 * 1024;

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
  const handler = new OpenAPIHandler<RequestContext>(router, {
    interceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          throw onTheWire(error, options.context);
        }
      },
    ],
    clientInterceptors: [
      (options) => {
        options.context.noteOperation(options.path.join('.'));
        return options.next();
      },
    ],
    customErrorResponseBodyEncoder: ({ data }: ORPCError<string, unknown>) => data,
  });
  const contextOf = async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> => ({
    services: { ...services, log: request.log },
    requestId: request.id,
    address: networkOf(request.ip),
    bearer: await readBearer(request.headers.authorization, services),
    limits: limits.of(reply),
    noteOperation: (name) => {
      request.operation = name;
    },
    setHeader: (name, value) => void reply.header(name, value),
    signal: request.signal,
  });
  // Reading a large body takes long: who sends it has paid for it, and is known but where people sign in.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const context = await contextOf(request, reply);
    const [path = ''] = request.url.slice(prefix.length).split('?');
    const going = deprecationHeaders(deprecated, { prefix, method: request.method, path });
    if (going) reply.headers(going);
    await chargeRequest(context, path);
    if (!context.bearer && !path.startsWith('/auth/')) throw unauthorized();
    request.call = context;
  };
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { call: context } = request;
    if (!context) throw unauthorized();
    const { matched } = await handler.handle(request, reply, { prefix, context });
    if (!matched) throw noRoute();
    return reply;
  };
  app.all(`${prefix}/*`, { bodyLimit: mostBytes, onRequest }, handle);
  app.all(`${prefix}/auth/*`, { bodyLimit: signInBytes, onRequest }, handle);
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

/** Where a refresh token comes in the body, its handler charges for the request. */
const chargedByHandler = ['/auth/refresh', '/auth/logout', '/auth/oidc/token'];

async function chargeRequest({ limits, bearer, address }: RequestContext, path: string): Promise<void> {
  if (bearer) await limits.charge(path.startsWith('/sync/') ? 'operations' : 'user', bearer.user);
  else if (!chargedByHandler.includes(path)) await limits.charge('address', address);
}

/** An address; of IPv6 the network of 64 bits, which is what one household or one server has. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 4).join(':')}::/64`;
}
