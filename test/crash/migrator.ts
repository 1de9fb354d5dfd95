/**
 * A process of its own that takes the schema of a workspace back and forth until it is killed. It prints each that is done before it goes on.
 *
 * Arguments: folder, seed.
 */
import { writeSync } from 'node:fs';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { migrateWorkspace } from '#core/workspace/migrate.ts';
import { seededNumbers } from '#test/support/seeded.ts';

/** The schema it has come to, and the backup that was made before. */
export interface Migrated {
  to: number;
  backup: string | null;
}

const [folder, seed] = process.argv.slice(2) as [string, string];
const next = seededNumbers(Number(seed));
for (;;) {
  const { to, backup } = await migrateWorkspace({
    workspace: folder,
    target: 1 + (next() % schemaVersion),
    ...systemServices(),
    log: silentLog,
    holder: { kind: 'test', label: 'a migrator' },
  });
  writeSync(1, `${JSON.stringify({ to, backup } satisfies Migrated)}\n`);
}
