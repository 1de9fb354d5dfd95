import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSecrets, memorySecrets } from '#core/kernel/secrets.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

describe('secrets', () => {
  it.each([
    ['in memory', () => memorySecrets()],
    ['in a file', () => fileSecrets(folder)],
  ])('%s are found as they were set last', async (_, open) => {
    const secrets = open();
    expect(await secrets.get('one')).toBeNull();
    await Promise.all([secrets.set('one', '1'), secrets.set('two', '2'), secrets.set('one', '3')]);
    expect(await secrets.get('one')).toBe('3');
    await secrets.set('one', null);
    expect(await secrets.get('one')).toBeNull();
    expect(await secrets.get('two')).toBe('2');
  });

  it('in a file are for its owner alone, and there for the next command', async () => {
    const inner = join(folder, 'inner');
    await fileSecrets(inner).set('one', '1');
    const file = join(inner, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await fileSecrets(inner).get('one')).toBe('1');
    writeFileSync(file, 'damaged');
    expect(await fileSecrets(inner).get('one')).toBeNull();
    await fileSecrets(inner).set('two', '2');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ two: '2' });
  });

  it('tell whether they outlive the program', () => {
    expect([memorySecrets().isPersistent, fileSecrets(folder).isPersistent]).toEqual([false, true]);
  });
});
