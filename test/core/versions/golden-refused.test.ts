import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { alterDatabase, rewrite } from '#test/support/backup-file.ts';
import type { Parts } from '#test/support/backup-file.ts';
import { ownResources, resetHere } from '#test/support/golden.ts';
import { refused } from '#test/support/refusal.ts';
import { bytesIn, failingDisk } from '#test/support/restore.ts';
import { resultOf, take } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

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
const trigger = 'CREATE TRIGGER t AFTER UPDATE ON workspace BEGIN DELETE FROM teams; END';

const damages: Readonly<Record<string, [reason: string, spoil: Spoil]>> = {
  'one byte of it is another': ['changed', (file) => change(file, (b) => (b[60_000] = (b[60_000] ?? 0) ^ 1))],
  'it is cut off': ['changed', (file) => truncateSync(file, 20_000)],
  'it is empty': ['foreign', (file) => truncateSync(file, 0)],
  'it is longer': ['changed', (file) => (chmodSync(file, 0o644), appendFileSync(file, 'x'))],
  'it is a folder': ['foreign', (file) => (rmSync(file), mkdirSync(file))],
  'it is a link': ['foreign', (file) => (renameSync(file, `${file}-x`), symlinkSync(`${file}-x`, file))],
  'its manifest was changed': [
    'changed',
    (file) => change(file, (b) => b.write('3', b.indexOf('"made":"') + 8)),
  ],
  'it is of another program': ['foreign', (file) => change(file, (b) => b.write('[]'.padEnd(b.length)))],
  'it is a backup': [
    'foreign',
    forge(({ manifest }) => ((manifest.kind = 'backup'), delete manifest.golden)),
  ],
  'its schema is newer': ['newer', forge(({ manifest }) => (manifest.schema_version = schemaVersion + 1))],
  'it says other counts': ['damaged', forge(({ manifest }) => (manifest.counts['teams'] = 1))],
  'it has a trigger': ['damaged', forge((parts) => alterDatabase(parts, trigger))],
  'its audit was changed': [
    'damaged',
    forge((parts) => alterDatabase(parts, "UPDATE audit_logs SET payload_after = '{}' WHERE id = 5")),
  ],
  'its records are not what its audit says': [
    'damaged',
    forge((parts) => alterDatabase(parts, "UPDATE teams SET payload = json_set(payload, '$.name', 'X')")),
  ],
};

describe('a golden version', () => {
  test.each(Object.entries(damages))(
    'is refused by name, and nothing is changed: %s',
    async (_, [reason, spoil]) => {
      const workspace = await testWorkspace({ template, resources: ownResources() });
      const { files, folder } = workspace;
      spoil(join(files.golden, '1.frames'));
      const ada = workspace.as();
      expect(await resultOf(await ada.golden.verify({}))).toMatchObject({
        ok: false,
        shipped: { ok: true },
        versions: [{ version: 1, ok: false }],
      });
      const { data, message } = await refused('GOLDEN', take(ada, 'S', 'golden:1'));
      expect(data).toEqual({ reason, version: 1 });
      expect(message).toMatch(/olden version 1\b.*Nothing was changed\.$/);
      await refused('GOLDEN', resultOf(await ada.golden.diff({ version: 1 })));
      expect(await ada.sandboxes.list({})).toEqual([]);
      await workspace.core.close();
      const before = bytesIn(folder);
      await refused('GOLDEN', resetHere(folder, { version: 1, resources: null }));
      expect(bytesIn(folder)).toEqual(before);
    },
  );

  test('with a second name elsewhere is refused', async () => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    linkSync(join(workspace.files.golden, '1.frames'), join(workspace.folder, '..', 'second'));
    const { data } = await refused('GOLDEN', resultOf(await workspace.as().golden.diff({ version: 1 })));
    expect(data.reason).toBe('foreign');
  });

  test.each([0, 4, 1_000_000])('that is none: %s', async (version) => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    await workspace.core.close();
    const { data } = await refused('GOLDEN', resetHere(workspace.folder, { version }));
    expect(data.reason).toBe('missing');
  });
});

describe('what comes with the program', () => {
  test.each(Object.entries(damages))('is not taken in, and said: %s', async (_, [, spoil]) => {
    const resources = ownResources();
    spoil(join(resources, 'golden/golden.frames'));
    const workspace = await testWorkspace({ template, resources });
    const ada = workspace.as();
    expect(await ada.golden.list({})).toEqual([]);
    const { shipped: told, current } = await ada.golden.status({});
    expect(told).toMatchObject({ installed: null, sha256: null });
    expect(told.problem).toMatch(/^The golden version that comes with FRAMES .*Nothing was changed\.$/);
    expect(current).toBeNull();
    expect(await resultOf(await ada.golden.verify({}))).toMatchObject({ ok: false, versions: [] });
    await workspace.core.close();
    const refusal = await refused('GOLDEN', resetHere(workspace.folder, { resources }));
    expect(refusal.message).toBe(told.problem);
  });

  test('is noticed as changed also where it was taken in before, which stays as good as it was', async () => {
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
    await workspace.core.close();
    expect((await resetHere(workspace.folder, { resources })).version).toBe(1);
  });

  test('is taken in beside what is there when another one comes, and again where it is gone', async () => {
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

describe('a reset that fails', () => {
  test('at any operation of the disk leaves live as it was, to the byte, or has been done', async () => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    await workspace.core.close();
    const { folder } = workspace;
    const before = bytesIn(folder);
    for (let at = 0; ; at += 1) {
      const disk = failingDisk((number) => number === at);
      const done = await resetHere(folder, { disk, resources: null }).then(
        () => true,
        () => false,
      );
      if (done) break;
      expect(bytesIn(folder), `failed at ${at}`).toEqual(before);
      expect(at).toBeLessThan(50);
    }
  });

  test('where live is damaged, or somebody has it open', async () => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    await refused('BUSY', resetHere(workspace.folder));
    await workspace.core.close();
    truncateSync(workspace.files.live, 20_000);
    const before = bytesIn(workspace.folder);
    const { data } = await refused('WORKSPACE', resetHere(workspace.folder));
    expect(data.reason).toBe('damaged');
    expect(bytesIn(workspace.folder)).toEqual(before);
  });

  test('where damage of live is met on the way, or was noted and is still there: nothing takes its place', async () => {
    for (const noted of [false, true]) {
      const workspace = await testWorkspace({ template, resources: ownResources() });
      await workspace.core.close();
      // Who acts, and what a reset leaves as it is, can be read.
      spoilTable(workspace.files.live, 'teams');
      if (noted) writeFileSync(join(workspace.folder, 'damaged.json'), '{"version":1}\n');
      const before = readFileSync(workspace.files.live);
      const { data, message } = await refused('WORKSPACE', resetHere(workspace.folder));
      expect(data.reason).toBe('damaged');
      expect(message).toMatch(/damaged/);
      expect(readFileSync(workspace.files.live)).toEqual(before);
      expect(readdirSync(workspace.folder).filter((name) => name.startsWith('.restore'))).toEqual([]);
    }
  });

  test('no longer once what was noted of live is whole', async () => {
    const workspace = await testWorkspace({ template, resources: ownResources() });
    await workspace.core.close();
    const mark = join(workspace.folder, 'damaged.json');
    writeFileSync(mark, '{"version":1}\n');
    expect(await resetHere(workspace.folder)).toMatchObject({ version: 1, displaced: null });
    expect(existsSync(mark)).toBe(false);
  });
});
