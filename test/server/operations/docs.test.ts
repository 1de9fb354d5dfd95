import { expect, test } from 'vitest';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();

interface Described {
  openapi: string;
  info: { version: string };
  security: object[];
  tags: { name: string }[];
  components: { securitySchemes: Record<string, object> };
  paths: Record<
    string,
    Record<
      string,
      {
        tags: string[];
        summary?: string;
        security?: object[];
        responses: Record<string, { headers?: object }>;
      }
    >
  >;
}
const document = (await server.api.get<Described>('/openapi.json')).body;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  // Routes outside of the API have servers of their own.
  'servers' in methods
    ? []
    : Object.entries(methods).map(([method, described]) => ({ path, method, ...described })),
);

test('the document is OpenAPI 3.1, with every route, tag and error of the contract', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(operations.length).toBeGreaterThan(70);
  expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
  const known = document.tags.map(({ name }) => name);
  for (const { path, method, tags, responses } of operations) {
    expect(known, `${method} ${path}`).toEqual(expect.arrayContaining(tags));
    expect(JSON.stringify(responses['422']), `${method} ${path}`).toContain('"VALIDATION_ERROR"');
    expect(JSON.stringify(responses['404'])).toContain('"request_id"');
  }
});

test('all but signing in wants a token', () => {
  const open = operations.filter(({ security }) => security?.length === 0).map(({ path }) => path);
  expect(open.toSorted()).toEqual([
    '/auth/bootstrap',
    '/auth/logout',
    '/auth/oidc/start',
    '/auth/oidc/token',
    '/auth/refresh',
    '/auth/token',
  ]);
  expect(document.security).toEqual([{ bearer: [] }]);
});

test('the pages and their resources come from this server, under their own policy', async () => {
  for (const page of ['/docs', '/redoc']) {
    const { status, headers, body } = await server.api.get<string>(page);
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    const loaded = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    expect(loaded.length).toBeGreaterThan(1);
    for (const url of loaded) {
      expect(url).toMatch(/^\/(docs|redoc)\//);
      const file = await server.api.get<string>(url);
      expect([file.status, file.body.length > 50], url).toEqual([200, true]);
    }
  }
  const other = (await server.api.get('/livez')).headers.get('content-security-policy');
  expect(other).not.toContain('worker-src');
});

test('no other file is served', async () => {
  for (const path of ['/docs/package.json', '/docs/../package.json', '/docs/%2e%2e/package.json', '/redoc/x'])
    expect((await server.api.get(path)).status, path).toBe(404);
});

test('the document has routes outside of the API, events, a summary and the headers of budgets', async () => {
  for (const path of ['/livez', '/readyz', '/health', '/metrics', '/api/v1/realtime'])
    expect(document.paths[path], path).toMatchObject({ servers: [{ url: '/' }] });
  expect(JSON.stringify(document.paths['/api/v1/realtime'])).toContain('entity:updated');
  for (const { path, method, summary, responses } of operations) {
    expect(summary, `${method} ${path}`).toMatch(/\w/);
    for (const response of Object.values(responses))
      expect(Object.keys(response.headers ?? {}), path).toContain('X-RateLimit-Remaining');
  }
});

test('the document is also below the prefix of the API, and its pages take a trailing slash', async () => {
  expect((await server.api.get('openapi.json')).body).toEqual(document);
  for (const page of ['/docs/', '/redoc/']) expect((await server.api.get(page)).status).toBe(200);
});

test('answers are compressed on request', async () => {
  const ask = (encoding: string) =>
    server.api.call<Described>('GET', '/openapi.json', { headers: { 'accept-encoding': encoding } });
  const [packed, plain] = [await ask('gzip'), await ask('identity')];
  expect([packed.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual([
    'gzip',
    null,
  ]);
  expect(packed.body).toEqual(plain.body);
  expect(
    (await server.api.call('GET', '/livez', { headers: { 'accept-encoding': 'gzip' } })).headers.get(
      'content-encoding',
    ),
  ).toBeNull();
});

test('no field of a request is described as one that no value fits', () => {
  const bodies = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map((described) =>
      JSON.stringify('requestBody' in described && described.requestBody),
    ),
  );
  expect(bodies.filter((body) => body.includes('"meta":')).length).toBeGreaterThan(5);
  expect(bodies.filter((body) => body.includes('"not":{}'))).toEqual([]);
});
