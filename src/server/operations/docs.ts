import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { readShipped } from '#files/open-file.ts';
import { outdatedCodeForOlderClients } from '#shared/contract/server/faults.ts';
import { serverContract } from '#shared/contract/server/index.ts';
import { currentVersion } from '../versions.ts';
import { withExtraRoutes } from './describe.ts';

const tags = [
  ['Sign-in', 'Tokens: an access token for 15 minutes, a refresh token that is used once.'],
  ['Users', 'User accounts and their sessions.'],
  ['Records', 'All types of record. Every change is an operation of the history that clients pull.'],
  ['State', 'All records at once.'],
  ['Sync', 'Exchange of operations between workspaces and the server.'],
  ['People', 'Personal data on the server, and its erasure. For admins.'],
  ['Audit', 'Who changed what, who signed in, who read data about people.'],
  ['Operations', 'State of the server.'],
  ['Jobs', 'Work in the queue of the server. For admins.'],
  ['Events', 'What changed, as CloudEvents in commit order.'],
  ['Webhooks', 'Webhooks that receive from repositories, or send changes. For admins.'],
  ['Agents', 'Configuration of AI agents.'],
  ['Administration', 'The database: health, backups and restore. For admins.'],
].map(([name, description]) => ({ name: name ?? '', description: description ?? '' }));

/** Builds the OpenAPI 3.1 document of the contract and of the routes outside the API. */
export async function describeApi(version: string): Promise<object> {
  const generator = new OpenAPIGenerator({
    // Without this option, a field that code checks would be described as never valid, because the check has no schema.
    schemaConverters: [new ZodToJsonSchemaConverter({ unsupportedJsonSchema: {} })],
  });
  const document = await generator.generate(serverContract, {
    info: {
      title: 'FRAMES server',
      version,
      description: 'Errors have one shape: {error: {code, message, details, timestamp, request_id}}.',
    },
    servers: [{ url: currentVersion.prefix }],
    tags,
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    customErrorResponseBodySchema: (errors) => ({
      type: 'object',
      required: ['error'],
      properties: {
        error: {
          type: 'object',
          required: ['code', 'message', 'details', 'timestamp', 'request_id'],
          properties: {
            code: {
              type: 'string',
              enum: errors.flatMap(([code]) =>
                code === 'CLIENT_OUTDATED' ? [code, outdatedCodeForOlderClients] : [code],
              ),
            },
            message: { type: 'string' },
            details: { anyOf: errors.map(([, , , details]) => details) },
            timestamp: { type: 'string', format: 'date-time' },
            request_id: { type: 'string' },
          },
        },
      },
    }),
  });
  return withExtraRoutes(document);
}

/** The pages use inline styles, and Redoc searches in a worker from a blob. Nothing is loaded from other hosts. */
const securityPolicy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `font-src 'self' data:`,
  `connect-src 'self'`,
  `worker-src blob:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

const pageHtml = (title: string, head: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}</head><body>${body}</body></html>`;

const swaggerPage = pageHtml(
  'FRAMES server: API',
  '<link rel="stylesheet" href="/docs/swagger-ui.css">',
  '<div id="api"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>',
);
const swaggerScript = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });`;
const redocPage = pageHtml(
  'FRAMES server: API reference',
  '',
  '<div id="api"></div><script src="/redoc/redoc.standalone.js"></script><script src="/redoc/start.js"></script>',
);
const redocScript = `Redoc.init('/openapi.json', { disableGoogleFont: true }, document.getElementById('api'));`;

/** Redoc is one file copied from its package (resources/redoc). As a dependency it would install a hundred packages. */
function findRedocFile(): string {
  const folder = import.meta.dirname;
  const paths = ['..', '../..', '../../..', '../../../..'].map((up) =>
    join(folder, up, 'resources/redoc/redoc.standalone.js'),
  );
  return paths.find((path) => existsSync(path)) ?? paths[0] ?? '';
}

/** Serves `/openapi.json` and the pages `/docs` and `/redoc`, without external resources. */
export async function mountDocs(app: FastifyInstance, version: string): Promise<void> {
  const document = JSON.stringify(await describeApi(version));
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  const send = (reply: FastifyReply, type: string, content: string | Buffer): FastifyReply =>
    reply.header('content-security-policy', securityPolicy).type(type).send(content);
  const scriptType = 'text/javascript; charset=utf-8';
  const files: Record<string, [type: string, path: string]> = {
    '/docs/swagger-ui.css': ['text/css; charset=utf-8', join(folder, 'swagger-ui.css')],
    '/docs/swagger-ui-bundle.js': [scriptType, join(folder, 'swagger-ui-bundle.js')],
    '/redoc/redoc.standalone.js': [scriptType, findRedocFile()],
  };
  const texts: Record<string, [type: string, content: string]> = {
    '/openapi.json': ['application/json; charset=utf-8', document],
    [`${currentVersion.prefix}/openapi.json`]: ['application/json; charset=utf-8', document],
    '/docs': ['text/html; charset=utf-8', swaggerPage],
    '/docs/start.js': [scriptType, swaggerScript],
    '/redoc': ['text/html; charset=utf-8', redocPage],
    '/redoc/start.js': [scriptType, redocScript],
  };
  for (const [url, [type, content]] of Object.entries(texts))
    app.get(url, (_request, reply) => send(reply, type, content));
  for (const [url, [type, path]] of Object.entries(files))
    app.get(url, async (_request, reply) => send(reply, type, await readShipped(path)));
}
