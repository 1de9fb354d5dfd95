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
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { sealGolden, unsealGolden } from '#core/golden/manifest.ts';
import type { GoldenManifest } from '#core/golden/manifest.ts';
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

const image = (folder: string): string => join(folder, 'golden.sqlite');
const manifestOf = (folder: string): string => join(folder, 'manifest.json');

/** Changes the manifest as somebody would who knows how: its own hash holds afterwards. */
function reseal(folder: string, version: number, work: (open: GoldenManifest) => void): void {
  const open = unsealGolden(readFileSync(manifestOf(folder), 'utf8'), version);
  work(open);
  chmodSync(manifestOf(folder), 0o644);
  writeFileSync(manifestOf(folder), sealGolden(open));
}

/** Changes the file and lets the manifest say so. */
function forge(folder: string, version: number, sql: string): void {
  chmodSync(image(folder), 0o644);
  const db = new Database(image(folder));
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
  const bytes = readFileSync(image(folder));
  reseal(folder, version, (open) => {
    open.bytes = bytes.length;
    open.sha256 = createHash('sha256').update(bytes).digest('hex');
  });
}

type Spoil = (folder: string, version: number) => void;
const damages: Readonly<Record<string, [reason: string, spoil: Spoil]>> = {
  'one byte of it is another': [
    'changed',
    (folder) => change(image(folder), (b) => (b[300_000] = (b[300_000] ?? 0) ^ 1)),
  ],
  'it is cut off': ['changed', (folder) => truncateSync(image(folder), 200_000)],
  'it is empty': ['changed', (folder) => truncateSync(image(folder), 0)],
  'it is longer': ['changed', (folder) => appendFileSync(image(folder), 'x')],
  'it is missing': ['missing', (folder) => rmSync(image(folder))],
  'it is a folder': ['foreign', (folder) => (rmSync(image(folder)), mkdirSync(image(folder)))],
  'it is a link': [
    'foreign',
    (folder) => (renameSync(image(folder), `${folder}-x`), symlinkSync(`${folder}-x`, image(folder))),
  ],
  'its folder is a link': [
    'foreign',
    (folder) => (renameSync(folder, `${folder}-x`), symlinkSync(`${folder}-x`, folder)),
  ],
  'its manifest is missing': ['missing', (folder) => rmSync(manifestOf(folder))],
  'its manifest is cut off': ['changed', (folder) => truncateSync(manifestOf(folder), 100)],
  'its manifest was changed': [
    'changed',
    (folder) => change(manifestOf(folder), (b) => b.write('3', b.indexOf('"made": "') + 9)),
  ],
  'its manifest is of another program': [
    'foreign',
    (folder) => change(manifestOf(folder), (b) => b.write('[]'.padEnd(b.length))),
  ],
  'its manifest is a link': [
    'foreign',
    (folder) => (
      renameSync(manifestOf(folder), `${folder}-x`),
      symlinkSync(`${folder}-x`, manifestOf(folder))
    ),
  ],
  'its schema is newer': [
    'newer',
    (folder, version) => {
      const text = readFileSync(manifestOf(folder), 'utf8');
      expect(text).toContain(`"schema_version": ${schemaVersion}`);
      reseal(folder, version, (open) => (open.schema_version = schemaVersion + 1));
    },
  ],
  'it says other counts': [
    'damaged',
    (folder, version) => reseal(folder, version, (open) => (open.counts['teams'] = 1)),
  ],
  'it has a trigger': [
    'damaged',
    (folder, version) =>
      forge(folder, version, 'CREATE TRIGGER t AFTER UPDATE ON workspace BEGIN DELETE FROM teams; END'),
  ],
  'its audit was changed': [
    'damaged',
    (folder, version) => forge(folder, version, "UPDATE audit_logs SET payload_after = '{}' WHERE id = 5"),
  ],
};

describe('a golden version', () => {
  test.each(Object.entries(damages))(
    'is refused by name, and nothing is changed: %s',
    async (_, [reason, spoil]) => {
      const workspace = await testWorkspace({ template, resources: ownResources() });
      const { files, folder } = workspace;
      spoil(join(files.golden, '1'), 1);
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
    linkSync(image(join(workspace.files.golden, '1')), join(workspace.folder, '..', 'second'));
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
    const shipped = join(resources, 'golden');
    spoil(shipped, 0);
    const workspace = await testWorkspace({ template, resources });
    const ada = workspace.as();
    expect(await ada.golden.list({})).toEqual([]);
    const { shipped: told, current } = await ada.golden.status({});
    expect(told).toMatchObject({ installed: null, sha256: null });
    expect(told.problem).toMatch(/^The golden copy that comes with FRAMES .*Nothing was changed\.$/);
    expect(current).toBeNull();
    expect(await resultOf(await ada.golden.verify({}))).toMatchObject({ ok: false, versions: [] });
    await workspace.core.close();
    const refusal = await refused('GOLDEN', resetHere(workspace.folder, { resources }));
    expect(refusal.message).toBe(told.problem);
  });

  test('is noticed as changed also where it was taken in before, which stays as good as it was', async () => {
    const resources = ownResources();
    const workspace = await testWorkspace({ template, resources });
    change(image(join(resources, 'golden')), (bytes) => (bytes[400_000] = (bytes[400_000] ?? 0) ^ 1));
    const ada = workspace.as();
    expect((await ada.golden.status({})).shipped.problem).toContain('was changed');
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
    reseal(join(resources, 'golden'), 0, (open) => (open.shipped = 2));
    forge(join(resources, 'golden'), 0, 'VACUUM; PRAGMA user_version = 5');
    expect((await ada.golden.status({})).versions).toEqual([2, 1]);
    rmSync(join(workspace.files.golden, '2'), { recursive: true });
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
