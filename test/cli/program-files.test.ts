import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProgram } from '#cli/program-files.ts';
import { writeFileList } from '#scripts/lib/packaging/file-list.ts';
import { publicKeyOf } from '#scripts/lib/packaging/signing.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

const key = { id: 'ours', privateKey: generateKeyPairSync('ed25519').privateKey };
const keys = [publicKeyOf(key)];
const intact = { version: '1.2.3', files: 2, changed: [], missing: [], added: [], signature: 'valid' };

let program = '';
const at = (path: string): string => join(program, path);

beforeEach(async () => {
  program = makeFolder();
  mkdirSync(at('resources'));
  writeFileSync(at('frames'), 'program');
  writeFileSync(at('resources/app.asar'), 'code');
  await writeFileList(program, '1.2.3', key);
});
afterEach(() => removeFolder(program));

describe('the files of a packaged program', () => {
  it('match the signed list, including files that a package adds', async () => {
    writeFileSync(at('resources/package-type'), 'deb');
    expect(await checkProgram(program, keys)).toEqual(intact);
  });

  it('are named when one is changed, missing or added', async () => {
    writeFileSync(at('resources/app.asar'), 'other code');
    rmSync(at('frames'));
    writeFileSync(at('resources/extra.js'), 'more');
    symlinkSync('/etc/passwd', at('link'));
    expect(await checkProgram(program, keys)).toEqual({
      ...intact,
      changed: ['resources/app.asar'],
      missing: ['frames'],
      added: ['link', 'resources/extra.js'],
    });
  });

  it.each([
    ['unsigned', () => rmSync(at('resources/files.json.sig'))],
    [
      'forged',
      () => writeFileSync(at('resources/files.json'), JSON.stringify({ version: '9.9.9', files: [] })),
    ],
  ] as const)('are not trusted when the list is %s', async (problem, change) => {
    change();
    expect(await checkProgram(program, keys)).toMatchObject({ signature: problem });
  });

  it('are not trusted by a program that does not know the key', async () => {
    expect(await checkProgram(program, [])).toMatchObject({ signature: 'unknown-key' });
  });

  it.each([
    ['is missing', () => rmSync(at('resources/files.json'))],
    ['is no list', () => writeFileSync(at('resources/files.json'), '{}')],
  ])('cannot be checked when the list %s', async (_, change) => {
    change();
    expect(await checkProgram(program, keys)).toBeNull();
  });
});
