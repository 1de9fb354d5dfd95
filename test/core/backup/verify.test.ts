import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backedUp, liveIn, namesIn, verify } from '#test/support/backup.ts';
import type { BackedUp } from '#test/support/backup.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** What can befall a backup. Manifests whose own hash still holds are the work of somebody who knows how. */
const damages: Readonly<Record<string, (given: BackedUp) => void>> = {
  'its manifest is cut off': ({ manifest }) => truncateSync(manifest, 100),
  'its manifest is empty': ({ manifest }) => writeFileSync(manifest, ''),
  'its manifest is of a newer format': ({ manifest }) => writeFileSync(manifest, '{"format":99}'),
  'its manifest is somebody else’s': ({ manifest }) => writeFileSync(manifest, '{"name":"x"}'),
  'a figure of its manifest was changed': ({ manifest }) =>
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"teams":2', '"teams":3')),
  'its pack is missing': ({ pack }) => rmSync(pack),
  'its pack is empty': ({ pack }) => truncateSync(pack, 0),
  'its pack is cut off': ({ pack, made }) => truncateSync(pack, (made.packs[0]?.bytes ?? 0) - 1),
  'its pack is longer': ({ pack }) =>
    writeFileSync(pack, Buffer.concat([readFileSync(pack), Buffer.alloc(9)])),
  'its pack is another file of the same size': ({ pack, made }) =>
    writeFileSync(pack, Buffer.alloc(made.packs[0]?.bytes ?? 0, 1)),
  'a byte in the middle of its pack was changed': ({ pack }) => {
    const bytes = readFileSync(pack);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 2) ^ 1, bytes.length >> 2);
    writeFileSync(pack, bytes);
  },
  'its pack is a folder': ({ pack }) => {
    rmSync(pack);
    mkdirSync(pack);
  },
  'its manifest says another size of the file': ({ reseal }) => reseal((open) => (liveIn(open).bytes -= 1)),
  'its manifest says another hash of the file': ({ reseal }) =>
    reseal((open) => (liveIn(open).sha256 = 'c'.repeat(64))),
  'its manifest has pages in another order': ({ reseal }) =>
    reseal((open) => {
      const [[pack, at, count] = [0, 0, 1]] = liveIn(open).runs;
      liveIn(open).runs.splice(0, 1, [pack, at + 1, 1], [pack, at, 1], [pack, at + 2, count - 2]);
    }),
  'its manifest says another number of records': ({ reseal }) =>
    reseal((open) => (open.counts['teams'] = 77)),
  'its manifest says another head of the audit': ({ reseal }) => reseal((open) => (open.head.hash = 'other')),
  'its manifest says another schema': ({ reseal }) => reseal((open) => (open.schema_version += 1)),
  'its manifest says another workspace': ({ reseal }) => reseal((open) => (open.workspace = 'other')),
};

describe('a backup', () => {
  test('that is whole is found to be so, and nothing is left of the look at it', async () => {
    const { workspace, made } = await backedUp(template);
    const before = readdirSync(workspace.files.backups);
    expect(await verify(workspace, made.id)).toEqual({ id: made.id, ok: true, reason: null, problems: [] });
    expect(readdirSync(workspace.files.backups)).toEqual(before);
  });

  test.each(Object.entries(damages))('is found to be damaged when %s', async (_, damage) => {
    const given = await backedUp(template);
    damage(given);
    const { workspace, made } = given;
    const report = await verify(workspace, made.id);
    expect(report.ok).toBe(false);
    expect(report.problems.join(' ')).toMatch(/^[A-Z].*\.$/);
    expect(namesIn(workspace)).toEqual([made.id]);
    expect((await workspace.as().entities.list({ type: 'team' })).matched).toBe(2);
  });

  test('that is not there is said to be missing', async () => {
    const { workspace, made, manifest } = await backedUp(template);
    await expect(verify(workspace, '20000101T000000000Z')).rejects.toMatchObject({ code: 'BACKUP' });
    const other = '20000101T000000000Z';
    mkdirSync(join(workspace.files.backups, other));
    copyFileSync(manifest, join(workspace.files.backups, other, 'manifest.json'));
    expect((await verify(workspace, other)).ok).toBe(false);
    renameSync(join(workspace.files.backups, made.id), join(workspace.files.backups, 'elsewhere'));
    await expect(verify(workspace, made.id)).rejects.toMatchObject({ data: { reason: 'missing' } });
  });
});
