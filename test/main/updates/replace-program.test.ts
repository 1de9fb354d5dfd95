import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  removePrevious,
  hashOf,
  hasPrevious,
  previousPath,
  replaceProgram,
  rollBackProgram,
} from '#main/updates/replace-program.ts';
import { makeFolder, removeFolder } from '../../support/folder.ts';

let folder = '';
let program = '';
let downloaded = '';

beforeEach(() => {
  folder = makeFolder();
  mkdirSync(join(folder, 'apps'));
  program = join(folder, 'apps', 'FRAMES.AppImage');
  downloaded = join(folder, 'download');
  writeFileSync(program, 'version 1', { mode: 0o755 });
  writeFileSync(downloaded, 'version 2');
});
afterEach(() => removeFolder(folder));

const read = (file: string): string => readFileSync(file, 'utf8');
const install = async (): Promise<void> => replaceProgram(program, downloaded, await hashOf(downloaded));

describe('an update of a program that is one file', () => {
  it('replaces it under its name, is executable, and keeps the previous one', async () => {
    await install();
    expect([read(program), read(previousPath(program))]).toEqual(['version 2', 'version 1']);
    expect(statSync(program).mode & 0o777).toBe(0o755);
    expect(readdirSync(join(folder, 'apps')).toSorted()).toEqual([
      'FRAMES.AppImage',
      'FRAMES.AppImage.previous',
    ]);
  });

  it('is undone by rolling back, once', async () => {
    await install();
    expect(await hasPrevious(program)).toBe(true);
    expect(await rollBackProgram(program)).toBe(true);
    expect([read(program), await hasPrevious(program)]).toEqual(['version 1', false]);
    expect(await rollBackProgram(program)).toBe(false);
    expect(read(program)).toBe('version 1');
  });

  it('leaves no other file behind after a healthy start', async () => {
    await install();
    await removePrevious(program);
    expect(readdirSync(join(folder, 'apps'))).toEqual(['FRAMES.AppImage']);
    expect(read(program)).toBe('version 2');
  });

  it('keeps only the version before the last one', async () => {
    await install();
    writeFileSync(downloaded, 'version 3');
    await install();
    expect([read(program), read(previousPath(program))]).toEqual(['version 3', 'version 2']);
  });

  it('changes nothing if the download is wrong or missing', async () => {
    await expect(replaceProgram(program, downloaded, 'other')).rejects.toThrow('differs');
    await expect(replaceProgram(program, join(folder, 'none'), 'other')).rejects.toThrow('ENOENT');
    expect(readdirSync(join(folder, 'apps'))).toEqual(['FRAMES.AppImage']);
    expect(read(program)).toBe('version 1');
  });

  it('continues after a killed installation', async () => {
    writeFileSync(join(folder, 'apps', '.FRAMES.AppImage.incoming'), 'half');
    writeFileSync(`${previousPath(program)}.tmp`, 'half');
    await install();
    await removePrevious(program);
    expect(readdirSync(join(folder, 'apps'))).toEqual(['FRAMES.AppImage']);
  });
});
