import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publishManifest, renewManifests } from '#scripts/lib/packaging/publish.ts';
import { publicKeyOf } from '#scripts/lib/packaging/signing.ts';
import { parseManifest } from '#shared/updates/manifest.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';
import { keyNamed, publishedManifest } from '../support/update-manifest.ts';

const key = keyNamed('ours');
const { expires: _, ...manifest } = publishedManifest;

let folder = '';
beforeEach(() => void (folder = makeFolder()));
afterEach(() => removeFolder(folder));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

it('a renewed manifest is accepted longer, and is otherwise the same', async () => {
  const published = { ...manifest, files: [...manifest.files] };
  const name = await publishManifest(published, key, folder);
  const first = JSON.parse(read(name)) as { expires: string };
  expect(await renewManifests(folder, key)).toEqual([name]);
  const renewed = parseManifest(read(name), read(`${name}.sig`), {
    keys: [publicKeyOf(key)],
    channel: 'stable',
    platform: 'linux',
    arch: 'x64',
    installed: '0.1.0',
    now: Date.now(),
  });
  expect(renewed).toEqual({ ...published, expires: renewed.expires });
  expect(Date.parse(renewed.expires)).toBeGreaterThanOrEqual(Date.parse(first.expires));
});

it('a manifest that was changed after it was signed is not renewed', async () => {
  const name = await publishManifest({ ...manifest, files: [...manifest.files] }, key, folder);
  writeFileSync(join(folder, name), read(name).replace('0.2.0', '0.3.0'));
  await expect(renewManifests(folder, key)).rejects.toThrow('it was changed after it was signed.');
});

it('a manifest without a signature, or of a key that is not trusted, is not renewed', async () => {
  const name = await publishManifest({ ...manifest, files: [...manifest.files] }, key, folder);
  const other = keyNamed('theirs');
  await expect(renewManifests(folder, other)).rejects.toThrow('does not list the key that signed it.');
  rmSync(join(folder, `${name}.sig`));
  await expect(renewManifests(folder, key)).rejects.toThrow('it has no signature beside it.');
});
