import { copyFileSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { unpackFile } from '#core/kernel/files/package.ts';
import { programVersion } from '#core/kernel/version.ts';
import {
  exportTo,
  fixtureFile,
  importFile,
  makeWorkspace,
  stateOf,
  verified,
  workspaceForEach,
} from '../workspace.ts';

const workspace = workspaceForEach();
beforeEach(async () => {
  await importFile(workspace, fixtureFile);
});

describe('export to a .frames file', () => {
  it('contains the text of a JSON export, and its origin', async () => {
    const [plain, whole] = [workspace.path('out.json'), workspace.path('out.frames')];
    await exportTo(workspace, plain);
    const { result } = await exportTo(workspace, whole);
    const file = readFileSync(whole);
    expect(result).toMatchObject({ file: 'out.frames', bytes: file.length, counts: { teams: 8 } });
    const { manifest, content } = await unpackFile(file, 'out.frames');
    expect(content.equals(readFileSync(plain))).toBe(true);
    expect(file.length).toBeLessThan(content.length);
    expect(manifest.app).toEqual({ name: 'FRAMES', version: programVersion() });
    expect(programVersion()).toMatch(/^\d+\.\d+\.\d+/);
    expect(manifest.schema_version).toBeGreaterThan(0);
    expect(manifest.counts).toMatchObject({ teams: 8, interfaces: 11 });
  });

  it('and import into another workspace give the same state, by whatever name', async () => {
    const path = workspace.path('out.frames');
    await exportTo(workspace, path);
    const renamed = workspace.path('renamed.json');
    copyFileSync(path, renamed);
    const wanted = await stateOf(workspace);
    for (const file of [path, renamed]) {
      const other = await makeWorkspace();
      await importFile(other, file);
      expect(await stateOf(other)).toEqual(wanted);
      expect((await verified(other)).ok).toBe(true);
    }
  });
});
