import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { restore } from '#test/support/backup.ts';
import { contentOf } from '#test/support/besides.ts';
import { filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const runs = lawRuns(4);

test('a sandbox restored from a backup has its former tables and log', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(histories({ maxLength: 5 }), { minLength: 1, maxLength: 3 }),
      histories({ maxLength: 4 }),
      async (parts, live) =>
        withWorkspace(template, async (workspace) => {
          const owner = workspace.as();
          const known = new Map<string, unknown>();
          for (const [number, steps] of parts.entries()) {
            const { id } = await take(owner, `Play ${number}`);
            const core = await openSandbox(workspace, id);
            for (const step of steps) await perform([core], step);
            await core.close();
            known.set(id, contentOf(filesOf(workspace, id).data));
          }
          for (const step of live) await perform([workspace.core], step);
          const made = await resultOf(await owner.backups.create({ sandboxes: true }));
          const into = join(workspace.folder, 'restored');
          await restore(workspace, made.id, into);
          for (const [id, state] of known)
            expect(contentOf(workspaceFiles(into, { kind: 'sandbox', id }).data)).toEqual(state);
        }),
    ),
    { numRuns: runs },
  );
});
