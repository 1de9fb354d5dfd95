import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContentReader, frameHeaderOf } from '#core/kernel/files/content-stream.ts';
import { contentPath } from '#core/kernel/files/contents.ts';
import { hash } from 'node:crypto';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);

test('a backup contains the files of documents, also when it becomes a new workspace', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const path = join(workspace.folder, '..', 'handover.pdf');
  writeFileSync(path, pdfOf(['Grey switch']));
  const grant = workspace.core.grants.issue(path, 'read');
  const { record } = await resultOf(client.documents.attach({ grant }));
  const { id } = await resultOf(client.backups.create({}));
  const file = record.payload['file'] as { sha256: string };
  rmSync(workspace.files.documents, { recursive: true });
  expect((await resultOf(client.backups.verify({ id }))).ok).toBe(true);

  const into = join(workspace.folder, '..', 'restored');
  const folder = workspace.core.grants.issue(into, 'write');
  await resultOf(client.backups.makeWorkspace({ id, grant: folder }));
  const restored = readFileSync(contentPath({ documents: join(into, 'documents') }, file.sha256));
  expect(restored.equals(readFileSync(path))).toBe(true);
});

test('contents survive a stream however it is split', async () => {
  const contents = fc.uniqueArray(fc.uint8Array({ maxLength: 200 }), {
    maxLength: 5,
    selector: (bytes) => hash('sha256', bytes),
  });
  await fc.assert(
    fc.asyncProperty(contents, fc.integer({ min: 1, max: 90 }), async (all, piece) => {
      const folder = makeFolder();
      const documents = join(folder, 'documents');
      const stream = Buffer.concat(
        all.flatMap((bytes) => [
          frameHeaderOf({ sha256: hash('sha256', bytes), bytes: bytes.length, path: '' }),
          Buffer.from(bytes),
        ]),
      );
      const reader = new ContentReader({ documents });
      for (let at = 0; at < stream.length; at += piece) await reader.write(stream.subarray(at, at + piece));
      expect([reader.isComplete, reader.count]).toEqual([true, all.length]);
      expect([...reader.states.values()].every((state) => state === 'intact')).toBe(true);
      for (const bytes of all) {
        const stored = readFileSync(contentPath({ documents }, hash('sha256', bytes)));
        expect(stored.equals(Buffer.from(bytes))).toBe(true);
      }
      removeFolder(folder);
    }),
    { numRuns: lawRuns(60) },
  );
});
