import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { ServerOptions } from 'node:https';
import Fastify, { LogController } from 'fastify';
import type { FastifyError, FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify';
import helmet from '@fastify/helmet';
import underPressure from '@fastify/under-pressure';
import type { ServerFault } from '#shared/contract/server/faults.ts';
import { mostBytes } from '#shared/contract/server/sync.ts';
import { chargeUnpaid, mountApi } from './api.ts';
import { Backups } from './backups/backups.ts';
import { compressAnswers } from './compress.ts';
import type { GivenServices } from './context.ts';
import { answerBrokenRequest, answerError, noRoute, unavailable } from './errors.ts';
import { Limits } from './limits.ts';
import { mountDocs } from './operations/docs.ts';
import { Metrics } from './operations/metrics.ts';
import { mountOperations } from './operations/routes.ts';
import { mountRealtime } from './realtime/realtime.ts';
import { deprecatedRoutes, versions } from './versions.ts';
import type { DeprecatedRoute } from './versions.ts';

export interface AppOptions {
  logLevel?: string | undefined;
  /** Takes the lines of the log; standard output else. */
  logTo?: { write(line: string): void } | undefined;
  /** The server ends soon: whoever asks whether it is ready is sent elsewhere. */
  isDraining?: () => boolean;
  /** For so long requests that have come are answered when it ends. */
  endMilliseconds?: number;
  deprecated?: readonly DeprecatedRoute[] | undefined;
}

/** A request's id may be the caller's own: both logs name the same. */
const requestIdOf = (given: string | string[] | undefined): string =>
  typeof given === 'string' && /^[\w-]{8,100}$/.test(given) ? given : randomUUID();

/** Without the query of the address: a sign-in by a university has its secrets there. */
const loggedRequest = ({ method, url, host, ip, socket }: FastifyRequest) => ({
  method,
  url: url.split('?')[0] ?? '',
  host,
  remoteAddress: ip,
  ...(socket.remotePort === undefined ? {} : { remotePort: socket.remotePort }),
});

/** The HTTP server over the services, not listening yet. */
export async function createApp(
  given: GivenServices,
  {
    logLevel = 'info',
    logTo,
    isDraining = () => false,
    endMilliseconds = longestEnd,
    deprecated = deprecatedRoutes,
  }: AppOptions = {},
): Promise<FastifyInstance> {
  const { config, database, version } = given;
  const options: FastifyServerOptions = {
    logger: {
      level: logLevel,
      redact: ['req.headers.authorization'],
      serializers: { req: loggedRequest },
      ...(logTo ? { stream: logTo } : {}),
    },
    logController: new LogController({ requestIdLogLabel: 'request_id' }),
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    bodyLimit: mostBytes,
    // When it ends: what has come is waited for in `endGracefully`, and then no connection holds it up, used or not.
    forceCloseConnections: true,
    // A body that trickles in byte by byte would hold its connection for ever.
    requestTimeout: config.requestSeconds * 1000,
    routerOptions: { ignoreTrailingSlash: true },
    return503OnClosing: false,
    // Its hooks wait for requests longer than Fastify would: `stop` has the deadline.
    pluginTimeout: 0,
    // One proxy, whose word on whom it forwards for is taken.
    trustProxy: config.behindProxy && ((_address, hop) => hop === 0),
    clientErrorHandler: answerBrokenRequest,
    // What is no request that could be routed is answered in the same shape.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  };
  const longestRequest = config.requestSeconds * 1000;
  const timing = {
    requestTimeout: longestRequest,
    // Node enforces neither where the time for the head is the longer one.
    headersTimeout: Math.min(longestRequest, 60_000),
    connectionsCheckingInterval: Math.min(longestRequest / 2, 5000),
  };
  const https: ServerOptions | null = config.tls && { ...config.tls, ...timing, minVersion: 'TLSv1.3' };
  // The instance is the same to whoever adds routes, encrypted or not.
  const app = Fastify({ ...options, ...(https ? { https } : { http: timing }) } as FastifyServerOptions);
  app.decorateRequest('call', null);
  await app.register(helmet);
  await app.register(underPressure, {
    maxEventLoopDelay: config.overloadMilliseconds,
    // Whether it lives is answered whatever it has to do: nobody is to restart it for being busy.
    pressureHandler: ({ url }) => {
      if (url !== '/livez' && url !== '/metrics') throw unavailable();
    },
  });
  endGracefully(app, endMilliseconds);
  const backups = new Backups(given, app.log);
  const services = { ...given, backups };
  answerNobodyDuringRestore(app, backups);
  app.addHook('onListen', async () => backups.start());
  app.addHook('onClose', () => backups.stop());
  app.setErrorHandler(async (error: FastifyError | ServerFault, request, reply) => {
    const { call } = request;
    const final = call ? ((await chargeUnpaid(call, error)) as typeof error) : error;
    return answerError(final, request, reply);
  });
  app.setNotFoundHandler((request, reply) => answerError(noRoute(), request, reply));
  const metrics = new Metrics(database);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, { statusCode: status, elapsedTime }) => {
    const { config, url = 'none' } = request.routeOptions;
    const operation = config.operation ?? url;
    metrics.count({ operation, method: request.method, status }, elapsedTime / 1000);
  });
  const parseJson = app.getDefaultJsonParser('error', 'ignore');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Clients say what they would send, and send nothing, with DELETE for one.
    if (body === '') done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  compressAnswers(app);
  const limits = new Limits(database, config);
  for (const one of versions) mountApi(app, one, { services, limits, deprecated });
  mountRealtime(app, services);
  mountOperations(app, { services, metrics, isDraining });
  await mountDocs(app, version);
  return app;
}

/** While everything is replaced, nobody is to be told of what is half of it. How far it is may be asked. */
function answerNobodyDuringRestore(app: FastifyInstance, backups: Backups): void {
  app.addHook('onRequest', async ({ url, method }) => {
    if (!backups.isRestoring || url === '/livez' || url === '/metrics') return;
    const isStatus = method === 'GET' && /^\/api\/v\d+\/admin\/db\/backup\/status(\?|$)/.test(url);
    if (!isStatus) throw unavailable();
  });
}

/** Requests that have come are answered before the server ends, but no longer than so many milliseconds. */
export const longestEnd = 20_000;

function endGracefully(app: FastifyInstance, endMilliseconds: number): void {
  let open = 0;
  let isClosing = false;
  const ended = new EventEmitter();
  app.addHook('onRequest', async (_request, reply) => {
    if (isClosing) throw unavailable();
    open++;
    // Answered, or given up by whoever asked.
    reply.raw.once('close', () => {
      open--;
      if (open === 0) ended.emit('ended');
    });
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    // In vain after that time: what is left is cut off.
    if (open > 0)
      await once(ended, 'ended', { signal: AbortSignal.timeout(endMilliseconds) }).catch(() => {});
  });
}
