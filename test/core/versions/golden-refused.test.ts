import { sentenceText, verbatim } from '#shared/texts/sentence.ts';
import {
  chmodSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordCorruption } from '#core/kernel/db/corruption-guard.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { alterDatabase, rewrite } from '#test/support/backup-file.ts';
import type { Parts } from '#test/support/backup-file.ts';
import { ownResources } from '#test/support/golden.ts';
import { essence } from '#test/support/live.ts';
import { rowsIn } from '#test/support/moments.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const recordsIn = (file: string): unknown => essence(rowsIn(file));

/** Changes a file, whatever may be done to it, as somebody would who has every right. */
function change(file: string, work: (bytes: Buffer) => void): void {
  chmodSync(file, 0o644);
  const bytes = readFileSync(file);
  work(bytes);
  writeFileSync(file, bytes);
}

type Spoil = (file: string) => void;

/** Changes the manifest, or the database, as somebody would who knows how. */
const forge =
  (change: (parts: Parts) => void): Spoil =>
  (file) =>
    rewrite(file, change);

/** One of each reason; `verify.test.ts` tries all kinds of damage on backups, which are read by the same code. */
const damages: Readonly<Record<string, [reason: string, spoil: Spoil]>> = {
  'one byte of it is another': ['changed', (file) => change(file, (b) => (b[60_000] = (b[60_000] ?? 0) ^ 1))],
  'it is cut off': ['changed', (file) => truncateSync(file, 20_000)],
  'it is a link': ['foreign', (file) => (renameSync(file, `${file}-x`), symlinkSync(`${file}-x`, file))],
  'it is a backup': [
    'foreign',
    forge(({ manifest }) => ((manifest.kind = 'backup'), delete manifest.golden)),
  ],
  'its schema is newer': ['newer', forge(({ manifest }) => (manifest.schema_version = schemaVersion + 1))],
  'it says other counts': ['damaged', forge(({ manifest }) => (manifest.counts['teams'] = 1))],
};

describe('a golden version', () => {
  test.each(Object.entries(damages))(
    'is refused by name, and nothing is changed: %s',
    async (_, [reason, spoil]) => {
      const workspace = await testWorkspace({ template, resources: ownResources() });
      const { files } = workspace;
      spoil(join(files.golden, '1.frames'));
      const ada = workspace.as();
      expect(await resultOf(await ada.golden.verify({}))).toMatchObject({
        ok: false,
        shipped: { ok: true },
        versions: [{ version: 1, ok: false }],
      });
      const { data, message } = await refused('GOLDEN', take(ada, 'S', 'golden:1'));
      expect(data).toMatchObject({ reason, version: 1 });
      expect(message).toMatch(/olden version 1\b.*Nothing was changed\.$/);
      await refused('GOLDEN', resultOf(await ada.compare.between({ from: 'golden:1' })));
      expect(await ada.sandboxes.list({})).toEqual([]);
      await refused('GOLDEN', resultOf(await ada.golden.reset({ version: 1 })));
    },
  );

  test('with a second name elsewhere is refused', async () => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    const file = join(workspace.files.golden, '1.frames');
    linkSync(file, join(workspace.folder, 'second.frames'));
    const { data } = await refused('GOLDEN', resultOf(await workspace.as().golden.reset({ version: 1 })));
    expect(data).toMatchObject({ reason: 'foreign', version: 1 });
  });

  test.each([4, 999_999])('an invalid one: %s', async (version) => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    const { data } = await refused('GOLDEN', resultOf(await workspace.as().golden.reset({ version })));
    expect(data.reason).toBe('missing');
  });
});

describe('the shipped version', () => {
  // It is read by the same code, so one damage of the bytes and one of the manifest are enough.
  test.each(['it is cut off', 'its schema is newer'])('is not taken in, and said: %s', async (damage) => {
    const [, spoil] = damages[damage] as [string, Spoil];
    const resources = ownResources();
    spoil(join(resources, 'golden/golden.frames'));
    const workspace = await testWorkspace({ template, resources });
    const ada = workspace.as();
    expect(await ada.golden.list({})).toEqual([]);
    const { shipped: told, current } = await ada.golden.status({});
    expect(told).toMatchObject({ installed: null, sha256: null });
    const problem = sentenceText(told.problem ?? verbatim(''));
    expect(problem).toMatch(/^The built-in sample .*\.$/);
    expect(current).toBeNull();
    expect(await resultOf(await ada.golden.verify({}))).toMatchObject({ ok: false, versions: [] });
    const refusal = await refused('GOLDEN', resultOf(await ada.golden.reset({})));
    expect(refusal.message).toBe(`${problem} Nothing was changed.`);
  });

  test('is recognised as changed even after it was added, which stays valid', async () => {
    const resources = ownResources();
    const workspace = await testWorkspace({ template, resources });
    change(join(resources, 'golden/golden.frames'), (bytes) => (bytes[60_000] = (bytes[60_000] ?? 0) ^ 1));
    const ada = workspace.as();
    expect((await ada.golden.status({})).shipped.problem_code).toBe('changed');
    expect(await resultOf(await ada.golden.verify({}))).toMatchObject({
      ok: false,
      shipped: { ok: false },
      versions: [{ ok: true }],
    });
    expect((await resultOf(await ada.golden.reset({}))).version).toBe(1);
  });

  test('is added next to another one, and again if missing', async () => {
    const resources = ownResources();
    const workspace = await testWorkspace({ template, resources });
    const ada = workspace.as();
    rewrite(join(resources, 'golden/golden.frames'), (parts) => {
      alterDatabase(parts, 'VACUUM');
      if (parts.manifest.golden) parts.manifest.golden.shipped = 2;
    });
    expect((await ada.golden.status({})).versions).toEqual([2, 1]);
    rmSync(join(workspace.files.golden, '2.frames'));
    expect((await ada.golden.status({})).shipped.installed).toBe(2);
  });
});

describe('a reset', () => {
  test('is refused if live is recorded as corrupt, and if its backup fails', async () => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    const { files } = workspace;
    rmSync(files.backups, { recursive: true, force: true });
    writeFileSync(files.backups, 'no folder');
    const before = recordsIn(files.live);
    await expect(resultOf(await workspace.as().golden.reset({}))).rejects.toMatchObject({
      code: 'WORKSPACE',
    });
    expect(recordsIn(files.live)).toEqual(before);
    rmSync(files.backups);
    recordCorruption(files, silentLog);
    const { data } = await refused('WORKSPACE', resultOf(await workspace.as().golden.reset({})));
    expect(data.reason).toBe('damaged');
    expect(recordsIn(files.live)).toEqual(before);
  });

  test('is refused once a record was changed since it was previewed', async () => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    const ada = workspace.as();
    const { head } = await resultOf(await ada.golden.reset({ dry: true }));
    await workspace.as('Rea').entities.update({ type: 'team', id: 'team-a', data: { size: 77 } });
    const moved = await refused('MOVED_ON', resultOf(await ada.golden.reset({ seen: head })));
    expect(moved.data.records).toMatchObject([{ id: 'team-a' }]);
  });
});
