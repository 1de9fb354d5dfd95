import { mkdirSync, mkdtempSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createShellGrants, grantChosenFile } from '#main/grants.ts';

let folder: string;
let told: { id: string; path: string; use: string }[];
const grants = () =>
  createShellGrants((grant) => {
    told.push(grant);
    return Promise.resolve();
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-grant-'));
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('grants', () => {
  it('name the file and its size, and hide its folder', async () => {
    const path = join(folder, 'data.json');
    writeFileSync(path, '{}');
    const file = await grants().toRead(path);
    expect(file).toMatchObject({ name: 'data.json', bytes: 2 });
    expect(JSON.stringify(file)).not.toContain(folder);
    expect(told).toEqual([{ id: file?.grant, path, use: 'read' }]);
  });

  it('are refused for folders, devices, missing files and those without a path', async () => {
    const link = join(folder, 'link');
    symlinkSync(folder, link);
    for (const path of [folder, link, '/dev/null', join(folder, 'missing.json'), '']) {
      expect(await grants().toRead(path)).toBeNull();
    }
    expect(told).toEqual([]);
  });

  it('for a person’s choice tell why there is none', async () => {
    const path = join(folder, 'data.json');
    const bad = (message: string) => ({ code: 'BAD_FILE', data: { reason: 'unreadable' }, message });
    await expect(grantChosenFile(grants(), path)).rejects.toMatchObject(
      bad('data.json cannot be read: there is no such file.'),
    );
    mkdirSync(path);
    await expect(grantChosenFile(grants(), path)).rejects.toMatchObject(
      bad('data.json cannot be read: it is no regular file.'),
    );
    rmdirSync(path);
    writeFileSync(path, '{}');
    expect(await grantChosenFile(grants(), path)).toMatchObject({ name: 'data.json', bytes: 2 });
  });

  it('for writing are given for a new file and an existing one, not for a folder', async () => {
    const path = join(folder, 'out.json');
    expect(await grants().toWrite(path)).toMatchObject({ name: 'out.json' });
    writeFileSync(path, '{}');
    expect(await grants().toWrite(path)).toMatchObject({ name: 'out.json' });
    expect(await grants().toWrite(folder)).toBeNull();
  });
});
