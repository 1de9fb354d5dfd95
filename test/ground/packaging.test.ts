import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFpmArguments } from '#scripts/lib/packaging/linux-package.ts';
import { copyrightText } from '#scripts/lib/packaging/copyright.ts';
import { root } from '#scripts/lib/paths.ts';
import { writeDeb } from '#scripts/lib/packaging/deb.ts';
import { runOrThrow } from '#scripts/lib/run-or-throw.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

const time = 1_790_000_000;

/** The arguments of electron-builder for a program of two files, of which one is executable. */
function argumentsFor(name: string, umask: number): string[] {
  const program = join(folder, name);
  mkdirSync(join(program, 'bin'), { recursive: true });
  for (const [file, mode] of [
    ['bin/run', 0o777],
    ['data.txt', 0o666],
  ] as const) {
    writeFileSync(join(program, file), `content of ${file}`);
    chmodSync(join(program, file), mode & ~umask);
  }
  const script = join(folder, `${name}.sh`);
  writeFileSync(script, '#!/bin/bash\necho done\n');
  const plain = '-s dir --force -t deb -d libnss3 -d xdg-utils --deb-compression xz --deb-priority optional';
  const identity =
    '--architecture amd64 --version 1.2.3 --name example --url https://example.org --license MIT';
  const maintainer = 'Ada <ada@example.org>';
  return [
    ...plain.split(' '),
    ...identity.split(' '),
    '--maintainer',
    maintainer,
    '--vendor',
    maintainer,
    '--description',
    'Summary\n Longer text',
    '--after-install',
    script,
    '--after-remove',
    script,
    '--package',
    join(folder, `${name}.deb`),
    `${program}/=/opt/Example`,
  ];
}

describe('the stand-in for fpm', () => {
  it('reads the output of electron-builder', async () => {
    expect(await readFpmArguments(argumentsFor('read', 0))).toMatchObject({
      kind: 'deb',
      name: 'example',
      version: '1.2.3',
      depends: ['libnss3', 'xdg-utils'],
      summary: 'Summary',
      description: 'Longer text',
      contents: [{ from: `${join(folder, 'read')}/`, to: '/opt/Example' }],
    });
  });

  it('refuses an option that it does not know, and one that is missing', async () => {
    const args = argumentsFor('refused', 0);
    await expect(readFpmArguments([...args, '--deb-field', 'x'])).rejects.toThrow('--deb-field');
    await expect(
      readFpmArguments(args.filter((arg) => arg !== '--name' && arg !== 'example')),
    ).rejects.toThrow('--name is missing');
  });
});

it('the command of a package is a link to its launcher, not to the program', async () => {
  const args = argumentsFor('linked', 0);
  const templates = join(root, 'node_modules/app-builder-lib/templates/linux');
  for (const [option, template] of [
    ['--after-install', 'after-install.tpl'],
    ['--after-remove', 'after-remove.tpl'],
  ] as const) {
    const script = join(folder, template);
    const text = readFileSync(join(templates, template), 'utf8');
    writeFileSync(
      script,
      text.replaceAll('${executable}', 'run').replaceAll('${sanitizedProductName}', 'Example'),
    );
    args[args.indexOf(option) + 1] = script;
  }
  const { afterInstall, afterRemove } = await readFpmArguments(args);
  expect(afterInstall).toContain(
    "update-alternatives --install '/usr/bin/run' 'run' '/opt/Example/bin/run' 100",
  );
  expect(afterInstall).toContain("chmod 4755 '/opt/Example/chrome-sandbox'");
  expect(afterRemove).toContain("update-alternatives --remove 'run' '/opt/Example/bin/run'");
  expect(afterInstall + afterRemove).not.toContain("'/opt/Example/run'");
});

it('the copyright file has a licence for FRAMES, Electron and every part, in Debian’s form', async () => {
  const [header = '', ...paragraphs] = (await copyrightText()).trimEnd().split('\n\n');
  expect(header).toMatch(/^Format: .*\/copyright-format\/1\.0\/\nUpstream-Name: FRAMES\n/);
  expect(paragraphs.length).toBeGreaterThan(50);
  for (const paragraph of paragraphs)
    expect(paragraph).toMatch(/^Files: \S+\nCopyright: .+\n( .+\n)*License: [\w. +-]+\n( .+\n?)+$/);
  expect(paragraphs[0]).toMatch(/^Files: \*\nCopyright: .*FRAMES maintainers\nLicense: MIT\n/);
  for (const part of ['LICENSE.electron.txt', 'node_modules/better-sqlite3/*', 'node_modules/react/*'])
    expect(paragraphs.some((paragraph) => paragraph.startsWith(`Files: ${part}\n`))).toBe(true);
});

const isDebian = (await runOrThrow('dpkg-deb', ['--version']).catch(() => '')) !== '';

describe.runIf(isDebian)('a Debian package', () => {
  const build = async (name: string, umask: number): Promise<string> => {
    const made = await readFpmArguments(argumentsFor(name, umask));
    const workshop = join(folder, `${name}-workshop`);
    mkdirSync(workshop);
    await writeDeb(made, workshop, time);
    return made.file;
  };

  it('is the same to the bit whatever the umask was', async () => {
    const files = [await build('first', 0o022), await build('second', 0o077)];
    const [first, second] = files.map((file) => readFileSync(file));
    expect(first?.equals(second ?? Buffer.of())).toBe(true);
  });

  it('belongs to root, has the modes 755 and 644, and mentions remaining data', async () => {
    const file = await build('owned', 0o022);
    const listed = await runOrThrow('dpkg-deb', ['-c', file]);
    expect(listed).toMatch(/-rwxr-xr-x root\/root .* \.\/opt\/Example\/bin\/run/);
    expect(listed).toMatch(/-rw-r--r-- root\/root .* \.\/opt\/Example\/data\.txt/);
    expect(await runOrThrow('dpkg-deb', ['-I', file, 'postrm'])).toContain('workspaces and settings remain');
    expect(await runOrThrow('dpkg-deb', ['-f', file, 'Depends'])).toBe('libnss3, xdg-utils\n');
  });
});

describe('a script that builds packages', () => {
  it('ends with the exit code that it sets, although electron-builder would end it with 0', () => {
    const project = join(folder, 'failing');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "name": "failing", "version": "1.0.0" }');
    const script = join(folder, 'failing.mts');
    const lib = join(root, 'scripts/lib/packaging');
    writeFileSync(
      script,
      `import { buildPackage } from ${JSON.stringify(join(lib, 'package.ts'))};
import { targets } from ${JSON.stringify(join(lib, 'targets.ts'))};
const folder = ${JSON.stringify(project)};
const electron = { dist: folder, version: '42.0.0' };
await buildPackage({ folder, config: {}, electron }, targets['tar.gz'], folder + '/out').catch(() => (process.exitCode = 3));
`,
    );
    expect(spawnSync(process.execPath, [script], { cwd: root }).status).toBe(3);
  });
});
