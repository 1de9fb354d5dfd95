import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import helmet from '@fastify/helmet';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { mostBytes } from '#shared/contract/server/sync.ts';
import { serverContract } from '#shared/contract/server/index.ts';
import { authHandlers } from './auth/handlers.ts';
import type { RequestContext, Services } from './context.ts';
import { bodyOf, onTheWire } from './errors.ts';
import { open } from './procedures.ts';
import { syncHandlers } from './sync/handlers.ts';
import { userHandlers } from './users/handlers.ts';

export const prefix = '/api/v1';

export const router = open.router({ auth: authHandlers, users: userHandlers, sync: syncHandlers });

/** A request's id may be the caller's own: both logs name the same. */
const requestIdOf = (given: string | string[] | undefined): string =>
  typeof given === 'string' && /^[\w-]{8,100}$/.test(given) ? given : randomUUID();

/** The HTTP server over the services, not listening yet. */
export async function createApp(
  services: Omit<Services, 'log'>,
  logLevel = 'info',
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: logLevel, redact: ['req.headers.authorization'] },
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    requestIdLogLabel: 'request_id',
    bodyLimit: mostBytes,
    forceCloseConnections: 'idle',
  });
  await app.register(helmet);
  // oRPC reads bodies itself: it knows what is to come, and how errors are said.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { bodyLimit: mostBytes }, (_request, _payload, done) => done(null));

  const handler = new OpenAPIHandler<RequestContext>(router, {
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next();
        } catch (error) {
          throw onTheWire(error, context);
        }
      },
    ],
    customErrorResponseBodyEncoder: (error) => error.data,
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.all(`${prefix}/*`, async (request, reply) => {
    const context: RequestContext = {
      services: { ...services, log: request.log },
      requestId: request.id,
      address: request.ip,
      authorization: request.headers.authorization,
      signal: request.signal,
    };
    const { matched } = await handler.handle(request, reply, { prefix, context });
    if (!matched) return reply.code(404).send(bodyOf('NOT_FOUND', 'There is no such route.', {}, request.id));
    return reply;
  });
  app.get('/livez', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await services.database.get('SELECT 1');
      return { status: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(serverContract, {
    info: { title: 'FRAMES server', version: '1' },
    servers: [{ url: prefix }],
  });
  app.get('/openapi.json', () => document);
  return app;
}
