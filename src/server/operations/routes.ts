import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { Services } from '../context.ts';
import { readHealth } from './health.ts';
import type { Metrics } from './metrics.ts';

/** What those who run the server ask, outside of the API: whether it lives, takes requests and is well, and its figures. */
export function mountOperations(
  app: FastifyInstance,
  {
    services,
    metrics,
    isDraining,
  }: { services: Omit<Services, 'log'>; metrics: Metrics; isDraining: () => boolean },
): void {
  const { database, config } = services;
  app.get('/livez', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    if (isDraining()) return reply.code(503).send({ status: 'draining' });
    try {
      await database.get('SELECT 1');
      return { status: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  app.get('/health', async (_request, reply) => {
    const health = await readHealth(services);
    return reply.code(health.status === 'ok' ? 200 : 503).send(health);
  });
  app.get('/metrics', async (request, reply) => {
    if (config.metricsToken !== null && !isBearer(request, config.metricsToken))
      throw new ServerFault('UNAUTHORIZED', 'The token for the metrics is missing or not right.', {});
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

function isBearer({ headers }: FastifyRequest, token: string): boolean {
  const [given, ours] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === ours.length && timingSafeEqual(given, ours);
}
