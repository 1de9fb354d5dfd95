import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { Services } from '../context.ts';
import { readHealth } from './health.ts';
import type { Metrics } from './metrics.ts';

/** Mounts liveness, readiness, health and metrics for operators, outside the API. */
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
  const [actual, expected] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
