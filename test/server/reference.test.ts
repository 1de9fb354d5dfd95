import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserPages } from '#scripts/lib/reference/api.ts';
import { entitiesPage } from '#scripts/lib/reference/entities.ts';
import { localTables, serverTables } from '#scripts/lib/reference/schema.ts';
import { root } from '#scripts/lib/paths.ts';
import { serverOfFile, testDatabase } from './support/server.ts';

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
