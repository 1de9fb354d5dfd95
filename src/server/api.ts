import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { ORPCError } from '@orpc/server';
import { mostBytes } from '#shared/contract/server/sync.ts';
import { auditHandlers } from './audit/handlers.ts';
import { authHandlers } from './auth/handlers.ts';
import { readBearer } from './auth/sessions.ts';
import type { RequestContext, Services } from './context.ts';
import { noRoute, onTheWire } from './errors.ts';
import type { Limits } from './limits.ts';
import { open } from './procedures.ts';
import { recordHandlers } from './records/handlers.ts';
import { stateHandlers } from './state/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
import { userHandlers } from './users/handlers.ts';

const router = open.router({
  auth: authHandlers,
  users: userHandlers,
  sync: syncHandlers,
  ...recordHandlers,
  state: stateHandlers,
  audit: auditHandlers,
});

/** What is sent to sign in is small, and anybody may send it. */
const signInBytes = 64 * 1024;

/** Offers the operations under a prefix: whoever asks pays from their budget, and every answer has the shape of the contract. */
export function mountApi(
  app: FastifyInstance,
  prefix: `/${string}`,
  { services, limits }: { services: Omit<Services, 'log'>; limits: Limits },
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
    customErrorResponseBodyEncoder: ({ data }: ORPCError<string, unknown>) => data,
  });
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const context: RequestContext = {
      services: { ...services, log: request.log },
      requestId: request.id,
      address: networkOf(request.ip),
      bearer: await readBearer(request.headers.authorization, services),
      limits: limits.of(reply),
      setHeader: (name, value) => void reply.header(name, value),
      signal: request.signal,
    };
    await chargeRequest(context, request.url.slice(prefix.length));
    const { matched } = await handler.handle(request, reply, { prefix, context });
    if (!matched) throw noRoute();
    return reply;
  };
  app.all(`${prefix}/*`, { bodyLimit: mostBytes }, handle);
  app.all(`${prefix}/auth/*`, { bodyLimit: signInBytes }, handle);
}

/** Where a refresh token comes in the body, its handler charges for the request. */
const chargedByHandler = /^\/auth\/(refresh|logout)(\?|$)/;

async function chargeRequest({ limits, bearer, address }: RequestContext, path: string): Promise<void> {
  if (bearer) await limits.charge(path.startsWith('/sync/') ? 'operations' : 'user', bearer.user);
  else if (!chargedByHandler.test(path)) await limits.charge('address', address);
}

/** An address; of IPv6 the network of 64 bits, which is what one household or one server has. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 4).join(':')}::/64`;
}
