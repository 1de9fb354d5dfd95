import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addLinuxFiles } from '#scripts/lib/packaging/linux-files.ts';
import { fileIcon, linuxFile, shareFiles } from '#scripts/lib/packaging/share-files.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder = '';
let program = '';
let home = '';

/** A tar.gz, unpacked to a folder with a space in its name, and the home of a user. */
beforeEach(async () => {
  folder = makeFolder();
  program = join(folder, 'FRAMES 1');
  home = join(folder, 'home');
  mkdirSync(home);
  const share = join(folder, 'share');
  for (const path of [shareFiles.man, shareFiles.bash, fileIcon('48x48'), 'frames/enable-repository']) {
    mkdirSync(dirname(join(share, path)), { recursive: true });
    writeFileSync(join(share, path), path);
  }
  mkdirSync(dirname(join(share, shareFiles.mime)), { recursive: true });
  cpSync(linuxFile('mime.xml'), join(share, shareFiles.mime));
  mkdirSync(program);
  await addLinuxFiles(program, share);
});

afterEach(() => removeFolder(folder));

const register = (...args: string[]) =>
  spawnSync(join(program, 'register.sh'), args, {
    encoding: 'utf8',
    env: { HOME: home, PATH: process.env['PATH'] },
  });

const inHome = (path: string): string => join(home, '.local', path);

describe.runIf(process.platform === 'linux')('register.sh of a tar.gz', () => {
  it('adds a menu entry, the file type, its icon, the manual page and the command, for one user', () => {
    const { status, stdout, stderr } = register();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('FRAMES is in your menu');
    const entry = readFileSync(inHome('share/applications/frames.desktop'), 'utf8');
    expect(entry).toContain(`Exec="${program}/bin/frames" %U\n`);
    expect(entry).toContain('MimeType=application/x-frames;x-scheme-handler/frames;\n');
    for (const path of [shareFiles.mime, shareFiles.man, shareFiles.bash, fileIcon('48x48')])
      expect(existsSync(inHome(`share/${path}`))).toBe(true);
    expect(readlinkSync(inHome('bin/frames'))).toBe(join(program, 'bin/frames'));
    // A tar.gz is not updated by apt or dnf.
    expect(existsSync(join(program, 'share/frames'))).toBe(false);
    expect(register().status).toBe(0);
  });

  it('removes what it added, and leaves the files of others', () => {
    register();
    writeFileSync(inHome('share/applications/other.desktop'), '[Desktop Entry]\nName=Other\n');
    expect(register('--remove')).toMatchObject({ status: 0, stderr: '' });
    const files = readdirSync(inHome(''), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name));
    // The rest are caches of the desktop.
    const caches = /mimeinfo\.cache$|share\/mime\/(?!packages)|icon-theme\.cache$/;
    expect(files.filter((file) => !caches.test(file))).toEqual([inHome('share/applications/other.desktop')]);
  });

  it('refuses to replace a command of another program, and changes nothing', () => {
    mkdirSync(inHome('bin'), { recursive: true });
    writeFileSync(inHome('bin/frames'), 'other');
    const { status, stderr } = register();
    expect(status).toBe(1);
    expect(stderr).toContain('belongs to another program');
    expect(readFileSync(inHome('bin/frames'), 'utf8')).toBe('other');
    expect(existsSync(inHome('share'))).toBe(false);
    expect(register('--remove').status).toBe(0);
    expect(readFileSync(inHome('bin/frames'), 'utf8')).toBe('other');
  });

  it('refuses an option that it does not know', () => {
    expect(register('--help')).toMatchObject({ status: 1 });
    expect(existsSync(inHome('share'))).toBe(false);
  });
});
