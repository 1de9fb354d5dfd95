import { randomUUID } from 'node:crypto';
import Fastify, { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import helmet from '@fastify/helmet';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { mostBytes } from '#shared/contract/server/sync.ts';
import { serverContract } from '#shared/contract/server/index.ts';
import { mountApi } from './api.ts';
import type { Services } from './context.ts';
import { answerError, noRoute } from './errors.ts';
import { Limits } from './limits.ts';

export const prefix = '/api/v1';

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
    logController: new LogController({ requestIdLogLabel: 'request_id' }),
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    bodyLimit: mostBytes,
    forceCloseConnections: 'idle',
    // What is no request that could be routed is answered in the same shape.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  });
  await app.register(helmet);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(noRoute(), request, reply));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  const parseJson = app.getDefaultJsonParser('error', 'ignore');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Clients say what they would send, and send nothing, with DELETE for one.
    if (body === '') done(null, undefined);
    else void parseJson(request, body as string, done);
  });

  mountApi(app, prefix, { services, limits: new Limits(services.database, services.config) });
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
