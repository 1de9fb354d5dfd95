import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserPages } from '#scripts/lib/reference/api.ts';
import { entitiesPage } from '#scripts/lib/reference/entities.ts';
import { localTables, serverTables } from '#scripts/lib/reference/schema.ts';
import { root } from '#scripts/lib/paths.ts';
import { password, serverOfFile, testDatabase } from './support/server.ts';

const server = await serverOfFile();

test('docs/reference/entities.md has the schema of Postgres after all migrations', async () => {
  const database = await testDatabase();
  const page = entitiesPage(await localTables(), await serverTables(database));
  await database.close();
  expect(readFileSync(join(root, 'docs/reference/entities.md'), 'utf8'), 'run: npm run reference').toBe(page);
});

test('the server answers each page for browsers that the reference lists', async () => {
  for (const [path] of browserPages) expect((await server.api.get(path)).status, path).not.toBe(404);
  expect((await server.api.get('/api/v1/auth/oidc/other')).status).toBe(401);
  expect((await server.api.get('/pages')).status).toBe(404);
});

test('no answer sets a cookie or allows another origin, as docs/not-applicable.md says', async () => {
  const { paths } = (await server.api.get<{ paths: object }>('/openapi.json')).body;
  const asked = [...Object.keys(paths), ...browserPages.map(([path]) => path), '/none'];
  const refused = await server.api.post('auth/token', { email: 'nobody@example.org', password });
  const person = { email: 'ada@example.org', password, name: 'Ada' };
  const signedIn = await server.api.post('auth/bootstrap', {
    bootstrap_token: server.bootstrap_token,
    ...person,
  });
  expect(signedIn.status).toBe(201);
  const answers = [refused, signedIn, ...(await Promise.all(asked.map((path) => server.api.get(path))))];
  expect(answers.length).toBeGreaterThan(40);
  const headers = new Set(answers.flatMap((answer) => [...answer.headers.keys()]));
  expect(headers).toContain('content-type');
  expect([...headers].filter((name) => name === 'set-cookie' || name.startsWith('access-control-'))).toEqual(
    [],
  );
});
