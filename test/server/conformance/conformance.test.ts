import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorBody } from '#shared/contract/server/faults.ts';
import { maxDepth } from '#shared/domain/limits.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import type { Api } from '../support/api.ts';
import { backupsOfFile } from '../support/backups.ts';
import { own, populate, samplePayloads } from '../support/people.ts';
import { oidcOfFile } from '../support/oidc.ts';
import { create, hello, operation, push, sharedSandbox } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';
import { hostileTexts, valuesOf } from './generate.ts';
import type { JsonText, Schema } from './generate.ts';

const server = await serverOfFile({ ...(await oidcOfFile()), backups: backupsOfFile() });
// What is generated may give the other editor another password, and so end their sessions: nobody asks in their name.
const { admin, editor, other } = await populate(server);
await push(admin, [
  operation([
    create('team', 'team_a', { name: 'A', university_id: own }),
    create('team', 'team_b', { name: 'B', university_id: own }),
    create('faculty', 'fac_a', { name: 'F', university_id: own }),
  ]),
]);
const { generation } = await hello(admin);

interface Described {
  parameters?: { name: string; in: 'path' | 'query'; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
const document = (await server.api.get<{ paths: Record<string, Record<string, Described>> }>('/openapi.json'))
  .body;
const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
  // Routes outside of the API have servers of their own.
  'servers' in methods
    ? []
    : Object.entries(methods).map(([method, described]) => ({
        method: method.toUpperCase(),
        path,
        described,
      })),
);

/** What an answer must be, whatever was asked. */
function expectAsDescribed(
  { described }: (typeof routes)[number],
  { status, body }: { status: number; body: unknown },
  asked: string,
): void {
  expect(status, asked).toBeLessThan(500);
  expect(Object.keys(described.responses), `${status} ${asked}`).toContain(String(status));
  if (status < 400) return;
  const { error } = errorBody.parse(body);
  const schema = JSON.stringify(described.responses[String(status)]);
  expect(schema, asked).toContain(`"${error.code}"`);
  // Neither SQL nor places of files reach whoever asks.
  expect(JSON.stringify(error.message)).not.toMatch(/syntax error|relation "|violates|\/src\/|node_modules/);
}

const known: Record<string, string[]> = { generation: [generation], users: [other.user.id] };
for (const [path, body] of Object.entries(samplePayloads)) {
  const made: string[] = [];
  for (let at = 0; at < 8; at++) made.push((await admin.post<{ id: string }>(path, body)).body.id);
  known[path] = made;
}

await push(admin, [operation([create('shared-sandbox', 'share_a', sharedSandbox(own))])]);
known['shared-sandboxes'] = ['share_a'];

type Parameters = NonNullable<Described['parameters']>;
function parametersOf(path: string, parameters: Parameters): fc.Arbitrary<[string, string | null][]> {
  const [group = ''] = path.slice(1).split('/');
  const each = parameters.map(({ name, schema, in: place }) => {
    const there = known[name === 'id' ? group : name] ?? [];
    const text = valuesOf(schema).map((one): string | null => one.replaceAll(/^"|"$/g, ''));
    return fc
      .oneof(
        { weight: 6, arbitrary: there.length > 0 ? fc.constantFrom(...there) : text },
        { weight: 1, arbitrary: fc.constantFrom(...hostileTexts) },
        {
          weight: place === 'path' || name === 'generation' || name === 'after' ? 0 : 10,
          arbitrary: fc.constant(null),
        },
      )
      .map((value): [string, string | null] => [name, value]);
  });
  return fc.tuple(...each);
}
/** A lone half of a pair has no place in an address, and a long text none in the head of a request. */
const encoded = (text: string): string => encodeURIComponent(text.slice(0, 1000).toWellFormed());

interface Asked {
  url: string;
  body: JsonText | null;
}
function requestsOf({ path, described }: (typeof routes)[number]): fc.Arbitrary<Asked> {
  const parameters = described.parameters ?? [];
  const inPath = parametersOf(
    path,
    parameters.filter((one) => one.in === 'path'),
  );
  const inQuery = parametersOf(
    path,
    parameters.filter((one) => one.in === 'query'),
  );
  const schema = described.requestBody?.content['application/json']?.schema;
  return fc.record({
    url: fc.tuple(inPath, inQuery).map(([values, query]) => {
      const named = values.reduce(
        (text, [key, value]) => text.replace(`{${key}}`, () => encoded(value ?? '')),
        path,
      );
      const asked = query
        .flatMap(([key, value]) => (value === null ? [] : [`${key}=${encoded(value)}`]))
        .join('&');
      return `${named.slice(1)}${asked && `?${asked}`}`;
    }),
    body: schema ? valuesOf(schema) : fc.constant(null),
  });
}

const ask = (api: Api, method: string, { url, body }: Asked) =>
  api.call<unknown>(method, url, body === null ? {} : { body });

/** Routes that some generated request went through to its end. */
const reached = new Set<string>();

// The nine types of record have the same code behind the same routes.
const isRecord = (path: string): boolean =>
  !/^\/(auth|users|sessions|sync|state|audit|status|teams|interfaces)/.test(path);

describe.each(routes)('$method $path', (route) => {
  // oxlint-disable-next-line vitest/expect-expect -- it is in expectAsDescribed
  test('answers any request as documented', async () => {
    const numRuns = lawRuns(isRecord(route.path) ? 4 : 20) * Number(process.env['CONFORMANCE'] ?? 1);
    await fc.assert(
      fc.asyncProperty(requestsOf(route), fc.constantFrom(admin, editor.api), async (asked, api) => {
        const answer = await ask(api, route.method, asked);
        if (answer.status < 300) reached.add(`${route.method} ${route.path}`);
        expectAsDescribed(route, answer, JSON.stringify(asked).slice(0, 1000));
      }),
      { numRuns },
    );
  });
});

const bodyRoutes = routes.filter(({ described }) => described.requestBody);

// oxlint-disable-next-line vitest/expect-expect -- it is in expectAsDescribed
test.each(bodyRoutes)(
  '$method $path refuses JSON that nests too deep, and what is no JSON',
  async (route) => {
    const url = route.path.slice(1).replace('{id}', 'team_a');
    const levels = '['.repeat(maxDepth * 20) + ']'.repeat(maxDepth * 20);
    const bodies = [
      levels,
      `{"name":"A","meta":${levels},"params":${levels},"operations":[{"params":${levels}}]}`,
      '{',
      '',
      'undefined',
      '{"__proto__":{"role":"admin"}}',
      '{"name":"A","name":null}',
    ];
    for (const body of bodies)
      expectAsDescribed(route, await ask(admin, route.method, { url, body }), body.slice(0, 200));
  },
);

test('an operation whose parameters, view or record nest too deep is refused', async () => {
  const post = (count: number, part: 'params' | 'view' | 'team') => {
    const meta = part === 'params' ? 'flat' : 'DEEP';
    const payload = { name: 'V', owner: editor.user.id, university_id: own, meta };
    const row = create(part === 'view' ? 'view' : 'team', `${part}_${count}`, payload);
    const one = operation([row], { params: part === 'params' ? { meta: 'DEEP' } : {} });
    const text = JSON.stringify({ generation, clock_offset: 0, operations: [one] });
    return admin.post('sync/push', text.replaceAll('"DEEP"', '['.repeat(count) + ']'.repeat(count)));
  };
  for (const part of ['params', 'view', 'team'] as const) {
    expect([part, (await post(maxDepth - 10, part)).status]).toEqual([part, 200]);
    expect([part, (await post(5000, part)).body.error.code]).toEqual([part, 'VALIDATION_ERROR']);
  }
});

test('a request with too large or missing headers is refused in the same shape', async () => {
  const long = await admin.get(`teams/${'x'.repeat(20_000)}`);
  expect([long.status, long.body.error.code]).toEqual([431, 'TOO_LARGE']);
});

test('a body beyond the limit is refused', async () => {
  const large = JSON.stringify({ name: 'x'.repeat(17 * 1024 * 1024) });
  for (const path of ['teams', 'sync/push']) {
    const { status, body } = await admin.call('POST', path, { body: large });
    expect([status, body.error.code]).toEqual([413, 'TOO_LARGE']);
  }
});

test('not all generated requests failed at authentication', () => {
  expect(reached.size).toBeGreaterThan(routes.length / 2);
});

test('after all that the database is whole', async () => {
  const tables = await server.database.get<{ n: number }>(
    `SELECT count(*) AS n FROM information_schema.tables WHERE table_name IN ('users', 'teams', 'audit_logs')`,
  );
  expect(tables?.n).toBe(3);
  expect((await admin.get('auth/me')).status).toBe(200);
});
