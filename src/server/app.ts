import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { ServerOptions } from 'node:https';
import Fastify, { LogController } from 'fastify';
import type { FastifyError, FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify';
import helmet from '@fastify/helmet';
import underPressure from '@fastify/under-pressure';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { maxBytes } from '#shared/contract/server/sync.ts';
import { chargeFailure, mountApi } from './api.ts';
import type { ServerConfig } from './config.ts';
import { Backups } from './backups/backups.ts';
import type { BaseServices, Services } from './context.ts';
import {
  answerBrokenRequest,
  answerError,
  explainByRestore,
  noRouteError,
  unavailableError,
} from './errors.ts';
import { mountHooks } from './hooks/receive.ts';
import { Limits } from './limits.ts';
import { mountDocs } from './operations/docs.ts';
import { mountRealtime } from './realtime/realtime.ts';
import { deprecatedRoutes, apiVersions } from './versions.ts';
import type { DeprecatedRoute } from './versions.ts';
import { readHealth } from './operations/health.ts';
import { freeShareOfDisk, Metrics } from './operations/metrics.ts';
import type { MetricsSources } from './operations/metrics.ts';
import { isLoopback } from '#shared/domain/safe-url.ts';

/** Mounts liveness, readiness, health and metrics for operators, outside the API. */
function mountProbes(
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
    if (!mayReadMetrics(config, request)) throw new ServerFault('UNAUTHORIZED', {}, 'metrics');
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

/** Without a token, only a server that no other computer reaches shows its metrics: one on loopback without a proxy. */
function mayReadMetrics(
  { metricsToken, host, behindProxy }: ServerConfig,
  { headers }: FastifyRequest,
): boolean {
  if (metricsToken === null) return isLoopback(host) && !behindProxy;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  // Digests have one length, so the time of the comparison says nothing about the token.
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${metricsToken}`));
}

const compress = promisify(gzip);
/** Bytes from which answers are compressed. Smaller ones fit into one packet anyway. */
const minCompressedBytes = 1400;

/** Compresses answers with gzip, except for sign-ins: the compressed length would leak secrets (BREACH). */
function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    const encodings = request.headers['accept-encoding'] ?? '';
    const acceptsGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(encodings);
    const isSignIn = /\/auth\//.test(request.url);
    if (!isText || payload.length < minCompressedBytes || isSignIn || reply.hasHeader('content-encoding'))
      return payload;
    reply.header('vary', 'accept-encoding');
    if (!acceptsGzip) return payload;
    const compressed = await compress(payload);
    reply.header('content-encoding', 'gzip').header('content-length', compressed.length);
    return compressed;
  });
}

export interface AppOptions {
  logLevel?: string | undefined;
  /** Log output; standard output by default. */
  logTo?: { write(line: string): void } | undefined;
  /** True while the server shuts down: `/readyz` then fails and load balancers stop sending requests. */
  isDraining?: () => boolean;
  /** Maximum milliseconds to finish open requests at shutdown. */
  endMilliseconds?: number;
  deprecated?: readonly DeprecatedRoute[] | undefined;
  freeShareOf?: MetricsSources['freeShareOf'] | undefined;
}

/** Accepts an id from the caller, so that the logs of both sides share it. */
const requestIdOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' && /^[\w-]{8,100}$/.test(header) ? header : randomUUID();

/** Describes a request for the log, without its query, because the callback of a sign-in carries secrets there. */
const requestForLog = ({ method, url, host, ip, socket }: FastifyRequest) => ({
  method,
  url: url.split('?')[0] ?? '',
  host,
  remoteAddress: ip,
  ...(socket.remotePort === undefined ? {} : { remotePort: socket.remotePort }),
});

function createFastify(
  config: ServerConfig,
  { logLevel, logTo }: { logLevel: string; logTo: AppOptions['logTo'] },
): FastifyInstance {
  const options: FastifyServerOptions = {
    logger: {
      level: logLevel,
      redact: ['req.headers.authorization'],
      serializers: { req: requestForLog },
      ...(logTo ? { stream: logTo } : {}),
    },
    logController: new LogController({ requestIdLogLabel: 'request_id' }),
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    bodyLimit: maxBytes,
    // `endGracefully` waits for open requests. After that, all connections are closed.
    forceCloseConnections: true,
    // Without a limit, a body that trickles in would hold its connection forever.
    requestTimeout: config.requestSeconds * 1000,
    routerOptions: { ignoreTrailingSlash: true },
    return503OnClosing: false,
    // The shutdown hooks can outlast Fastify's limit; `stop` has its own deadline.
    pluginTimeout: 0,
    // Trusts exactly one proxy.
    trustProxy: config.behindProxy && ((_address, hop) => hop === 0),
    clientErrorHandler: answerBrokenRequest,
    // Answers requests that cannot be routed with the same error body.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  };
  const requestMilliseconds = config.requestSeconds * 1000;
  const timing = {
    requestTimeout: requestMilliseconds,
    // Node enforces neither limit if `headersTimeout` exceeds `requestTimeout`.
    headersTimeout: Math.min(requestMilliseconds, 60_000),
    connectionsCheckingInterval: Math.min(requestMilliseconds / 2, 5000),
  };
  const https: ServerOptions | null = config.tls && { ...config.tls, ...timing, minVersion: 'TLSv1.3' };
  // The cast hides the type difference between HTTP and HTTPS instances.
  return Fastify({ ...options, ...(https ? { https } : { http: timing }) } as FastifyServerOptions);
}

/** Creates the HTTP server; it does not listen yet. */
export async function createApp(
  baseServices: BaseServices,
  {
    logLevel = 'info',
    logTo,
    isDraining = () => false,
    endMilliseconds = maxEndMilliseconds,
    deprecated = deprecatedRoutes,
    freeShareOf = freeShareOfDisk,
  }: AppOptions = {},
): Promise<FastifyInstance> {
  const { config, database, version } = baseServices;
  const app = createFastify(config, { logLevel, logTo });
  app.decorateRequest('call', null);
  await app.register(helmet);
  await app.register(underPressure, {
    maxEventLoopDelay: config.overloadMilliseconds,
    // The liveness check always answers: a busy server must not be restarted.
    pressureHandler: ({ url }) => {
      if (url !== '/livez' && url !== '/metrics') throw unavailableError();
    },
  });
  endGracefully(app, endMilliseconds);
  const backups = new Backups(baseServices, app.log);
  const services = { ...baseServices, backups };
  refuseDuringRestore(app, backups);
  app.addHook('onListen', async () => backups.start());
  app.addHook('onClose', () => backups.stop());
  app.setErrorHandler(async (error: FastifyError | ServerFault, request, reply) => {
    const { call } = request;
    const explained = await explainByRestore(error, services);
    const chargedError = call ? await chargeFailure(call, explained) : explained;
    return answerError(chargedError as typeof error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => answerError(noRouteError(), request, reply));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  const parseJson = app.getDefaultJsonParser('error', 'ignore');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Some clients send a JSON content type without a body, for example with DELETE.
    if (body === '') done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  compressAnswers(app);
  const limits = new Limits(database, config);
  for (const apiVersion of apiVersions) mountApi(app, apiVersion, { services, limits, deprecated });
  mountHooks(app, services, limits);
  const countClients = mountRealtime(app, services);
  const metrics = new Metrics({
    services: { ...services, log: app.log },
    isDraining,
    countClients,
    freeShareOf,
  });
  app.addHook('onResponse', async (request, { statusCode: status, elapsedTime }) => {
    const { config, url = 'none' } = request.routeOptions;
    const operation = config.operation ?? url;
    metrics.count({ operation, method: request.method, status }, elapsedTime / 1000);
  });
  mountProbes(app, { services, metrics, isDraining });
  await mountDocs(app, version);
  return app;
}

/** Refuses requests during a restore, because the data is incomplete. Only its progress can be read. */
function refuseDuringRestore(app: FastifyInstance, backups: Backups): void {
  app.addHook('onRequest', async ({ url, method }) => {
    if (!backups.isRestoring || url === '/livez' || url === '/metrics') return;
    const isStatus = method === 'GET' && /^\/api\/v\d+\/admin\/db\/backup\/status(\?|$)/.test(url);
    if (!isStatus) throw unavailableError();
  });
}

/** Maximum milliseconds to finish open requests at shutdown, by default. */
export const maxEndMilliseconds = 20_000;

function endGracefully(app: FastifyInstance, endMilliseconds: number): void {
  let openRequests = 0;
  let isClosing = false;
  const emitter = new EventEmitter();
  app.addHook('onRequest', async (_request, reply) => {
    if (isClosing) throw unavailableError();
    openRequests++;
    // Also emitted when the client aborts.
    reply.raw.once('close', () => {
      openRequests--;
      if (openRequests === 0) emitter.emit('ended');
    });
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    // Waits for the open requests until the deadline; after that, the remaining ones are cut off.
    if (openRequests > 0)
      await once(emitter, 'ended', { signal: AbortSignal.timeout(endMilliseconds) }).catch(() => {});
  });
}
