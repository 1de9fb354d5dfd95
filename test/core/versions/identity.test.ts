import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { createBackup } from '#core/versions/create.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { readLive } from '#test/support/live.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const ids = createIds(systemClock, systemRandom);
const runs = lawRuns(8);

function contentsOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    const audit = ['audit_transactions', 'audit_logs'].map((table) =>
      db.prepare(`SELECT * FROM ${table}`).all(),
    );
    const facts = db.prepare("SELECT * FROM workspace WHERE key <> 'replica' ORDER BY key").all();
    return { live: readLive(db), audit, facts };
  } finally {
    db.close();
  }
}

test('a backup that is restored is the state that was backed up, whatever was done before and after it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(histories({ maxLength: 6 }), { minLength: 1, maxLength: 3 }), (parts) =>
      withWorkspace(template, async (workspace) => {
        const { files } = workspace;
        const made: { id: string; state: unknown }[] = [];
        for (const steps of parts) {
          for (const step of steps) await perform([workspace.core], step);
          const { id } = await createBackup({ files, reason: 'asked', clock: systemClock, log: silentLog });
          made.push({ id, state: contentsOf(files.live) });
        }
        const folder = makeFolder();
        try {
          for (const { id, state } of made) {
            const into = join(folder, id);
            const work = { clock: systemClock, ids, log: silentLog, onProgress: () => {} };
            await restoreInto({ files, id, into, ...work, signal: new AbortController().signal });
            expect(contentsOf(workspaceFiles(into).live)).toEqual(state);
            expect(await verifyClosed(workspaceFiles(into))).toMatchObject({ ok: true });
          }
        } finally {
          removeFolder(folder);
        }
      }),
    ),
    { numRuns: runs },
  );
});
