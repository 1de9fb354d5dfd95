import { expect, test } from 'vitest';
import { migrate, newestVersion, readSchemaState } from '#server/db/migrate.ts';
import type { Database } from '#server/db/database.ts';
import type { Health } from '#shared/contract/server/status.ts';
import { startServer, testDatabase } from '../support/server.ts';

const next = newestVersion + 1;
const addStep = (database: Database, compatibleSince: number | null, version = next): Promise<unknown> =>
  database.run('INSERT INTO schema_versions (version, name, compatible_since) VALUES ($1, $2, $3)', [
    version,
    'newer',
    compatibleSince,
  ]);

test('a server runs and starts on a newer schema whose step allows it', async () => {
  const database = await testDatabase();
  const running = await startServer({}, { database });
  await addStep(database, newestVersion);
  expect((await running.api.get<Health>('/health')).body).toMatchObject({
    status: 'ok',
    migrations: { version: next, newest: newestVersion },
  });
  const later = await startServer({}, { database });
  expect((await later.api.get('/readyz')).status).toBe(200);
  await Promise.all([running.stop(), later.stop()]);
  await database.close();
});

test('a newer step without that, or with more demands, is refused, also below one that allows it', async () => {
  const database = await testDatabase();
  const running = await startServer({}, { database });
  await addStep(database, null);
  await addStep(database, newestVersion, next + 1);
  expect((await running.api.get<Health>('/health')).body.status).toBe('unavailable');
  await expect(startServer({}, { database })).rejects.toThrow('newer schema');
  await database.run('UPDATE schema_versions SET compatible_since = $1 WHERE version = $2', [next, next]);
  await expect(startServer({}, { database })).rejects.toThrow('newer schema');
  await running.stop();
  await database.close();
});

test('a database that was migrated before steps had a compatibility is served, and gets the column', async () => {
  const database = await testDatabase();
  await database.run('ALTER TABLE schema_versions DROP COLUMN compatible_since');
  expect(await readSchemaState(database)).toEqual({ version: newestVersion, compatibleSince: newestVersion });
  const running = await startServer({}, { database });
  await running.stop();
  expect(await migrate(database)).toEqual([]);
  await addStep(database, newestVersion);
  expect(await readSchemaState(database)).toEqual({ version: next, compatibleSince: newestVersion });
  await database.close();
});
