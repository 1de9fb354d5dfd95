import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '#cli/commands/index.ts';
import { openDatabase } from '#server/db/database.ts';
import { migrate } from '#server/db/migrate.ts';
import { startTrialPostgres } from '#server/db/trial-postgres.ts';
import { root } from './lib/paths.ts';
import { apiPage } from './lib/reference/api.ts';
import { commandsPage } from './lib/reference/commands.ts';
import { containersPage } from './lib/reference/containers.ts';
import { entitiesPage } from './lib/reference/entities.ts';
import { localTables, serverTables } from './lib/reference/schema.ts';
import type { Table } from './lib/reference/schema.ts';

/** Reads the server's schema from a Postgres that is started for it. */
async function tablesOfTrial(): Promise<Table[]> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-reference-'));
  const postgres = await startTrialPostgres(folder, () => {});
  const database = openDatabase(postgres.url);
  try {
    await migrate(database);
    return await serverTables(database);
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the pages of `docs/reference`. */
const pages: Readonly<Record<string, string>> = {
  commands: commandsPage(commands),
  api: await apiPage(),
  containers: await containersPage(commands),
  entities: entitiesPage(await localTables(), await tablesOfTrial()),
};
for (const [name, text] of Object.entries(pages))
  writeFileSync(join(root, 'docs/reference', `${name}.md`), text);
