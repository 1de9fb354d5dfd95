import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openDatabase } from '#server/db/database.ts';
import { newestVersion } from '#server/db/migrate.ts';
import type { Health, ServerStatus } from '#shared/contract/server/status.ts';
import { Api } from '../support/api.ts';
import { backupsOfTest } from '../support/backups.ts';
import { populate } from '../support/people.ts';
import { startServer, serverOfFile, testDatabase } from '../support/server.ts';

const lines: string[] = [];
const server = await serverOfFile(
  {},
  {
    logLevel: 'info',
    logTo: { write: (line) => void lines.push(line) },
    deprecated: [
      {
        prefix: '/api/v1',
        method: 'GET',
        path: '/teams/{id}',
        since: '2027-06-01',
        sunset: '2027-09-01',
        link: 'https://example.org/changes',
      },
    ],
  },
);
const { admin, viewer } = await populate(server);

test('reports liveness, readiness and health', async () => {
  expect((await server.api.get('/livez')).body).toEqual({ status: 'ok' });
  expect((await server.api.get('/readyz')).body).toEqual({ status: 'ok' });
  const { status, body } = await server.api.get<Health>('/health');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'ok',
    database: { ok: true },
    migrations: { version: newestVersion, newest: newestVersion },
    last_backup: null,
  });
});

test('without a database it lives, and is neither ready nor well', async () => {
  const database = await testDatabase();
  const broken = await startServer({}, { database });
  const { name } = (await database.get<{ name: string }>('SELECT current_database() AS name')) ?? {
    name: '',
  };
  const main = openDatabase(inject('postgres'));
  await main.run(`DROP DATABASE ${name} WITH (FORCE)`);
  await main.close();
  expect((await broken.api.get('/livez')).status).toBe(200);
  expect((await broken.api.get('/readyz')).status).toBe(503);
  const health = await broken.api.get<Health>('/health');
  expect([health.status, health.body.database.ok]).toEqual([503, false]);
  await broken.stop();
  await database.close();
});

test('its status is for signed-in users', async () => {
  expect(await server.api.refusal('GET', 'status')).toEqual([401, 'UNAUTHORIZED']);
  const { body } = await viewer.api.get<ServerStatus>('status');
  expect(body).toMatchObject({ health: { status: 'ok' }, jobs: { queued: 0, running: 0, failed: 0 } });
  expect(body.database.records).toBeGreaterThan(0);
  expect(body.database.pool.total).toBeGreaterThan(0);
});

test('figures for Prometheus: rate and errors by operation, quantiles, the pool', async () => {
  await admin.get('teams');
  await admin.get('teams/none');
  await admin.get('nowhere');
  const { body, headers } = await server.api.get<string>('/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  for (const line of [
    /^frames_http_request_duration_seconds_count\{operation="teams\.list",method="GET",status="200"\} 1$/m,
    /^frames_http_request_duration_seconds_count\{operation="teams\.get",method="GET",status="404"\} 1$/m,
    /^frames_http_request_duration_seconds_bucket\{le="0\.05",operation="teams\.list"/m,
    /^frames_http_request_seconds\{quantile="0\.95"\} [\d.e-]+$/m,
    /^frames_http_request_seconds\{quantile="0\.99"\} [\d.e-]+$/m,
    /^frames_database_connections\{state="waiting"\} 0$/m,
    /^process_resident_memory_bytes /m,
  ])
    expect(body).toMatch(line);
  // What a stranger asks for names no series of its own.
  expect(body).not.toContain('nowhere');
});

test('figures may want a token', async () => {
  const guarded = await startServer({ metricsToken: 'only for prometheus' });
  expect(await guarded.api.refusal('GET', '/metrics')).toEqual([401, 'UNAUTHORIZED']);
  expect(await guarded.api.as('only for prometheuz').refusal('GET', '/metrics')).toEqual([
    401,
    'UNAUTHORIZED',
  ]);
  expect((await guarded.api.as('only for prometheus').get('/metrics')).status).toBe(200);
  await guarded.stop();
});

test('without a token, only a server that nobody else reaches shows its figures', async () => {
  for (const over of [{ behindProxy: true }, { host: '0.0.0.0', allowHttp: true }]) {
    const open = await startServer(over);
    const api = new Api(open.api.url.replace('0.0.0.0', '127.0.0.1'));
    expect(await api.refusal('GET', '/metrics')).toEqual([401, 'UNAUTHORIZED']);
    await open.stop();
  }
});

test('figures of the server: version, readiness, jobs, backups, clients, refusals, the end of its certificate', async () => {
  const [cert, key] = ['cert', 'key'].map((part) =>
    readFileSync(join(import.meta.dirname, `../fixtures/tls-${part}.pem`), 'utf8'),
  ) as [string, string];
  const served = await startServer({ tls: { cert, key }, backups: backupsOfTest() }, { version: '9.8.7' });
  const text = await new Promise<string>((resolve, reject) => {
    get(`${served.api.url}/metrics`, { ca: cert, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks).toString()));
    }).on('error', reject);
  });
  await served.stop();
  const end = Date.parse(new X509Certificate(cert).validTo) / 1000;
  for (const line of [
    'frames_info{version="9.8.7"} 1',
    'frames_ready 1',
    'frames_database_up 1',
    'frames_clients_connected 0',
    'frames_last_backup_timestamp_seconds 0',
    'frames_jobs{state="dead"} 0',
    'frames_refused_requests_total{reason="outdated"} 0',
    `frames_certificate_end_timestamp_seconds ${end}`,
    'frames_files{state="missing"} 0',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toMatch(/^frames_disk_free_ratio\{folder="backups"\} 0?\.?\d+$/m);
});

test('a figure that cannot be read is absent, and does not say that the database is down', async () => {
  const served = await startServer();
  await served.database.run('ALTER TABLE queued_jobs RENAME TO gone');
  const { status, body } = await served.api.get<string>('/metrics');
  expect([status, body]).toEqual([200, expect.any(String)]);
  for (const line of ['frames_database_up 1', 'frames_ready 1', 'frames_files{state="missing"} 0'])
    expect(body.split('\n')).toContain(line);
  expect(body).not.toMatch(/^frames_jobs\{/m);
  await served.stop();
});

test('a deprecated route has its date of removal', async () => {
  const { headers } = await admin.get('teams/team_none?x=1');
  expect(headers.get('deprecation')).toBe(`@${Date.UTC(2027, 5, 1) / 1000}`);
  expect(headers.get('sunset')).toBe('Wed, 01 Sep 2027 00:00:00 GMT');
  expect(headers.get('link')).toBe('<https://example.org/changes>; rel="deprecation"');
  for (const path of ['teams', 'teams/a/b', 'faculty/x'])
    expect((await admin.get(path)).headers.get('deprecation'), path).toBeNull();
});

test('the log is JSON, names each request by the id that the client gave, and holds no token', async () => {
  await admin.call('GET', 'auth/me', { headers: { 'x-request-id': 'request-of-test' } });
  const own = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(own.filter(({ request_id }) => request_id === 'request-of-test')).toHaveLength(2);
  expect(lines.join('')).not.toContain(admin.token);
});

test('the log has no query of an address: sign-ins have their secrets there', async () => {
  await server.api.get('auth/oidc/callback?code=SECRET-CODE&state=SECRET-STATE');
  await server.api.call('POST', 'auth/oidc/confirm?confirmation=SECRET-CONFIRMATION', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(lines.join('')).toContain('/auth/oidc/callback');
  expect(lines.join('')).not.toContain('SECRET');
});
