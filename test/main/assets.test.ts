import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { assetAt } from '#main/assets.ts';

const root = join('/srv', 'renderer');

describe('files behind app:// addresses', () => {
  it('finds the page and what it names', () => {
    expect(assetAt('app://frames/', root)).toEqual({ file: join(root, 'index.html'), type: 'text/html; charset=utf-8' });
    expect(assetAt('app://frames/assets/index-1a.js?x#y', root)?.file).toBe(join(root, 'assets/index-1a.js'));
  });

  it.each([
    'app://other/index.html',
    'app://frames/../secret.json',
    'app://frames/%2e%2e/secret.json',
    'app://frames/..%2fsecret.json',
    'app://frames/%2e%2e%2fsecret.json',
    'app://frames/..%5csecret.json',
    'app://frames/a%00.js',
    'app://frames/%zz.js',
    'app://frames/seat',
    'app://frames/tool.exe',
    'not an address',
  ])('refuses %s', (address) => {
    const found = assetAt(address, root);
    expect(found === null || found.file.startsWith(join(root, '/'))).toBe(true);
    if (!address.includes('frames/../') && !address.includes('/%2e%2e/')) expect(found).toBeNull();
  });

  test.prop([fc.string()])('never leaves the folder', (path) => {
    const found = assetAt(`app://frames/${path}`, root);
    expect(found === null || found.file.startsWith(join(root, '/'))).toBe(true);
  });
});
