import { z } from 'zod';
import { errorBody } from '#shared/contract/server/faults.ts';
import { serverHealth } from '#shared/contract/server/status.ts';
import { serverEvents } from '#shared/sync/realtime.ts';

interface Responses {
  responses?: Record<string, object>;
}
interface OpenApiDocument {
  paths?: Record<string, object | undefined> | undefined;
  components?: object | undefined;
}

const integer = (description: string) => ({ description, schema: { type: 'integer' } });
const rateLimitHeaders = {
  'X-RateLimit-Limit': integer('Requests, or operations of sync, of the budget that was charged'),
  'X-RateLimit-Remaining': integer('Requests or operations that the budget has left'),
  'X-RateLimit-Reset': integer('When the budget is reset: seconds since 1970'),
};
const retryAfterHeader = { 'Retry-After': integer('Seconds to wait before a retry') };
const headerReferences = Object.fromEntries(
  Object.keys(rateLimitHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);

const jsonContent = (schema: z.ZodType) => ({ 'application/json': { schema: z.toJSONSchema(schema) } });
const statusSchema = z.object({ status: z.string() });
/** A route outside the API, without a user token. */
const nonApiRoute = (summary: string, responses: Record<string, object>, description?: string) => ({
  servers: [{ url: '/' }],
  get: { summary, tags: ['Operations'], security: [], responses, ...(description ? { description } : {}) },
});
const healthResponses = (okText: string, failureText: string, schema: z.ZodType) => ({
  200: { description: okText, content: jsonContent(schema) },
  503: { description: failureText, content: jsonContent(schema) },
});

const extraPaths = {
  '/livez': nonApiRoute('Liveness of the server', {
    200: { description: 'The process is running', content: jsonContent(statusSchema) },
  }),
  '/readyz': nonApiRoute(
    'Readiness of the server',
    healthResponses('Ready', 'Not ready, or shutting down', statusSchema),
  ),
  '/health': nonApiRoute(
    'Health of the server',
    healthResponses('Healthy', 'The database is unavailable or not migrated', serverHealth),
  ),
  '/metrics': nonApiRoute('Metrics for Prometheus', {
    200: {
      description: 'Metrics in the text format of Prometheus',
      content: { 'text/plain': { schema: { type: 'string' } } },
    },
    401: { description: 'The metrics token is missing or wrong', content: jsonContent(errorBody) },
  }),
  '/api/v1/realtime': {
    ...nonApiRoute(
      'Events of the server, by Socket.IO',
      { 101: { description: 'A WebSocket, with the access token as `auth.token` of the handshake' } },
      'Hints only: `/sync/pull` is authoritative. The client sends `open` with the record that it shows, or null.',
    ),
    'x-events': Object.fromEntries(
      Object.entries(serverEvents).map(([name, schema]) => [name, z.toJSONSchema(schema)]),
    ),
  },
};

/** Adds common response headers, the routes outside the API and the events to the document of the contract. */
export function withExtraRoutes(document: OpenApiDocument): object {
  for (const methods of Object.values(document.paths ?? {}))
    for (const { responses = {} } of Object.values(methods ?? {}) as Responses[])
      for (const [code, response] of Object.entries(responses)) {
        const isRetryable = /^(423|429|503)$/.test(code);
        Object.assign(response, {
          headers: { ...headerReferences, ...(isRetryable ? retryAfterHeader : {}) },
        });
      }
  return {
    ...document,
    paths: { ...document.paths, ...extraPaths },
    components: { ...document.components, headers: rateLimitHeaders },
  };
}
