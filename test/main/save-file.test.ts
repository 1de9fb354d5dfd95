import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createShellGrants } from '#main/grants.ts';
import { saveFile } from '#main/save-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-save-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that the window has made', () => {
  /** The workspace that is open. */
  const elsewhere = join(tmpdir(), 'frames-no-such-workspace');

  it('is written as text or bytes, replacing the former file', async () => {
    const path = join(folder, 'picture.svg');
    writeFileSync(path, 'older and longer than what comes');
    await saveFile(path, { kind: 'text', text: '<svg/>é' }, elsewhere);
    expect(readFileSync(path, 'utf8')).toBe('<svg/>é');
    await saveFile(path, { kind: 'bytes', base64: Buffer.from([0, 255, 7]).toString('base64') }, elsewhere);
    expect([...readFileSync(path)]).toEqual([0, 255, 7]);
    expect(readdirSync(folder)).toEqual(['picture.svg']);
  });

  it('leaves nothing behind if it cannot be written', async () => {
    mkdirSync(join(folder, 'taken'));
    await expect(saveFile(join(folder, 'taken'), { kind: 'text', text: 'x' }, elsewhere)).rejects.toThrow(
      /NOT_REGULAR/,
    );
    await expect(
      saveFile(join(folder, 'no', 'such', 'x'), { kind: 'text', text: 'x' }, elsewhere),
    ).rejects.toThrow(/EISDIR|ENOENT|EPERM|ENOTDIR/);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('never replaces a file of the open workspace', async () => {
    for (const name of ['frames.sqlite', 'frames.sqlite-wal', 'Lock.sqlite', 'head.json', 'note.svg'])
      writeFileSync(join(folder, name), name);
    symlinkSync(folder, join(folder, 'by-another-name'));
    for (const path of [
      join(folder, 'frames.sqlite'),
      join(folder, 'frames.sqlite-wal'),
      join(folder, 'Lock.sqlite'),
      join(folder, 'by-another-name', 'head.json'),
    ]) {
      await expect(saveFile(path, { kind: 'text', text: 'x' }, folder)).rejects.toThrow(
        'belongs to a workspace',
      );
    }
    expect(readFileSync(join(folder, 'head.json'), 'utf8')).toBe('head.json');
    symlinkSync(join(folder, 'frames.sqlite'), join(folder, 'picture.svg'));
    await expect(saveFile(join(folder, 'picture.svg'), { kind: 'text', text: 'x' }, folder)).rejects.toThrow(
      'belongs to a workspace',
    );
    expect(readFileSync(join(folder, 'frames.sqlite'), 'utf8')).toBe('frames.sqlite');
    await saveFile(join(folder, 'note.svg'), { kind: 'text', text: '<svg/>' }, folder);
    expect(readFileSync(join(folder, 'note.svg'), 'utf8')).toBe('<svg/>');
  });

  it('never replaces a backup, a golden version, a sandbox or a file of a running restore', async () => {
    const names = ['backups/20260101T080000000Z.frames', 'golden/1/frames.sqlite', 'Sandboxes/x.sqlite'];
    const drive = join('drive', 'frames-backups-1', 'x.json');
    for (const name of [...names, 'restoring.json', 'backups.place.json', drive, 'notes/x.json']) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), name);
    }
    symlinkSync(join(folder, 'golden', '1', 'frames.sqlite'), join(folder, 'innocent.svg'));
    for (const name of [
      ...names,
      'backups/new.svg',
      'restoring.json',
      'backups.place.json',
      drive,
      'innocent.svg',
    ])
      await expect(saveFile(join(folder, name), { kind: 'text', text: 'x' }, folder)).rejects.toThrow(
        'belongs to a workspace',
      );
    expect(readFileSync(join(folder, 'golden', '1', 'frames.sqlite'), 'utf8')).toBe('golden/1/frames.sqlite');
    await saveFile(join(folder, 'notes', 'x.json'), { kind: 'text', text: 'x' }, folder);
    expect(readFileSync(join(folder, 'notes', 'x.json'), 'utf8')).toBe('x');
  });

  it('never replaces a file of another workspace', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'frames.sqlite'), 'records');
    for (const name of ['frames.sqlite', 'frames.sqlite-wal', 'backups/x.svg'])
      await expect(saveFile(join(other, name), { kind: 'text', text: 'x' }, elsewhere)).rejects.toThrow(
        'belongs to a workspace',
      );
    expect(readFileSync(join(other, 'frames.sqlite'), 'utf8')).toBe('records');
    await saveFile(join(other, 'note.svg'), { kind: 'text', text: 'x' }, elsewhere);
  });
});

describe('a ticket to write', () => {
  it('serves once, and a ticket to read never', async () => {
    const grants = createShellGrants(() => Promise.resolve());
    const path = join(folder, 'picture.png');
    const target = await grants.toWrite(path);
    expect(grants.takeWritable(target?.grant ?? '')).toBe(path);
    expect(grants.takeWritable(target?.grant ?? '')).toBeUndefined();
    expect(grants.pathOf(target?.grant ?? '')).toBe(path);
    writeFileSync(path, '');
    const source = await grants.toRead(path);
    expect(grants.takeWritable(source?.grant ?? '')).toBeUndefined();
    expect(grants.takeWritable('unknown')).toBeUndefined();
  });
});
